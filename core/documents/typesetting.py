"""Typst, with our fonts and nothing else of the machine: no system fonts, no packages, no network."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

FONTS = Path(__file__).parents[1] / "web" / "static" / "vendor" / "fonts-pdf"
FAMILY = "Inter"
STANDARDS = ["ua-1", "a-2a"]


class TypesettingError(Exception):
    """A document could not be set; the message is Typst's own and meant for an operator."""


def typeset_pdf(files: Mapping[str, bytes], created: int) -> bytes:
    """Set `main.typ` among `files` as PDF/UA-1 and PDF/A-2a; `created` in seconds since 1970 (UTC)."""
    [pdf] = _typeset(files, {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": created})
    return pdf


def typeset_pages(files: Mapping[str, bytes], ppi: float) -> list[bytes]:
    """Set `main.typ` among `files` as one PNG per page, with `ppi` dots per inch."""
    return _typeset(files, {"format": "png", "ppi": ppi})


def _typeset(files: Mapping[str, bytes], options: Mapping[str, Any]) -> list[bytes]:
    with _folder_of(files) as folder:
        try:
            made, warnings = typst.compile_with_warnings(
                folder / "main.typ",
                root=folder,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                package_path=folder,
                package_cache_path=folder,
                **options,
            )
        except typst.TypstError as error:
            raise TypesettingError(error.message) from error
    if warnings:
        raise TypesettingError("; ".join(warning.message for warning in warnings))
    return made if isinstance(made, list) else [made]


@contextmanager
def _folder_of(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Typst takes pictures from real files only; a folder for each call keeps calls apart."""
    with TemporaryDirectory(prefix="typesetting-") as name:
        folder = Path(name)
        for path, content in files.items():
            (folder / path).write_bytes(content)
        yield folder


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
    if FAMILY not in fonts.families():
        raise TypesettingError(f"the font {FAMILY} is not in {FONTS}: `make run` fetches it")
    return fonts
