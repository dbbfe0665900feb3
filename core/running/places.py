"""Where things lie in a checkout."""

import os
from pathlib import Path

from core.running.troubles import Trouble

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "core" / "locks"
ASSETS = ROOT / "core" / "web" / "assets"
VENDOR = ROOT / "core" / "web" / "static" / "vendor"
VAR = ROOT / "var"
DATABASE = VAR / "postgres"
SETTINGS = VAR / "settings.json"
SEAL = VAR / "development-seal.p12"
USUAL_PORT = "8000"
HIGHEST_PORT = 65535


def port() -> int:
    """The port of the product's address, from PORT. Raises Trouble when that is no port."""
    text = os.environ.get("PORT") or USUAL_PORT
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise Trouble(f"PORT must be a number from 1 to {HIGHEST_PORT}, not {text!r}:  make run PORT=8001")
    return int(text)
