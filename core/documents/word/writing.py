"""A document as a file for Word: real headings, marked table headers, its language, changes tracked."""

import re
from io import BytesIO
from typing import Any
from uuid import UUID

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from core.documents.blocks import Block, BulletList, Placeholder
from core.documents.document import Document, Part, Picture, Table
from core.documents.pdf import column_widths
from core.documents.svg import svg_as_png
from core.documents.word.layout import LANGUAGES, make_ready
from core.documents.word.names import clause_name, copy_name

LOGO_HEIGHT_MM, PIXELS = 14, 1200
PAGE, MARGIN, NARROWEST = Mm(210), Mm(25), Mm(60)
OPEN_FIELD = "[{label}]"
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_docx(document: Document, copy: UUID, layout: bytes | None = None) -> bytes:
    """The document for Word. `copy` names the file, `layout` is a file whose styles and margins are used."""
    file = docx.Document(BytesIO(layout)) if layout else docx.Document()
    make_ready(file, document.language, own=layout is None)
    writer = _Writer(file, document)
    writer.head(copy)
    for part in document.parts:
        writer.part(part)
    if layout is None:
        writer.foot()
    made = BytesIO()
    file.save(made)
    return made.getvalue()


class _Writer:
    """Puts one thing after the other; Word counts bookmarks and pictures."""

    def __init__(self, file: Any, document: Document) -> None:
        self.file, self.document = file, document
        self.language = LANGUAGES.get(document.language, document.language)
        self.labels = dict(document.placeholder_labels)
        self.bookmarks = 0

    def head(self, copy: UUID) -> None:
        """Properties, logos, title and facts."""
        properties = self.file.core_properties
        properties.title, properties.author = _fit(self.document.title), _fit(self.document.author)
        properties.language, properties.subject = self.language, _fit(self.document.subtitle)
        properties.created = properties.modified = self.document.created.replace(tzinfo=None)
        properties.comments = properties.last_modified_by = ""
        _forget_thumbnail(self.file.part.package)
        for logo in self.document.logos:
            self._picture(logo.png, logo.alternative, height=Mm(LOGO_HEIGHT_MM))
        title = self._paragraph(self.document.title, "Title")
        self._bookmark(copy_name(copy), title, title)
        if self.document.subtitle:
            self._paragraph(self.document.subtitle, "Subtitle")
        for label, value in self.document.facts:
            fact = self._paragraph(f"{label}: ")
            fact.runs[0].bold = True
            self._run(fact, value)

    def part(self, part: Part) -> None:
        """A heading with what stands below it; a clause between its bookmarks."""
        if part.heading:
            words = "  ".join(one for one in (part.number, part.heading) if one)
            heading = self._paragraph(words, f"Heading {min(part.level, 2)}")
            heading.paragraph_format.page_break_before = part.new_page or None
        made = [paragraph for content in part.content for paragraph in self._content(content)]
        if part.key:
            made = made or [self.file.add_paragraph()]
            self._bookmark(clause_name(part.key), made[0], made[-1])
        for reference in part.references:
            self._paragraph(reference, "Caption")

    def foot(self) -> None:
        """What the document says on each page, and the number of the page."""
        line = self.file.sections[0].footer.paragraphs[0]
        self._run(line, f"{self.document.footer} · ")
        before, _page, rest = self.document.page_word.partition("{page}")
        between, _pages, after = rest.partition("{pages}")
        for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            self._run(line, words)
            if field:
                _field(line, field)

    def _content(self, content: Block | Table | Picture) -> list[Any]:
        if isinstance(content, Picture):
            self._picture(
                svg_as_png(content.svg, PIXELS, PIXELS), content.alternative, width=Mm(content.width)
            )
            return []
        if isinstance(content, Table):
            self._table(content)
            return []
        if isinstance(content, BulletList):
            return [self._line(item, "List Bullet") for item in content.items]
        return [self._line(content.runs)]

    def _line(self, runs: Any, style: str | None = None) -> Any:
        paragraph = self.file.add_paragraph(style=style)
        for run in runs:
            is_open = isinstance(run, Placeholder)
            words = OPEN_FIELD.format(label=self.labels.get(run.key, run.key)) if is_open else run.text
            made = self._run(paragraph, words)
            made.italic = run.emphasis or None
            if is_open:
                made.bold = True
        return paragraph

    def _paragraph(self, words: str, style: str | None = None) -> Any:
        paragraph = self.file.add_paragraph(style=style)
        self._run(paragraph, words)
        return paragraph

    def _run(self, paragraph: Any, words: str) -> Any:
        run = paragraph.add_run(_fit(words))
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), self.language)
        run._r.get_or_add_rPr().append(language)  # noqa: SLF001  python-docx has no language of runs
        return run

    def _table(self, table: Table) -> None:
        if table.caption:
            self._paragraph(table.caption, "Caption").paragraph_format.keep_with_next = True
        columns = max(map(len, (table.header, *table.rows)))
        made = self.file.add_table(rows=0, cols=columns)
        made.autofit = False
        _lines(made)
        widths = self._widths([(*row, *[""] * (columns - len(row))) for row in (table.header, *table.rows)])
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for place, row in enumerate((table.header, *table.rows)):
            cells = made.add_row()
            _row_marks(cells, is_header=place == 0)
            for cell, words, width in zip(cells.cells, row, widths, strict=False):
                cell.width, cell.paragraphs[0].paragraph_format.space_after = width, Pt(2)
                self._run(cell.paragraphs[0], words).bold = place == 0 or None
        self.file.add_paragraph()

    def _widths(self, rows: list[tuple[str, ...]]) -> list[Emu]:
        """The columns share the line as they do in the PDF."""
        section = self.file.sections[0]
        margins = (section.left_margin or MARGIN) + (section.right_margin or MARGIN)
        line = max((section.page_width or PAGE) - margins, NARROWEST)
        return [Emu(int(line * share)) for share in column_widths(list(zip(*rows, strict=True)))]

    def _picture(self, png: bytes, alternative: str, **size: Any) -> None:
        shape = self.file.add_paragraph().add_run().add_picture(BytesIO(png), **size)
        shape._inline.docPr.set("descr", alternative)  # noqa: SLF001  python-docx has no alternative text

    def _bookmark(self, name: str, first: Any, last: Any) -> None:
        self.bookmarks += 1
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (begin, end):
            mark.set(qn("w:id"), str(self.bookmarks))
        begin.set(qn("w:name"), name)
        first._p.insert(1 if first._p.pPr is not None else 0, begin)  # noqa: SLF001  nor bookmarks
        last._p.append(end)  # noqa: SLF001


def _forget_thumbnail(package: Any) -> None:
    """The picture of another document's first page."""
    for key in [key for key, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
        del package.rels[key]


def _fit(words: str) -> str:
    return _UNFIT.sub("", words)


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _row_marks(row: Any, *, is_header: bool) -> None:
    """A row stays on one page; that of the headings is repeated and read out as such."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _lines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "9AA5AF")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._tbl.tblPr  # noqa: SLF001
    look = properties.find(qn("w:tblLayout"))
    properties.insert(list(properties).index(look) if look is not None else len(properties), borders)
