"""A tenant's own layout for Word: looked through, emptied of text, and described."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from core.documents.document import Document
from core.documents.word.errors import WordError
from core.documents.word.layout import NEEDED
from core.documents.word.package import TYPES, Package, parsed
from core.documents.word.writing import render_docx

LAYOUT: Final = "word-layout"
"""The purpose under which the file is stored, as what belongs to the tenant."""
_PROPERTIES: Final = b"relationships/metadata/core-properties"
_REWRITTEN: Final = {
    TYPES: (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"),
    "_rels/.rels": (
        b"http://schemas.openxmlformats.org/officedocument/2006/" + _PROPERTIES,
        b"http://schemas.openxmlformats.org/package/2006/" + _PROPERTIES,
    ),
}
"""What python-docx does not take: a template, and the name that LibreOffice has for the properties."""
_OUTSIDE_ALLOWED: Final = "/hyperlink"
_OF_TEXT: Final = {"comments", "commentsExtended", "commentsIds", "people", "customXml", "glossaryDocument"}
"""Parts that belong to the text of a document, which a layout has not."""
_BROKEN: Final = (OpcError, KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError)


@dataclass(frozen=True)
class Described:
    """What a layout brings: the font of its text, which styles it lacks, its margins, header and footer."""

    font: str
    lacks: tuple[str, ...]
    margins_mm: tuple[int, ...]
    has_header: bool
    has_footer: bool


def checked_layout(content: bytes) -> bytes:
    """The layout without its text and without its author. Raises `WordError`."""
    package = Package(content)
    _refuse_outside(package)
    try:
        file = docx.Document(BytesIO(_as_document(package)))
        _empty(file)
        made = BytesIO()
        file.save(made)
    except _BROKEN as error:
        raise WordError("not_word") from error
    return made.getvalue()


def tried(layout: bytes, document: Document) -> bytes:
    """A document in a layout that may not work. Raises `WordError`."""
    try:
        return render_docx(document, UUID(int=0), layout)
    except _BROKEN as error:
        raise WordError("not_word") from error


def described(content: bytes) -> Described:
    """What a checked layout brings."""
    file = docx.Document(BytesIO(content))
    known, section = {style.name for style in file.styles}, file.sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    normal = file.styles.default(1)
    return Described(
        font=(normal.font.name if normal is not None else "") or "",
        lacks=tuple(name for name in NEEDED if name not in known),
        margins_mm=tuple(round(side.mm) if side is not None else 0 for side in sides),
        has_header=_says(section.header),
        has_footer=_says(section.footer),
    )


def _says(part: Any) -> bool:
    pictures = part._element.iter(qn("w:drawing"), qn("w:pict"))  # noqa: SLF001  no other way to the pictures
    return (
        any(one.text.strip() for one in part.paragraphs) or bool(part.tables) or any(True for _ in pictures)
    )


def _refuse_outside(package: Package) -> None:
    """No picture or template is fetched from elsewhere when somebody opens a draft; every part is sound."""
    for name in package.names:
        content = package.read(name)
        if name.endswith((".xml", ".rels")):
            root = parsed(content)
            if name.endswith(".rels") and any(_is_outside(one) for one in root):
                raise WordError("outside")


def _is_outside(link: Any) -> bool:
    return link.get("TargetMode") == "External" and not link.get("Type", "").endswith(_OUTSIDE_ALLOWED)


def _as_document(package: Package) -> bytes:
    """The same parts, in words that python-docx knows."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name in sorted(package.names):
            content = package.read(name)
            old, new = _REWRITTEN.get(name, (b"", b""))
            file.writestr(name, content.replace(old, new) if old else content)
    return made.getvalue()


def _empty(file: Any) -> None:
    body = file.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    properties = file.core_properties
    for name in ("author", "comments", "keywords", "last_modified_by", "subject", "title", "category"):
        setattr(properties, name, "")
    for key in [key for key, one in file.part.rels.items() if one.reltype.rpartition("/")[2] in _OF_TEXT]:
        del file.part.rels[key]
    if not file.sections:
        raise WordError("not_word")
