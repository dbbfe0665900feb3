"""The draft for the tests of Word, and the answer to it that LibreOffice saved.

`python -m tests.documents.word.made draft.docx` writes the answer as a party would send it: tracked
insertions and deletions, a comment, and a change that is not tracked. `answer_from_libreoffice.docx` is this
file, opened and saved by LibreOffice: `soffice --headless --convert-to docx --outdir saved draft.docx`.
"""

import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from core.documents.blocks import parse
from core.documents.document import Document, Part, Table
from core.documents.word.writing import render_docx

COPY = UUID("01a21ad7-e542-7703-a035-892cbc2961ed")
ANSWER = Path(__file__).with_name("answer_from_libreoffice.docx")
CLAUSES = {
    "purpose.together": "Partene samarbeider om *arbeidstrening* for deltakere.",
    "work.areas": "Opplæringen skjer på disse områdene:\n\n- renhold\n- kantine",
    "closing.change": "Avtalen kan endres når begge parter er enige.",
}
WRITER = 'w:author="Ola Oppdiktet" w:date="2026-11-20T09:30:00Z"'
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
COMMENTS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(clauses: dict[str, str] = CLAUSES, language: str = "nb") -> Document:
    """A draft with a clause for each text."""
    table = Table("Kontakter", ("Navn", "Rolle"), (("Kari Prøve", "leder"),))
    parts = [
        Part("Formål", number="1"),
        *(Part("", parse(text, lenient=True), key=key) for key, text in clauses.items()),
    ]
    return Document(
        title="Avtale om arbeidstrening",
        subtitle="Utkast",
        language=language,
        created=datetime(2026, 11, 19, 8, tzinfo=UTC),
        author="Nordvik",
        parts=(*parts, Part("Kontakter", (table,), number="2")),
        footer="Utkast",
        facts=(("Kommune", "Nordvik"),),
    )


def draft() -> bytes:
    """What was handed out."""
    return render_docx(document(), COPY)


def edited(content: bytes, *changes: tuple[str, str], more: dict[str, str] | None = None) -> bytes:
    """The file with pieces of its body replaced, each once; `more` are parts that are added."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = _changed(text.decode(), changes).encode()
            new.writestr(name, (more or {}).get(name, text))
        for name in set(more or {}) - set(old.namelist()):
            new.writestr(name, (more or {})[name])
    return made.getvalue()


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        if text.count(old) != 1:
            raise LookupError(f"{old} stands {text.count(old)} times in the file")
        text = text.replace(old, new)
    return text


def run(text: str, kind: str = "t") -> str:
    """A run of plain text."""
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def added(text: str) -> str:
    """Text that Ola has added with changes tracked; it ends the run it stands in and begins another."""
    return f'</w:t></w:r><w:ins w:id="901" {WRITER}>{run(text)}</w:ins><w:r><w:t xml:space="preserve">'


def removed(text: str) -> str:
    """Text that Ola has removed with changes tracked."""
    gone = run(text, "delText")
    return f'</w:t></w:r><w:del w:id="902" {WRITER}>{gone}</w:del><w:r><w:t xml:space="preserve">'


def answer() -> bytes:
    """A tracked insertion and deletion, a comment, and a change that is not tracked."""
    content = draft()
    with ZipFile(BytesIO(content)) as file:
        types, links = (
            file.read(name).decode() for name in ("[Content_Types].xml", "word/_rels/document.xml.rels")
        )
    begin, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    reference = f'{end}<w:r><w:commentReference w:id="0"/></w:r>'
    said = f"<w:p>{run('Kan dette vente til våren?')}</w:p>"
    noted = f'<w:comment w:id="0" {WRITER} w:initials="OO">{said}</w:comment>'
    comment = f'<w:comments xmlns:w="{W}">{noted}</w:comments>'
    part = f'<Override PartName="/word/comments.xml" ContentType="{COMMENTS_TYPE}"/></Types>'
    link = f'<Relationship Id="rId900" Type="{COMMENTS_LINK}" Target="comments.xml"/></Relationships>'
    asked = f"</w:t></w:r>{begin}{run('Avtalen')}{reference}{run(' kan bare endres')}"
    asked += "<w:r><w:t xml:space='preserve'>"
    return edited(
        content,
        (" for deltakere.", f" for {added('inntil ti ')}deltakere."),
        ("kantine", f"{removed('kantine')}{added('lager')}"),
        ("Avtalen kan endres", asked),
        more={
            "word/comments.xml": comment,
            "[Content_Types].xml": re.sub("</Types>", part, types),
            "word/_rels/document.xml.rels": re.sub("</Relationships>", link, links),
        },
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(answer())
