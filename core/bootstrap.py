"""The one program behind the Makefile: sets everything up with the standard library, then does the verb.

This file keeps to words that any Python 3 can read, so that a Python that is too old says so itself.
"""

import sys
from pathlib import Path

OLDEST = (3, 11)
TOO_OLD = """Fotfeste needs Python {oldest} or newer, and {program} is Python {found}.
Install a newer one and name it:  make {verb} PYTHON=python3.12
"""


def main(arguments: "list[str]") -> int:
    """Do a verb and return the exit code of the process; 2 when the interpreter is too old."""
    if sys.version_info < OLDEST:
        oldest, found = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
        verb = arguments[0] if arguments else "run"
        sys.stderr.write(TOO_OLD.format(oldest=oldest, found=found, program=sys.executable, verb=verb))
        return 2
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from core.running import verbs  # noqa: PLC0415  what it imports needs a newer Python

    return verbs.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
