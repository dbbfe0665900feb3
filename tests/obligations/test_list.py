"""The list of deadlines: filtered and downloaded, as far as one may read."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.roles import make_member_with

TYPE = "no_work_training.intention_agreement"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def mine(app: Flask, tenant: MadeTenant) -> UUID:
    with acting(app, tenant):
        agreement_id = complete_draft("Min avtale", type_key=TYPE)
    for days, kind in ((-3, "meeting"), (10, "report"), (60, "meeting"), (200, "expiry")):
        promise(tenant, agreement_id, f"{kind} {days}", kind, days)
    return agreement_id


@pytest.fixture
def client(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def promise(tenant: MadeTenant, agreement_id: UUID, title: str, kind: str, days: int) -> None:
    day = clock.today("Europe/Oslo") + timedelta(days=days)
    with tenant_scope(tenant.id), unit_of_work():
        db.session.add(
            Obligation(
                id=new_id(),
                subject_kind="agreement",
                subject_id=agreement_id,
                subject_title="Avtale",
                key=title,
                index=1,
                kind=kind,
                title=title,
                nominal_on=day,
                due_on=day,
            )
        )


def downloaded(client: FlaskClient, tenant: MadeTenant, query: str = "") -> list[str]:
    answer = client.get(f"/t/{tenant.slug}/obligations/export.csv?{query}")
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    return [row[0] for row in table[1:]]


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["meeting -3", "report 10", "meeting 60", "expiry 200"]),
        ("when=late", ["meeting -3"]),
        ("when=30", ["report 10"]),
        ("when=90&kind=meeting", ["meeting 60"]),
        ("kind=expiry", ["expiry 200"]),
        (f"type={TYPE}&mine=on&when=30", ["report 10"]),
        ("type=gone.type&when=late", ["meeting -3"]),
    ],
)
def test_page_and_file_show_what_the_filters_leave(
    tenant: MadeTenant, client: FlaskClient, query: str, titles: list[str]
) -> None:
    assert downloaded(client, tenant, query) == titles
    page = client.get(f"/t/{tenant.slug}/obligations?{query}").text
    assert [
        title for title in ("meeting -3", "report 10", "meeting 60", "expiry 200") if title in page
    ] == titles


@pytest.mark.usefixtures("mine")
def test_mine_are_those_of_agreements_i_answer_for_and_a_file_reaches_no_further_than_i_do(
    app: Flask, tenant: MadeTenant, client: FlaskClient
) -> None:
    email = make_member_with(app, tenant, "own:agreement:read", "own:agreement:write")
    with acting(app, tenant, email):
        promise(tenant, complete_draft("Kollegas", type_key=TYPE), "=kollegas", "meeting", 5)
    assert "'=kollegas" not in downloaded(client, tenant, "mine=on")
    assert "'=kollegas" in downloaded(client, tenant)
    assert downloaded(signed_in(app, email), tenant) == ["'=kollegas"]
