"""An answer in Word for the demo: a draft that was fetched, written in, and handed in again."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from core.agreements.word import service
from core.documents.word.names import CLAUSE
from core.kernel import clock
from core.plugin_host.wording import Wording

AUTHOR = "Ola Oppdiktet"
NAME = Wording(
    nb="Svar fra arbeidsgiveren.docx", da="Svar fra virksomheden.docx", en="The employer's answer.docx"
)
SENTENCE = Wording(
    nb=" Vi ser helst at avtalen blir prøvd i seks måneder først.",
    da=" Vi ser helst, at aftalen bliver prøvet i seks måneder først.",
    en=" We would like to try the agreement for six months first.",
)
QUESTION = Wording(
    nb="Hvem hos oss skal gjøre dette?", da="Hvem hos os skal gøre dette?", en="Who of us is to do this?"
)


def answer_in_word(agreement_id: UUID, language: str) -> UUID:
    """Fetch a draft, add a sentence and a question, and hand it in; gives the answer."""
    file = docx.Document(BytesIO(service.hand_out(agreement_id).content))
    first, second, *_rest = _clauses(file)
    _add(first, SENTENCE.in_language(language))
    file.add_comment(second.runs, QUESTION.in_language(language), author=AUTHOR, initials="OO")
    content = BytesIO()
    file.save(content)
    return service.receive(agreement_id, NAME.in_language(language), content.getvalue())


def _clauses(file: Any) -> Iterator[Paragraph]:
    """The first paragraph of each clause."""
    for mark in file.element.body.iter(qn("w:bookmarkStart")):
        if mark.get(qn("w:name")).startswith(CLAUSE):
            yield Paragraph(mark.getparent(), file)


def _add(paragraph: Paragraph, words: str) -> None:
    """Words at the end of a paragraph, with changes tracked."""
    change = OxmlElement("w:ins")
    marks = {"id": "9001", "author": AUTHOR, "date": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"}
    for name, value in marks.items():
        change.set(qn(f"w:{name}"), value)
    change.append(paragraph.add_run(words)._r)  # noqa: SLF001  python-docx tracks no changes
    paragraph._p.append(change)  # noqa: SLF001
