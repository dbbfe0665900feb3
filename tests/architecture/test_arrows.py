"""Arrows point down: what the contracts in pyproject.toml say, run here so that nobody forgets them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_arrows_point_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[told.stdout.find("Contracts") :]


def test_every_room_has_its_place_in_the_contracts() -> None:
    """The layers are exhaustive, so a new room fails until somebody decides on which floor it stands."""
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "exhaustive = true" in contracts
    for models in sorted((ROOT / "core").glob("*/models.py")):
        room = f'protected_modules = ["core.{models.parent.name}.models"]'
        assert room in contracts, f"say in pyproject.toml who may import {models.relative_to(ROOT)}"
