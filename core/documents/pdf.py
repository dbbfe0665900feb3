"""A document as an accessible, archivable PDF, and as pictures of its pages for a preview."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from io import BytesIO
from typing import Any

from PIL import Image

from core.documents.blocks import Block, to_json
from core.documents.document import Document, Logo, Part, Picture, Table
from core.documents.printable import printable
from core.documents.typesetting import typeset_pages, typeset_pdf

TEXT_WIDTH_MM = 156.0
LOGO_AREA_MM2, LOGO_WIDTH_MM, LOGO_HEIGHT_MM, LOGO_GAP_MM = 420.0, 60.0, 18.0, 8.0
LETTERS_IN_LINE, LONGEST_LINE, LONGEST_WORD, COLUMN_GAP = 84, 44, 32, 3  # of a table, in letters
MOST_LINES_WHOLE, SAFETY = 24, 0.6  # a page has room for more than twice as many lines, wide letters or not


def render_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1 and PDF/A-2a in one file; the same document gives the same bytes.

    Raises `TypesettingError` when the fonts are missing or the template has a fault, never because
    of what a text says.
    """
    return typeset_pdf(_files(document), created=int(document.created.timestamp()))


def render_pages(document: Document, ppi: float = 110) -> list[bytes]:
    """One PNG per page with `ppi` dots per inch, looking just like the PDF."""
    return typeset_pages(_files(document), ppi)


def _files(document: Document) -> dict[str, bytes]:
    template = files("core.documents").joinpath("typst/document.typ").read_bytes()
    values = json.dumps(_in_every_text(_values(document), printable), ensure_ascii=False)
    pictures = {_logo_file(index): logo.png for index, logo in enumerate(document.logos)}
    pictures |= {_picture_file(one): one.svg for one in _pictures(document)}
    return {"main.typ": template, "document.json": values.encode()} | pictures


def _values(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language.split("-")[0],
        "identifier": document.identifier,
        "author": document.author,
        "facts": document.facts,
        "logos": [_logo(index, logo, len(document.logos)) for index, logo in enumerate(document.logos)],
        "parts": _parts(document.parts),
        "footer": document.footer,
        "page_word": document.page_word,
        "placeholder_labels": dict(document.placeholder_labels),
    }


def _in_every_text(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _in_every_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_in_every_text(inner, change) for inner in value]
    return value


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Headings may not skip a level in an accessible file, so a level follows the one before it."""
    values: list[dict[str, Any]] = []
    level = 0
    for part in parts:
        level = max(1, min(part.level, level + 1)) if part.heading.strip() else level
        values.append(
            {
                "heading": part.heading.strip(),
                "number": part.number,
                "level": level,
                "content": [_content(content) for content in part.content if not _is_empty(content)],
                "references": part.references,
                "new_page": part.new_page,
            }
        )
    return values


def _content(content: Block | Table | Picture) -> dict[str, Any]:
    if isinstance(content, Picture):
        file, words = _picture_file(content), content.alternative
        return {"kind": "picture", "file": file, "alternative": words, "width": content.width}
    return _table(content) if isinstance(content, Table) else to_json([content])[0]


def _pictures(document: Document) -> Iterator[Picture]:
    for part in document.parts:
        yield from (one for one in part.content if isinstance(one, Picture))


def _picture_file(picture: Picture) -> str:
    return f"picture-{hashlib.sha256(picture.svg).hexdigest()[:16]}.svg"


def _is_empty(content: Block | Table | Picture) -> bool:
    return isinstance(content, Table) and not any((content.header, *content.rows))


def _table(table: Table) -> dict[str, Any]:
    columns = max(map(len, [table.header, *table.rows]))
    header, *rows = (_cells(row, columns) for row in [table.header, *table.rows])
    widths = column_widths(list(zip(header, *rows, strict=True)))
    whole = [_fits(row, widths) for row in (header, *rows)]
    named = {"kind": "table", "caption": table.caption, "header": header, "rows": rows}
    return named | {"widths": widths, "whole": whole[1:]}


def _fits(row: list[str], widths: list[float]) -> bool:
    """Whether a row is so short that it can stay on one page; a higher one has to be divided."""
    return all(
        sum(1 + len(line) // max(1, int(share * LETTERS_IN_LINE * SAFETY)) for line in cell.split("\n"))
        <= MOST_LINES_WHOLE
        for cell, share in zip(row, widths, strict=True)
    )


def _cells(row: tuple[str, ...], columns: int) -> list[str]:
    """Groups of digits (telephone, organisation number) stay on one line; a short row is filled up."""
    cells = [re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", cell) for cell in row]
    return cells + [""] * (columns - len(cells))


def column_widths(columns: list[tuple[str, ...]]) -> list[float]:
    """Shares of the line: first room for the longest words, then what is left for the longest lines."""
    narrow = [COLUMN_GAP + min(_longest(column, " "), LONGEST_WORD) for column in columns]
    wide = [COLUMN_GAP + min(_longest(column, "\n"), LONGEST_LINE) for column in columns]
    missing = [max(0, most - least) for least, most in zip(narrow, wide, strict=True)]
    eased = min(1.0, max(0, LETTERS_IN_LINE - sum(narrow)) / max(1, sum(missing)))
    widths = [least + more * eased for least, more in zip(narrow, missing, strict=True)]
    return [width / sum(widths) for width in widths]


def _longest(column: Iterable[str], separator: str) -> int:
    pieces = (piece for cell in column for line in cell.split("\n") for piece in line.split(separator))
    return max(map(len, pieces))


def _logo(index: int, logo: Logo, count: int) -> dict[str, Any]:
    """Logos get the same area rather than the same height, so that none looks more important."""
    with Image.open(BytesIO(logo.png), formats=["PNG"]) as picture:
        aspect = picture.width / picture.height
    room = (TEXT_WIDTH_MM - LOGO_GAP_MM * (count - 1)) / count
    height = min((LOGO_AREA_MM2 / aspect) ** 0.5, LOGO_HEIGHT_MM, min(LOGO_WIDTH_MM, room) / aspect)
    alternative = logo.alternative.strip()
    return {"file": _logo_file(index), "alternative": alternative, "width": height * aspect, "height": height}


def _logo_file(index: int) -> str:
    return f"logo-{index}.png"
