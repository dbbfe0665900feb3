from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask import Flask

from core.agreements.printing.document import Signature, Standing, document_of
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import reading_of
from core.agreements.states import Status
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
