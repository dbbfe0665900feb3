from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask import Flask

from core.agreements.annexes.reading import Start, annexes_of
from core.agreements.printing.document import Standing, document_of
from core.agreements.printing.labels import labels_in
from core.agreements.states import Status
from core.documents.document import Document
from core.documents.pdf import render_pdf
from core.testing.agreements import content

AT = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
ACTIVITY = {
    "title": "Informasjonsmøte", "month": 2, "day": 30, "main": ["NAV"], "performing": [], "involved": []
}  # fmt: skip
ANNEXES = [{"key": "wheel", "activities": [ACTIVITY]}, {"key": "contacts"}, {"key": "plan"}]


def with_annexes(language: str = "nb", starts_on: str | None = "2027-01-01") -> dict[str, Any]:
    values = content(language)
    duration = values["duration"] | {"starts_on": starts_on}
    return values | {"annexes": ANNEXES, "duration": duration}


def document(values: dict[str, Any], starts_on: date | None = None) -> Document:
    return document_of(
        values,
        signatures=(),
        logos={},
        labels=labels_in(values["language"]),
        state=Standing(Status.SENT, 1, "ab" * 32, starts_on),
        created=AT,
    )


@pytest.mark.parametrize("language", ["nb", "da"])
def test_the_file_with_annexes_is_accessible_archivable_and_the_same_each_time(
    app: Flask, language: str
) -> None:
    printed = render_pdf(document(with_annexes(language)))
    assert printed == render_pdf(document(with_annexes(language)))
    with pikepdf.open(BytesIO(printed)) as pdf, pdf.open_metadata() as marks:
        assert (marks["pdfuaid:part"], marks["pdfaid:part"], marks["pdfaid:conformance"]) == ("1", "2", "A")
        figures = [str(one.Alt) for one in pdf.objects if _is_figure(one)]
    assert figures == [labels_in(language).annexes.wheel_alternative]


def _is_figure(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one


def test_an_agreement_that_was_frozen_without_annexes_has_none(app: Flask) -> None:
    assert annexes_of(content(), labels_in("nb").annexes, Start(date(2027, 1, 1))) == ()


def test_the_plan_has_the_days_that_signing_promises_and_avoids_days_off(app: Flask) -> None:
    start = Start(date(2027, 1, 1), lambda year: [date(year, 7, 1)])
    plan = annexes_of(with_annexes(starts_on=None), labels_in("nb").annexes, start)[2]
    assert plan.table.rows[0][:2] == ("2. juli 2027", "Møte i styringsgruppen")


def test_before_anybody_knows_the_first_day_the_plan_counts_from_it(app: Flask) -> None:
    wheel, _contacts, plan = annexes_of(with_annexes(starts_on=None), labels_in("nb").annexes, Start())
    assert plan.table.rows[0][0] == "6 måneder etter oppstart"
    assert [row[2] for row in wheel.table.rows] == ["Informasjonsmøte"]


def test_a_day_that_february_has_not_is_its_last(app: Flask) -> None:
    wheel = annexes_of(with_annexes(), labels_in("nb").annexes, Start())[0]
    assert ("29. februar, hvert år", "Informasjonsmøte", "NAV") in [row[1:] for row in wheel.table.rows]


def test_the_contact_list_names_both_sides_party_by_party(app: Flask) -> None:
    contacts = annexes_of(with_annexes(), labels_in("nb").annexes, Start())[1]
    assert any("Ola Oppdiktet" in row[2] and "ola@example.org" in row[3] for row in contacts.table.rows)
