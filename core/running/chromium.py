"""The browser of the tests: named, found, or installed."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from core.running.places import PYTHON
from core.running.troubles import Trouble

VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BY_HAND = "Install Chromium and name it:  make test CHROMIUM=/path/to/chromium"
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
DEBIANS_FOLDERS = ("/usr/sbin", "/usr/bin", "/sbin", "/bin")


def find(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The browser named by CHROMIUM, else one on the PATH. Raises Trouble when the named one is not there."""
    named = environment.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise Trouble(f"CHROMIUM names {named}, which is not a program. {BY_HAND}")
        return Path(found)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return None


def bring() -> Path:
    """Find the browser or install it: by apt as root on Debian, else by Playwright into its own folder."""
    found = find() or _playwrights_own()
    if found is not None:
        return found
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        return _from_debian()
    print("Installing Chromium for the browser tests (once)", flush=True)
    _install(PYTHON, "-m", "playwright", "install", "chromium")
    return _playwrights_own() or _missing("python -m playwright install chromium")


def _from_debian() -> Path:
    """Debian's packages and its Chromium need Debian's own folders on the PATH."""
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), *DEBIANS_FOLDERS])
    if found := find():
        return found
    print("Installing Chromium for the browser tests (once)", flush=True)
    _install("apt-get", "update", "-qq")
    _install("apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium")
    return find() or _missing("apt-get install chromium")


def _install(*command: str | Path) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL).returncode:
        _missing(" ".join(map(str, command)))


def _missing(tried: str) -> Path:
    raise Trouble(f"The browser tests need Chromium, and '{tried}' did not bring it. {BY_HAND}")


def _playwrights_own() -> Path | None:
    said = subprocess.run([PYTHON, "-c", PLAYWRIGHTS_OWN], check=False, capture_output=True, text=True).stdout
    path = Path(said.strip() or os.devnull)
    return path if path.is_file() else None
