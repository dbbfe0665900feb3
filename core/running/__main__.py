"""``python -m core.running serve`` and ``python -m core.running start-over``."""

import logging
import sys

from core.kernel.embedded import EmbeddedError
from core.running import supervisor
from core.running.troubles import Trouble

VERBS = {"serve": supervisor.serve, "start-over": supervisor.start_over}


def main(arguments: list[str]) -> int:
    """Do a verb; trouble is one sentence for the person at the terminal."""
    logging.basicConfig(format="%(message)s")
    try:
        VERBS[arguments[0]]()
    except (EmbeddedError, Trouble) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
