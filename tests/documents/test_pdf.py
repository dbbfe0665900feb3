import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from core.documents import typesetting
from core.documents.blocks import BulletList, Paragraph, Text, parse
from core.documents.document import Document, Logo, Part, Table
from core.documents.pdf import render_pages, render_pdf
from core.documents.typesetting import TypesettingError

EVIL = '#import "x" ] $x$ @ref <label> \\ \\u{41} *b* _i_ `raw` // c = H - l #{panic()} ~ -- --- ... "q" {K}'


def logo(size: tuple[int, int], colour: str = "navy") -> bytes:
    content = BytesIO()
    Image.new("RGBA", size, colour).save(content, "PNG")
    return content.getvalue()


def agreement(**changes: object) -> Document:
    parts = (
        Part("Formål", parse("Partene gir *flere* en vei inn.\n\n- første\n- andre"), number="1"),
        Part(
            "Møter",
            (Table("Faste møter", ("Møte", "Når"), (("Oppstart", "1. februar 2027"), ("Slutt", "juni"))),),
            level=2,
            number="1.1",
            references=("Eksempelloven § 14",),
        ),
    )
    document = Document(
        title="Avtale om arbeidstrening",
        subtitle="Mellom Fjordvik kommune og Nordlys Renhold AS",
        language="nb",
        created=datetime(2026, 11, 21, 12, tzinfo=UTC),
        author="Fjordvik kommune",
        identifier="A-2026-014",
        logos=(Logo(logo((480, 120)), "Fjordvik kommune"), Logo(logo((90, 90)), "Nordlys Renhold AS")),
        facts=(("Arbeidsgiver", "Nordlys Renhold AS"), ("Periode", "2027")),
        parts=parts,
        footer="Avtale A-2026-014",
        page_word="Side {page} av {pages}",
    )
    return replace(document, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(render_pdf(agreement())))


