"""SVG drawings: read through for anything but drawing, then made into pixels by a process of its own."""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from core.documents.errors import LogoError
from core.documents.typesetting import FONTS

MAX_BYTES = 512 * 1024
SECONDS, MEMORY = 5, 2 * 1024**3
SVG = "http://www.w3.org/2000/svg"
RASTERISER = Path(__file__).with_name("rasterise_svg.py")

_FORBIDDEN = frozenset({"feimage", "foreignobject", "iframe", "image", "script"})
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"#\s])", re.IGNORECASE)


def svg_as_png(content: bytes, width: int, height: int) -> bytes:
    """The drawing as PNG, as large as fits into `width` by `height` pixels.

    Raises `LogoError` with the code too_big, not_an_image or unsafe_svg.
    """
    if len(content) > MAX_BYTES:
        raise LogoError("too_big")
    _Reader().read(content)
    arguments = map(str, (width, height, SECONDS, MEMORY, FONTS))
    try:
        made = subprocess.run(
            [sys.executable, "-I", str(RASTERISER), *arguments],
            input=content, capture_output=True, env={}, timeout=2 * SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise LogoError("unsafe_svg") from error
    if made.returncode:
        # A negative code is a signal: the limit of time or memory; else Typst could not read the drawing.
        raise LogoError("unsafe_svg" if made.returncode < 0 else "not_an_image")
    return made.stdout


@dataclass
class _Reader:
    """Reads the file as UTF-8, the way the drawing engine does, and stops at what is not a drawing."""

    opened: bool = False
    words: list[str] = field(default_factory=list)

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._element
        parser.CharacterDataHandler = self.words.append
        try:
            parser.Parse(content, True)  # noqa: FBT003  expat takes no keywords
        except expat.ExpatError as error:
            raise LogoError("not_an_image") from error
        _require_drawing(not _OUTSIDE.search("".join(self.words)))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        if not self.opened and name != f"{SVG} svg":
            raise LogoError("not_an_image")
        self.opened = True
        _require_drawing(_local(name) not in _FORBIDDEN)
        for attribute, value in attributes.items():
            _require_harmless(_local(attribute), value)


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()


def _require_harmless(attribute: str, value: str) -> None:
    points_outside = attribute in {"href", "src"} and not value.strip().startswith("#")
    _require_drawing(not points_outside and not attribute.startswith("on") and not _OUTSIDE.search(value))


def _require_drawing(harmless: bool) -> None:  # noqa: FBT001  reads as a sentence where it is called
    if not harmless:
        _refuse()


def _refuse(*_found: object) -> NoReturn:
    raise LogoError("unsafe_svg")
