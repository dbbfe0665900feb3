"""The file for Word, opened again: headings, heads of tables, language, changes tracked."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from core.documents.word.writing import render_docx
from tests.documents.word.made import COPY, document


@pytest.fixture(scope="module", params=["nb", "da"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def opened(language: str) -> docx.document.Document:
    return docx.Document(BytesIO(render_docx(document(language=language), COPY)))


def test_headings_are_headings(opened: docx.document.Document) -> None:
    found = [(one.style.name, one.text) for one in opened.paragraphs if one.style.name.startswith(("H", "T"))]
    assert found == [
        ("Title", "Avtale om arbeidstrening"), ("Heading 1", "1  Formål"), ("Heading 1", "2  Kontakter")
    ]  # fmt: skip


def test_the_row_of_headings_of_a_table_is_marked_and_no_row_is_divided(
    opened: docx.document.Document,
) -> None:
    head, row = opened.tables[0].rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert row._tr.trPr.find(qn("w:tblHeader")) is None
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_every_run_the_styles_and_the_file_say_the_language(
    opened: docx.document.Document, language: str
) -> None:
    wanted = {"nb": "nb-NO", "da": "da-DK"}[language]
    spoken = {one.get(qn("w:val")) for one in opened.element.body.iter(qn("w:lang"))}
    assert spoken == {wanted}
    assert {one.get(qn("w:val")) for one in opened.styles.element.iter(qn("w:lang"))} == {wanted}
    assert opened.core_properties.language == wanted
    assert opened.core_properties.title == "Avtale om arbeidstrening"


def test_changes_are_tracked_in_the_file_from_the_start(opened: docx.document.Document) -> None:
    assert opened.settings.element.find(qn("w:trackRevisions")) is not None


def test_items_of_a_list_are_a_list(opened: docx.document.Document) -> None:
    assert [one.text for one in opened.paragraphs if one.style.name == "List Bullet"] == [
        "renhold",
        "kantine",
    ]


def test_a_layout_lends_its_margins_and_gets_the_styles_that_it_lacks() -> None:
    plain = docx.Document()
    plain.sections[0].left_margin = 1_500_000
    for style in [one for one in plain.styles if one.name in {"List Bullet", "Caption", "Subtitle"}]:
        style.delete()
    layout = BytesIO()
    plain.save(layout)
    made = docx.Document(BytesIO(render_docx(document(), COPY, layout.getvalue())))
    assert made.sections[0].left_margin == pytest.approx(1_500_000, abs=700)
    bullets = next(one for one in made.styles if one.name == "List Bullet")
    assert bullets.element.pPr.numPr.numId.val > 0


def test_the_parts_of_the_file_are_sound() -> None:
    with ZipFile(BytesIO(render_docx(document(), COPY))) as file:
        assert file.testzip() is None
