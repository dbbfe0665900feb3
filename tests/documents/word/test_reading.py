"""What comes back from Word: read whole, compared with what was sent, and harmless."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.blocks import parse
from core.documents.word.changes import Found, findings, sent_in
from core.documents.word.errors import WordError
from core.documents.word.names import clause_name
from core.documents.word.package import MAX_BYTES
from core.documents.word.reading import read_docx
from core.documents.word.writing import render_docx
from tests.documents.word import made

PURPOSE, WORK, CLOSING = (clause_name(key) for key in made.CLAUSES)
SENT = sent_in(read_docx(made.draft()))
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Co", "Cn"]), min_size=1, max_size=30
)


def found_in(content: bytes) -> list[Found]:
    return findings(read_docx(content), SENT)


def test_the_clauses_come_back_word_for_word() -> None:
    assert SENT.clauses[PURPOSE] == "Partene samarbeider om arbeidstrening for deltakere."
    assert SENT.clauses[WORK] == "Opplæringen skjer på disse områdene:\nrenhold\nkantine"
    assert read_docx(made.draft()).copy == made.COPY


def test_a_file_that_nobody_has_changed_asks_for_nothing() -> None:
    assert found_in(made.draft()) == []


@settings(max_examples=25)
@given(st.lists(words, min_size=1, max_size=4))
def test_whatever_is_written_in_a_clause_survives_the_way_to_word_and_back(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    shown = "\n".join(
        "".join(run.text if hasattr(run, "text") else f"[{run.key}]" for run in line)
        for block in parse(text, lenient=True)
        for line in getattr(block, "items", None) or (block.runs,)
    )
    sent = sent_in(read_docx(render_docx(made.document({"purpose.together": text}), made.COPY)))
    assert sent.clauses[PURPOSE] == shown


@pytest.mark.parametrize("content", [made.answer(), made.ANSWER.read_bytes()], ids=["by hand", "LibreOffice"])
def test_changes_and_comments_are_read_with_who_and_when(content: bytes) -> None:
    added, replaced, silent, comment = found_in(content)
    assert (added.kind, added.clause, added.removed, added.added) == ("change", PURPOSE, "", "inntil ti ")
    assert (replaced.clause, replaced.removed, replaced.added) == (WORK, "kantine", "lager")
    assert (silent.kind, silent.clause, silent.added) == ("silent", CLOSING, " bare")
    assert (comment.kind, comment.words, comment.before) == (
        "comment",
        "Kan dette vente til våren?",
        "Avtalen",
    )
    for one in (added, replaced, comment):
        assert one.who.author == "Ola Oppdiktet"
        assert one.who.at.isoformat() == "2026-11-20T09:30:00+00:00"
    assert silent.who.author == ""


def test_a_clause_that_was_taken_out_is_missing() -> None:
    begin = made.draft()
    gone = made.edited(begin, (made.CLAUSES["closing.change"], made.removed(made.CLAUSES["closing.change"])))
    assert [(one.kind, one.clause) for one in found_in(gone)] == [("missing", CLOSING)]


def test_a_paragraph_after_a_clause_is_new_and_a_changed_cell_stands_outside() -> None:
    end = "begge parter er enige.</w:t></w:r>"
    body = made.edited(made.draft(), ("Kari Prøve", "Kari Nyprøve"))
    with ZipFile(BytesIO(body)) as file:
        text = file.read("word/document.xml").decode()
    place = text.index("</w:p>", text.index(end)) + len("</w:p>")
    new = f"{text[:place]}<w:p>{made.run('Tvister løses i dialog.')}</w:p>{text[place:]}"
    kinds = {(one.kind, one.clause, one.added) for one in found_in(made.edited(body, (text, new)))}
    assert ("new", CLOSING, "Tvister løses i dialog.") in kinds
    assert ("elsewhere", "", "Kari Nyprøve") in kinds


def zipped(**parts: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha">%s]><w xmlns="x">&z;</w>' % b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;">' % (one + 1, one, one, one) for one in range(ord("a"), ord("z"))
)
OUTSIDE = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
BODY = {"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}
HOSTILE = {
    "no zip": (b"%PDF-1.7", "not_word"),
    "empty": (b"", "not_word"),
    "another zip": (zipped(**{"readme.txt": b"hello"}), "not_word"),
    "no XML": (zipped(**BODY | {"word/document.xml": b"<w"}), "not_word"),
    "no body": (zipped(**BODY), "not_word"),
    "too big": (b"PK" + b"0" * MAX_BYTES, "too_big"),
    "a bomb": (zipped(**BODY | {"word/media/a.xml": b"0" * 61 * 1024 * 1024}), "unsafe"),
    "laughs": (zipped(**BODY | {"word/document.xml": LAUGHS}), "not_word"),
    "a file of the machine": (zipped(**BODY | {"word/document.xml": OUTSIDE}), "unsafe"),
    "macros": (zipped(**BODY | {"word/vbaProject.bin": b"x"}), "macros"),
    "deep": (zipped(**BODY | {"word/document.xml": b"<w>" * 3000 + b"</w>" * 3000}), "not_word"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(name: str) -> None:
    content, code = HOSTILE[name]
    with pytest.raises(WordError) as problem:
        read_docx(content)
    assert problem.value.code == code
