"""The build copies what pages need, and says what to run when something is missing."""

from pathlib import Path

import pytest

from core.web.assets.build import FILES, MODULES, AssetsMissing, build


def test_the_build_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match="run npm ci --ignore-scripts in"):
        build(tmp_path / "node_modules", tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_the_build_replaces_what_was_there(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.js").touch()
    build(MODULES, vendor)
    assert not (vendor / "old.js").exists()
    assert all((vendor / name).is_file() for name in FILES)


def test_fonts_carry_their_hash_and_come_from_ourselves(tmp_path: Path) -> None:
    build(MODULES, tmp_path / "vendor")
    css = (tmp_path / "vendor" / "inter.css").read_text()
    names = [part.split(")")[0] for part in css.split("url(")[1:]]
    assert len(names) == 8
    assert all((tmp_path / "vendor" / name).is_file() for name in names)
    assert "http" not in css
