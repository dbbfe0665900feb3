"""No template holds what the content policy would stop, and none knows a country."""

import re
from pathlib import Path

import pytest

from core.web.components import TEMPLATES

ROOT = TEMPLATES.parent
FILES = sorted([*TEMPLATES.rglob("*.html"), *(ROOT / "plugins").glob("*/templates/**/*.html")])
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=|hx-on", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "a file from elsewhere": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    offenders = [str(path.relative_to(ROOT)) for path in FILES if FORBIDDEN[what].search(path.read_text())]
    assert offenders == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "core" / "web" / "static").glob("*.svg")), ids=lambda path: path.name
)
def test_our_drawings_hold_no_style_and_no_script(path: Path) -> None:
    assert not re.search(r"\sstyle=|<style|<script|href=", path.read_text())


def test_the_search_finds_what_it_looks_for() -> None:
    examples = (
        "<script>",
        '<p style="x">',
        '<p onclick="x">',
        "javascript:x",
        "{{ x|safe }}",
        '<img src="//x">',
    )
    assert [
        bool(pattern.search(text)) for pattern, text in zip(FORBIDDEN.values(), examples, strict=True)
    ] == [True] * 6
