from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from flask import Flask

from core.agreements.printing.document import Signature, Standing, document_of
from core.agreements.printing.evidence import Asked, Evidence, moment
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import reading_of
from core.agreements.states import Status
from core.agreements.ways import Part, Way
from core.documents.document import Document, Table
from core.documents.pdf import render_pdf
from core.testing.agreements import content, paragraph, party, section

AT = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
SENT = Standing(Status.SENT, version=2, sha256="ab" * 32)


def printed(app: Flask, values: dict[str, Any], state: Standing = SENT, **more: Any) -> Document:
    signatures = (Signature("Nordvik", "Kari Prøve", "leder", AT), Signature("Fjord Bakeri AS"))
    labels = labels_in(values["language"])
    options = {"signatures": signatures, "logos": {}, "created": AT} | more
    return document_of(values, labels=labels, state=state, **options)


def words_of(document: Document) -> str:
    return repr(document)


def test_every_section_goal_meeting_contact_and_the_duration_are_printed(app: Flask) -> None:
    words = words_of(printed(app, content()))
    for expected in (
        "Formål",
        "Vi samarbeider om arbeid.",
        "Ansettelser",
        "70\\xa0%",
        "Møte i styringsgruppen",
    ):
        assert expected in words
    for expected in (
        "Måltallene",
        "hvert halvår",
        "Ola Oppdiktet",
        "ola@example.org",
        "1. desember 2027",
        "§ 1",
    ):
        assert expected in words


def test_the_same_agreement_gives_the_same_bytes(app: Flask) -> None:
    assert render_pdf(printed(app, content())) == render_pdf(printed(app, content()))


def test_the_file_is_accessible_and_says_its_language_and_title(app: Flask) -> None:
    with pikepdf.open(BytesIO(render_pdf(printed(app, content())))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nb"
        assert pdf.open_metadata()["dc:title"] == "Samarbeid om arbeidstrening"


def test_a_draft_says_that_it_is_one_and_has_no_signatures(app: Flask) -> None:
    draft = printed(app, content(), Standing(Status.DRAFT))
    labels = labels_in("nb")
    assert labels.draft in draft.subtitle
    assert labels.draft in draft.footer
    assert labels.signatures not in words_of(draft)


def test_a_missing_signature_is_said_in_words_and_the_fingerprint_stands_in_full(app: Flask) -> None:
    words = words_of(printed(app, content()))
    assert labels_in("nb").not_signed in words
    assert "ab" * 32 in words


def test_a_signed_agreement_says_who_for_whom_in_what_role_and_when(app: Flask) -> None:
    table = next(
        one
        for part in printed(app, content()).parts
        for one in part.content
        if isinstance(one, Table) and one.header == labels_in("nb").signature_columns
    )
    assert table.rows[0][:3] == ("Nordvik", "Kari Prøve", "leder")
    assert "21. november 2026" in table.rows[0][3]


def test_logos_are_printed_with_the_name_of_their_party(app: Flask) -> None:
    with_logo = content(parties=[party("first", "Kommune", "Nordvik") | {"logo": "f" * 64}])
    document = printed(app, with_logo, logos={"f" * 64: b"png"})
    assert [(logo.png, logo.alternative) for logo in document.logos] == [(b"png", "Nordvik")]


def test_a_logo_that_has_been_replaced_since_is_left_out(app: Flask) -> None:
    with_logo = content(parties=[party("first", "Kommune", "Nordvik") | {"logo": "f" * 64}])
    assert printed(app, with_logo, logos={"e" * 64: b"png"}).logos == ()


def test_an_open_placeholder_is_shown_by_its_label(app: Flask) -> None:
    block = {"kind": "paragraph", "runs": [{"placeholder": "start"}]}
    values = content(
        sections=[
            section(
                "1",
                "Formål",
                clauses=[{"key": "a", "blocks": [block], "references": [], "responsible": "Fjord"}],
            )
        ]
    )
    reading = reading_of(values, labels_in("nb"), {"start": "Oppstart"})
    assert '<mark class="placeholder">Oppstart</mark>' in reading.sections[0].clauses[0].html


@pytest.mark.parametrize("language", ["nb", "da", "en"])
def test_hostile_text_is_printed_as_it_is_typed(app: Flask, language: str) -> None:
    hostile = "{0} {page} <script> #set page() $x$ [*]\u202e"
    values = content(
        language,
        title=hostile,
        sections=[
            section(
                "1",
                hostile,
                clauses=[
                    {"key": "a", "blocks": [paragraph(hostile)], "references": [], "responsible": hostile}
                ],
            )
        ],
    )
    assert render_pdf(printed(app, values)).startswith(b"%PDF")


EVIDENCE = Evidence(
    agreement_id=UUID("01a21ad7-e542-7703-a035-892cbc2961ed"),
    version=2,
    sha256="ab" * 32,
    asked=(
        Asked("Nordvik", "Kari Prøve", "leder", "kari@example.org", Part.SIGNS, Way.MEMBER, AT, None, AT),
        Asked(
            "Fjord Bakeri AS",
            "Ola Oppdiktet",
            "daglig leder",
            "ola@example.org",
            Part.SIGNS,
            Way.LINK,
            AT,
            AT,
            AT,
            code_sent_at=AT,
            code_way="email",
        ),
    ),
    verify_url="https://fotfeste.example/verify",
)


def test_the_last_page_tells_how_each_party_signed_and_what_that_binds(app: Flask) -> None:
    *_text, first, _nordvik, _bakery, bound = printed(app, content(), evidence=EVIDENCE).parts
    assert first.new_page
    words = words_of(printed(app, content(), evidence=EVIDENCE))
    for expected in (
        "Kari Prøve, leder",
        "logget inn i Fotfeste med kari@example.org",
        "personlig lenke i e-post til ola@example.org",
        "ikke notert",
        "til samme postkasse som lenken (ola@example.org)",
    ):
        assert expected in words
    for expected in (str(EVIDENCE.agreement_id), "ab" * 32, "https://fotfeste.example/verify"):
        assert expected in repr(bound)


def test_the_times_of_the_last_page_are_local_and_name_their_zone(app: Flask) -> None:
    winter = datetime(2026, 11, 27, 2, 15, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Oslo"))
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Copenhagen"))
    assert moment(winter, labels_in("nb")) == "27. november 2026 kl. 03:15:30 (CET, UTC+01:00)"
    assert moment(summer, labels_in("da")) == "2. juli 2026 kl. 00:30:00 (CEST, UTC+02:00)"


def test_the_page_is_part_of_the_accessible_file(app: Flask) -> None:
    with pikepdf.open(BytesIO(render_pdf(printed(app, content(), evidence=EVIDENCE)))) as pdf:
        with pdf.open_metadata() as marks:
            assert (marks["pdfuaid:part"], marks["pdfaid:part"], marks["pdfaid:conformance"]) == (
                "1",
                "2",
                "A",
            )
        assert len(pdf.pages) > len(pikepdf.open(BytesIO(render_pdf(printed(app, content())))).pages)


def test_without_a_seal_the_page_names_no_address(app: Flask) -> None:
    words = words_of(printed(app, content(), evidence=replace(EVIDENCE, verify_url="")))
    assert "verify" not in words
    assert "segl" not in words
