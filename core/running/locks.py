"""The lock files, written anew from pyproject.toml: ``make lock`` (needs ``uv`` on the PATH or in ``.venv``).

They name versions and hashes and no place to fetch them from: that is each machine's own choice.
"""

import os
import shutil
from pathlib import Path

from core.running.places import LOCKS, ROOT, VENV
from core.running.preparation import run
from core.running.troubles import Trouble

# Versions are chosen for the tests, which need the most; the smaller files hold a part of that one choice.
LARGEST = "test"
EXTRAS = {
    LARGEST: ("embedded", "test"),
    "laptop": ("embedded",),
    "production": (),
}
ALONE = ("build", "node")
OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version=3.11")


def renew() -> int:
    """Choose the newest versions and write every lock file. Raises Trouble when there is no ``uv``."""
    uv = shutil.which("uv", path=os.pathsep.join([os.environ.get("PATH", ""), str(VENV / "bin")]))
    if uv is None:
        raise Trouble("Locks are written by uv, which is not on the PATH:  pip install uv")
    for name, extras in EXTRAS.items():
        how = "--upgrade" if name == LARGEST else f"--constraints={LOCKS / LARGEST}.txt"
        _compile(uv, ROOT / "pyproject.toml", name, how, *(f"--extra={extra}" for extra in extras))
    for name in ALONE:
        _compile(uv, LOCKS / f"{name}.in", name, "--upgrade")
    return 0


def _compile(uv: str, source: Path, name: str, *options: str) -> None:
    print(f"Writing core/locks/{name}.txt", flush=True)
    run(
        "Choosing versions",
        uv,
        "pip",
        "compile",
        source,
        *OPTIONS,
        *options,
        f"--output-file={LOCKS / name}.txt",
    )