def text_of(pdf: bytes) -> str:
    """What poppler reads, an independent judge; without it the test is left to machines that have it."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(
        [tool, "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def tags(node: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """The structure elements below a node, in reading order."""
    kids = node.get("/K", pikepdf.Array())
    below = kids if isinstance(kids, pikepdf.Array) else [kids]
    elements = [kid for kid in below if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [found for element in elements for found in (element, *tags(element))]


def names(pdf: pikepdf.Pdf) -> list[str]:
    return [str(tag.S)[1:] for tag in tags(pdf.Root.StructTreeRoot)]


def test_the_file_says_that_it_is_accessible_and_archivable(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == "Avtale om arbeidstrening"
        assert metadata["dc:creator"] == ["Fjordvik kommune"]


def test_the_file_is_tagged_and_shows_its_title_and_language(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.Root.Lang) == "nb"


def test_headings_lists_and_tables_are_what_they_look_like(pdf: pikepdf.Pdf) -> None:
    found = names(pdf)
    assert [name for name in found if name in {"Title", "H1", "H2", "Table"}] == [
        "Title",
        "H1",
        "H2",
        "Table",
    ]
    assert (found.count("L"), found.count("LI")) == (2, 4)
    assert (found.count("TH"), found.count("TD"), found.count("Caption")) == (2, 4, 1)
    assert "Em" in found


def test_every_logo_is_a_figure_with_words(pdf: pikepdf.Pdf) -> None:
    figures = [tag for tag in tags(pdf.Root.StructTreeRoot) if tag.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["Fjordvik kommune", "Nordlys Renhold AS"]


def test_every_font_is_embedded_and_can_be_copied_from(pdf: pikepdf.Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert len(fonts) >= 3
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/ToUnicode" in font
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_everything_that_was_said_can_be_read_in_order() -> None:
    read = text_of(render_pdf(agreement()))
    expected = (
        "Avtale om arbeidstrening",
        "Mellom Fjordvik kommune og Nordlys Renhold AS",
        "Arbeidsgiver",
        "2027",
        "1 Formål",
        "Partene gir flere en vei inn.",
        "første",
        "andre",
        "1.1 Møter",
        "Faste møter",
        "Oppstart",
        "1. februar 2027",
        "Eksempelloven § 14",
        "Avtale A-2026-014",
        "Side 1 av 1",
    )
    places = [read.find(words) for words in expected]
    assert -1 not in places
    assert places == sorted(places)


def test_the_same_document_gives_the_same_bytes() -> None:
    elsewhere = timezone(timedelta(hours=1))
    again = agreement(created=agreement().created.astimezone(elsewhere))
    assert render_pdf(agreement()) == render_pdf(agreement()) == render_pdf(again)
    assert render_pdf(agreement()) != render_pdf(agreement(created=agreement().created + timedelta(days=1)))


def test_documents_made_at_the_same_time_do_not_meet() -> None:
    documents = [agreement(title=f"Avtale {number}") for number in range(12)]
    one_by_one = [render_pdf(document) for document in documents]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render_pdf, documents)) == one_by_one


def test_text_is_never_read_as_markup() -> None:
    blocks = (Paragraph((Text(EVIL),)), BulletList(((Text(EVIL, emphasis=True),),)))
    part = Part(EVIL, (*blocks, Table(EVIL, (EVIL,), ((EVIL,),))), number=EVIL, references=(EVIL,))
    document = agreement(
        title=EVIL,
        subtitle=EVIL,
        author=EVIL,
        identifier=EVIL,
        facts=(("Merke", EVIL),),
        parts=(part,),
        footer=EVIL,
    )
    words = re.sub(r"\s", "", text_of(render_pdf(document)))
    assert words.count(re.sub(r"\s", "", EVIL)) == 12


def test_an_open_placeholder_is_printed_with_its_label() -> None:
    part = Part("Start", parse("Fra {start_date} til {end_date}."))
    document = agreement(parts=(part,), placeholder_labels=(("start_date", "startdato"),))
    assert "Fra startdato til end_date." in text_of(render_pdf(document))


def test_letters_of_many_languages_reach_the_page() -> None:
    part = Part("Navn", parse("Áilu Šuŋŋá đ ŧ ž č\n\nمحمد\n\n李👍\ud800\x00", lenient=True))
    read = text_of(render_pdf(agreement(parts=(part,))))
    assert "Áilu Šuŋŋá đ ŧ ž č" in read
    assert "\ufffd\ufffd" in read


@pytest.mark.parametrize(
    "word",
    [
        "x" * 300,
        "Arbeidsmarkedstiltaksdeltakeroppfølging",
        "https://www.example.no/" + "mappe/" * 30,
        "W" * 41,
    ],
)
def test_a_long_word_stays_inside_the_page(word: str) -> None:
    table = Table(word, (word, word, "Tall"), ((word, word, "1"),))
    document = agreement(
        title=word,
        subtitle=word,
        facts=((word, word),),
        parts=(Part(word, (*parse(word), table)),),
        footer=word,
    )
    for page in render_pages(document, ppi=50):
        picture = Image.open(BytesIO(page)).convert("L")
        margin = picture.crop((picture.width - 40, 0, picture.width, picture.height))
        assert margin.getextrema() == (255, 255)


def test_an_address_that_is_divided_can_still_be_copied() -> None:
    address = "kari.eksempel@avdeling-for-inkludering.fjordvik.example.no"
    table = Table(
        "", ("Navn", "Rolle", "Enhet", "E-post"), (("Kari " * 9, "Rådgiver " * 9, "Avdeling " * 9, address),)
    )
    read = text_of(render_pdf(agreement(parts=(Part("Kontakt", (table,)),))))
    pieces = "".join(
        re.findall(r"kari\.eksempel@|[\w-]+\.example\.no|avdeling-|for-|inkludering\.|fjordvik\.", read)
    )
    assert "\u200b" not in read
    assert "kari.eksempel@" in pieces


def test_a_long_document_repeats_the_head_of_its_tables_and_counts_its_pages() -> None:
    rows = tuple((str(number), "Merknad " * (number % 20)) for number in range(300))
    parts = (
        Part("Tabell", (Table("Alle", ("Nummer", "Merknad"), rows),)),
        Part("Tekst", parse("Setning. " * 9000)),
    )
    made = render_pdf(agreement(parts=parts))
    pages = len(pikepdf.open(BytesIO(made)).pages)
    read = text_of(made)
    assert pages >= 30
    assert f"Side {pages} av {pages}" in read
    assert read.count("Nummer") > 5


def test_parts_may_be_empty_and_headings_may_skip_a_level() -> None:
    parts = (
        Part("", level=2),
        Part("Dypt", level=3),
        Part("  ", parse("Uten overskrift")),
        Part("Dypere", level=9),
        Part("Tom tabell", (Table("", (), ()), Table("", ("A",), ()), Table("", (), (("x", "y"), ("z",))))),
        Part("Tom tekst", (Paragraph(()), BulletList(()), BulletList(((),)))),
    )
    made = render_pdf(
        agreement(parts=parts, logos=(), facts=(), subtitle="", footer="", author="", identifier="")
    )
    found = names(pikepdf.open(BytesIO(made)))
    assert [name for name in found if name[0] == "H" and name[1:].isdigit()] == ["H1", "H2", "H1", "H1"]


def test_a_preview_has_one_picture_for_each_page() -> None:
    pages = render_pages(agreement(parts=(Part("Tekst", parse("Setning. " * 1200)),)), ppi=40)
    assert len(pages) > 1
    assert {Image.open(BytesIO(page)).size for page in pages} == {(331, 468)}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: agreement(title=" "), "a document needs a title"),
        (lambda: agreement(created=datetime(2026, 1, 1)), "time zone"),  # noqa: DTZ001  that is the fault
        (lambda: Logo(b"", ""), "alternative text"),
    ],
)
def test_what_an_accessible_file_needs_is_asked_for_at_once(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()  # type: ignore[operator]


def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    monkeypatch.setattr(typesetting, "_fonts", typesetting._fonts.__wrapped__)
    with pytest.raises(TypesettingError, match="the font Inter is not in"):
        render_pdf(agreement())


def test_a_warning_of_the_typesetter_is_an_error() -> None:
    with pytest.raises(TypesettingError, match="unknown font family"):
        typesetting.typeset_pages({"main.typ": b'#set text(font: "Nowhere")\nx'}, ppi=20)


def test_a_row_is_not_divided_over_two_pages_unless_it_is_higher_than_one() -> None:
    rows = tuple((f"rad {number}", "ord " * 40 + f"slutt {number}") for number in range(40))
    pages = text_of(render_pdf(agreement(parts=(Part("Tabell", (Table("", ("Nr.", "Hva"), rows),)),)))).split(
        "\f"
    )
    for number in range(40):
        (page,) = [page for page in pages if re.search(rf"rad {number}\b", page)]
        assert f"slutt {number}" in " ".join(page.split())
    endless = (Table("", ("Nr.", "Hva"), (("1", "ord " * 4000 + "siste"),)),)
    assert "siste" in text_of(render_pdf(agreement(parts=(Part("Tabell", endless),))))
