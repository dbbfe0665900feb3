"""Set-up in steps: virtual environment, locked packages, the project itself, translations, browser assets."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from core.running import node, troubles
from core.running.places import ASSETS, LOCKS, PYTHON, ROOT, VENDOR, VENV
from core.running.stamps import Stamp, stamp
from core.running.troubles import Trouble

ROOM_AT_FIRST = 1.5
ROOM_LATER = 0.2
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
# What builds is locked too; an isolated build would fetch whatever is newest.
LOCKED_BUILD = ("--no-build-isolation",)
# Pure Python that was only ever published as source.
ONLY_AS_SOURCE = "flask-principal"


class Step(NamedTuple):
    """One thing to do once: what a person reads while it is done, what goes in, what comes out, how."""

    says: str
    stamp: Stamp
    results: tuple[Path, ...]
    do: Callable[[], None]


def prepare(lock: str) -> None:
    """Do every step that is not done yet. ``lock`` names a file in ``core/locks``.

    Raises Trouble with what to do when a step does not work.
    """
    troubles.need_space(ROOT, ROOM_LATER if (VENV / "done").exists() else ROOM_AT_FIRST)
    make_environment()
    for step in (packages(lock), project(), translations(), assets()):
        if not step.stamp.fresh(*step.results):
            print(step.says, flush=True)
            step.do()
            step.stamp.write()


def make_environment() -> None:
    """Make the virtual environment, or make it anew when it does not work here (any more)."""
    made = stamp("environment", ())
    if made.fresh(PYTHON):
        return
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise Trouble(
            f"{sys.executable} cannot make a virtual environment: its module ensurepip is missing.\n"
            f"On Debian and Ubuntu:  apt install python3.{sys.version_info.minor}-venv"
        )
    print("Making the virtual environment .venv", flush=True)
    clear = () if _has_pip() else ("--clear",)
    run("Making the virtual environment", sys.executable, "-m", "venv", *clear, VENV)
    made.write()


def _has_pip() -> bool:
    command = [str(PYTHON), *PIP, "--version"]
    return PYTHON.exists() and subprocess.run(command, check=False, capture_output=True).returncode == 0


def packages(lock: str) -> Step:
    """The locked Python packages, each checked against its hash."""
    file = LOCKS / f"{lock}.txt"
    return Step(
        f"Installing the Python packages of core/locks/{lock}.txt (about a minute, once)",
        stamp(f"packages-{lock}", [LOCKS / "build.txt", file]),
        (),
        lambda: install(lock),
    )


def install(lock: str) -> None:
    """Install a lock file into the virtual environment; only wheels, with the one exception."""
    options = ("--require-hashes", "--only-binary", ":all:", "--no-binary", ONLY_AS_SOURCE, *LOCKED_BUILD)
    for name in ("build", lock):
        file = LOCKS / f"{name}.txt"
        run("Installing the Python packages", PYTHON, *PIP, "install", *options, "--requirement", file)


def project() -> Step:
    """The project itself, as it lies here."""

    def do() -> None:
        run("Installing the project", PYTHON, *PIP, "install", *LOCKED_BUILD, "--no-deps", "--editable", ROOT)

    return Step("Installing the project itself", stamp("project", [ROOT / "pyproject.toml"]), (), do)


def translations() -> Step:
    """The catalogues of core, tenants and plugins, compiled."""
    found = [*ROOT.glob("core/**/*.po"), *ROOT.glob("tenants/**/*.po"), *ROOT.glob("plugins/**/*.po")]
    return Step(
        "Compiling the translations",
        stamp("translations", found),
        tuple(path.with_suffix(".mo") for path in found),
        lambda: run("Compiling the translations", PYTHON, "-m", "core.running.translations"),
    )


def assets() -> Step:
    """The browser assets: fetched by npm's lock file, then the few files that pages need are copied."""

    def do() -> None:
        npm, environment = node.npm(lambda: install("node"))
        options = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        run("Fetching the browser assets", *npm, *options, folder=ASSETS, environment=environment)
        run("Copying the browser assets", PYTHON, "-m", "core.web.assets.build")

    inputs = [ASSETS / name for name in ("package.json", "package-lock.json", ".npmrc", "build.py")]
    return Step("Fetching the browser assets", stamp("assets", inputs), (VENDOR,), do)


def run(
    what: str,
    *command: str | Path,
    folder: Path = ROOT,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Run a program quietly; raise Trouble that explains its output when it fails."""
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise troubles.explain(what, done.stdout, ROOT)
