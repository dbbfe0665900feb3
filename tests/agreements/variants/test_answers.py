"""Amounts of money and periods: how they are written, checked and printed."""

import pytest
from flask import Flask
from marshmallow import ValidationError

from core.agreements import parts as agreement_parts
from core.agreements.amounts import Amount, Period, money, period
from core.agreements.content import resolved
from core.agreements.drafts import service as drafts
from core.agreements.variants import changing, service
from core.kernel.errors import Invalid
from core.testing.drafts import acting, complete_draft
from core.testing.factories import make_tenant, signed_in
from tests.agreements.variants.test_variants import copied, own_choices, write


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12500", "12500"),
        ("12 500,50", "12500.50"),
        ("12.500", "12500"),
        ("1.250.000,00", "1250000.00"),
        ("", ""),
    ],
)
def test_an_amount_is_read_as_people_write_it(app: Flask, typed: str, stored: str) -> None:
    with app.test_request_context():
        assert Amount().deserialize(typed) == stored


@pytest.mark.parametrize("typed", ["mye", "12,5", "-4", "1.2.3", "99999999999"])
def test_an_amount_that_cannot_be_meant_is_refused(app: Flask, typed: str) -> None:
    with app.test_request_context(), pytest.raises(ValidationError):
        Amount().deserialize(typed)


@pytest.mark.parametrize("typed", ["2027-01-01/", "/2027-01-01", "2027-02-01/2027-01-01", "2027-01-01/snart"])
def test_a_period_has_two_days_in_order(app: Flask, typed: str) -> None:
    with app.test_request_context(), pytest.raises(ValidationError):
        Period().deserialize(typed)


def test_both_are_printed_in_the_language_of_the_agreement() -> None:
    assert money("12500", "NOK", "nb").split() == ["12", "500", "kr"]
    assert money("12500.50", "DKK", "da").split() == ["12.500,50", "kr."]
    assert period("2027-01-15/2027-06-30", "da") == "15. januar 2027 – 30. juni 2027"


def test_a_period_is_answered_in_two_fields_and_stands_in_the_text(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    with acting(app, tenant):
        variant_id = copied()
        for kind, label in (("period", "Perioden"), ("money", "Tilskudd")):
            changing.add_question(variant_id, kind, {"nb": {"label": label, "help": ""}}, required=True)
        write(variant_id, "Vi betaler {own_2} i tiden {own_1}.")
        service.publish(variant_id, None)
        agreement_id = complete_draft(type_key=own_choices()[0])
        drafts.save_value(agreement_id, "own_2", "12 500")
    writer = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/agreements/{agreement_id}"
    wrong = writer.post(f"{url}/values/own_1", data={"value": "2027-06-30", "until": "2027-02-01"})
    assert (wrong.status_code, wrong.text.count('value="2027-02-01"')) == (422, 1)
    days = {"value": "2027-02-01", "until": "2027-06-30"}
    assert writer.post(f"{url}/values/own_1", data=days).status_code == 303
    with acting(app, tenant):
        text = str(resolved(agreement_parts.load(agreement_id))).replace("\\xa0", " ")
    assert "Vi betaler 12 500 kr i tiden 1. februar 2027 – 30. juni 2027." in text


def test_a_contact_is_chosen_and_stands_in_the_text_by_name_and_by_what_it_is(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    with acting(app, tenant):
        variant_id = copied()
        for kind, label in (("person", "Hvem ringer?"), ("role", "Hvem møter?")):
            changing.add_question(variant_id, kind, {"nb": {"label": label, "help": ""}}, required=True)
        write(variant_id, "{own_1} ringer, og {own_2} møter.")
        service.publish(variant_id, None)
        agreement_id = complete_draft(type_key=own_choices()[0])
        parts = agreement_parts.load(agreement_id)
        key = next(key for key, row in parts.contacts.items() if row.name)
        who, what = parts.contacts[key].name, parts.text.contact(key).title
        with pytest.raises(Invalid):
            drafts.save_value(agreement_id, "own_1", "nobody")
    writer = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/agreements/{agreement_id}"
    for own in ("own_1", "own_2"):
        assert writer.post(f"{url}/values/{own}", data={"value": key}).status_code == 303
    with acting(app, tenant):
        assert f"{who} ringer, og {what} møter." in str(resolved(agreement_parts.load(agreement_id)))
    shown = "".join(writer.get(f"{url}/compose/{one.key}").text for one in parts.kind.sections)
    assert f"{what}: {who}</option>" in shown
