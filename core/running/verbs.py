"""What the Makefile can ask for."""

import errno
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence

from core.running import chromium, locks, preparation, troubles
from core.running.places import PYTHON, ROOT, port
from core.running.troubles import Trouble

LAPTOP = "laptop"
PRODUCTION = "production"
TEST = "test"
NO_TESTS = 5
# import-linter is no module to run, and says nothing when it is run as one.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "--quiet"),
    "lint": ("-m", "ruff", "check"),
    "types": ("-m", "mypy"),
    "arrows between the rooms": ("-c", LINT_IMPORTS),
    "translations": ("-m", "core.web.translations_check"),
}


def main(arguments: Sequence[str]) -> int:
    """Do the verb and return its exit code; trouble is said in a sentence, without a traceback."""
    verb = VERBS.get(arguments[0] if arguments else "")
    if verb is None:
        print("Say one of: " + ", ".join(VERBS), file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        return verb()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(troubles.disk_full(ROOT), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped", file=sys.stderr)
    return 1


def run() -> int:
    """Set up and serve until Ctrl-C."""
    troubles.need_port(port())
    preparation.prepare(LAPTOP)
    return become("core.running", "serve")


def demo_reset() -> int:
    """Make the local database anew."""
    preparation.prepare(LAPTOP)
    return become("core.running", "start-over")


def shell_env() -> int:
    """Print the environment of the running product, for ``eval "$(make -s shell-env)"``."""
    return become("core.running.local")


def set_up() -> int:
    """Set up for running, and nothing else."""
    preparation.prepare(LAPTOP)
    return 0


def set_up_production() -> int:
    """Set up what a server needs, for an image."""
    preparation.prepare(PRODUCTION)
    return 0


def set_up_tests() -> int:
    """Set up for tests and checks, and nothing else."""
    preparation.prepare(TEST)
    return 0


def test() -> int:
    """Every test: those with a browser in a single process, beside the others unless some are asked for."""
    preparation.prepare(TEST)
    os.environ[chromium.VARIABLE] = str(chromium.bring())
    asked = shlex.split(os.environ.get("ARGS", ""))
    workers = os.environ.get("TEST_WORKERS") or "2"
    others = ("-m", "pytest", "-n", workers, "-m", "not browser", *asked)
    in_browser = ("-m", "pytest", "-m", "browser", *asked)
    codes = [python(others), python(in_browser)] if asked else side_by_side(others, in_browser)
    return max(code for code in (*codes, 0) if code != NO_TESTS)


def side_by_side(shown: Sequence[str], kept: Sequence[str]) -> list[int]:
    """Run Python twice at once, and print what the second says when the first has ended; gives both codes."""
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen([PYTHON, *kept], stdout=said, stderr=subprocess.STDOUT)
        try:
            codes = [python(shown), beside.wait()]
        except BaseException:
            beside.send_signal(signal.SIGINT)
            beside.wait()
            raise
        said.seek(0)
        print(said.read().decode(errors="replace"), end="", flush=True)
    return codes


def check() -> int:
    """Format, lint, types, arrows between the rooms, translations; every one is tried."""
    preparation.prepare(TEST)
    failed = [name for name, command in CHECKS.items() if python(command)]
    print("Everything is in order" if not failed else "Not in order: " + ", ".join(failed))
    return 1 if failed else 0


def bench() -> int:
    """The benchmarks."""
    preparation.prepare(TEST)
    return python(("-m", "tests.bench"))


def python(arguments: Sequence[str]) -> int:
    """Run the Python of the virtual environment with our terminal."""
    return subprocess.run([PYTHON, *arguments], check=False).returncode


def become(*command: str) -> int:
    """Replace ourselves by a module of the virtual environment, so that signals reach it."""
    python = str(PYTHON)
    os.execv(python, [python, "-m", *command])  # noqa: S606  no shell is wanted


VERBS: dict[str, Callable[[], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "demo-reset": demo_reset,
    "set-up": set_up,
    "set-up-production": set_up_production,
    "set-up-tests": set_up_tests,
    "shell-env": shell_env,
    "lock": locks.renew,
}
