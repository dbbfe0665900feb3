"""The pages on which people read what happened, and who has looked."""

import csv
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.history import service as history
from core.kernel import audit, clock
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.statements import counted


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def administrator(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def write(tenant: MadeTenant, count: int = 1, **details: object) -> UUID:
    """Lines about one subject."""
    subject = new_id()
    values = {"action": "agreement.renamed", "subject_kind": "agreement", "subject_id": subject} | details
    with tenant_scope(tenant.id), unit_of_work():
        for _number in range(count):
            audit.record(**values)  # type: ignore[arg-type]
    return subject


def lines_of(tenant: MadeTenant, action: str) -> int:
    with tenant_scope(tenant.id):
        query = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
        return db.session.scalar(query) or 0


def test_the_log_says_who_did_what_in_plain_words(tenant: MadeTenant, administrator: FlaskClient) -> None:
    actor = audit.Actor("account", tenant.admin_id)
    with audit.acting_as(actor):
        write(tenant, fields=["title"], reason="A better title.")
    text = page(administrator, f"/t/{tenant.slug}/audit")
    assert "renamed the agreement" in text
    assert "A better title." in text
    assert "Admin " in text
    administrator.set_cookie("language", "da")
    assert "gav aftalen ny titel" in page(administrator, f"/t/{tenant.slug}/audit")


def test_the_log_says_on_whose_behalf(app: Flask, tenant: MadeTenant, administrator: FlaskClient) -> None:
    make_member(tenant, "access.adviser", "Vikar Prøve")
    with tenant_scope(tenant.id):
        line = select(AuditEntry.subject_id).where(AuditEntry.action == "member.added")
        deputy = db.session.scalars(line.order_by(AuditEntry.number.desc())).first()
    assert deputy is not None
    with audit.acting_as(audit.Actor("account", new_id(), on_behalf_of=tenant.admin_id, reason="On leave.")):
        write(tenant)
    text = page(administrator, f"/t/{tenant.slug}/audit")
    assert "for Admin " in text
    assert "On leave." in text


def test_one_searches_by_person_thing_action_kind_and_day(
    tenant: MadeTenant, administrator: FlaskClient
) -> None:
    home = f"/t/{tenant.slug}/audit"
    with audit.acting_as(audit.Actor("account", tenant.admin_id)):
        renamed = write(tenant, reason="Mine.")
    write(tenant, action="agreement.sent", reason="Theirs.")
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    found = {
        f"who={tenant.admin_id}": ("Mine.", "Theirs."),
        "action=agreement.sent": ("Theirs.", "Mine."),
        f"about={renamed}": ("Mine.", "Theirs."),
    }
    for search, (there, away) in found.items():
        text = page(administrator, f"{home}?{search}")
        assert there in text
        assert away not in text, search
    assert "Mine." not in page(administrator, f"{home}?subject=membership")
    assert "Mine." not in page(administrator, f"{home}?kind=looks")
    assert "Mine." in page(administrator, f"{home}?kind=changes")
    assert "Nothing here" in page(administrator, f"{home}?first={tomorrow}")
    assert "Mine." in page(administrator, f"{home}?last={tomorrow}")


def test_what_cannot_be_understood_does_not_narrow(tenant: MadeTenant, administrator: FlaskClient) -> None:
    write(tenant, reason="Still here.")
    nonsense = "who=x&about=1&action=nothing&kind=y&first=0001-01-01&last=9999-12-31&before=-1&subject='"
    assert "Still here." in page(administrator, f"/t/{tenant.slug}/audit?{nonsense}")


def test_the_log_goes_on_page_by_page_without_losing_a_line(
    tenant: MadeTenant, administrator: FlaskClient
) -> None:
    subject = write(tenant, count=history.PAGE + 20)
    with tenant_scope(tenant.id):
        first = history._page(history._query(history.Wanted(subject_id=subject)), 0)
        second = history._page(history._query(history.Wanted(subject_id=subject)), first.older)
    numbers = [line.number for line in (*first.lines, *second.lines)]
    assert len(first.lines) == history.PAGE
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == history.PAGE + 20
    assert second.older == 0
    text = page(administrator, f"/t/{tenant.slug}/audit?about={subject}")
    assert f"about={subject}&amp;before={first.older}" in text


def test_searching_and_downloading_are_written_down_too(
    tenant: MadeTenant, administrator: FlaskClient
) -> None:
    page(administrator, f"/t/{tenant.slug}/audit?kind=looks")
    page(administrator, f"/t/{tenant.slug}/audit.csv")
    assert lines_of(tenant, "audit.read") == 1
    assert lines_of(tenant, "audit.downloaded") == 1
    assert "looked or changed" in page(administrator, f"/t/{tenant.slug}/audit")


def test_the_table_has_every_line_that_is_searched_for_and_no_formula(
    tenant: MadeTenant, administrator: FlaskClient
) -> None:
    subject = write(tenant, count=history.PAGE + 5, reason="=cmd|' /C calc'!A0")
    text = page(administrator, f"/t/{tenant.slug}/audit.csv?about={subject}")
    header, *rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == history.PAGE + 5
    assert header[0] == "Number"
    assert {row[-1] for row in rows} == {"'=cmd|' /C calc'!A0"}


@pytest.mark.parametrize("role", ["access.leader", "access.adviser", "access.reader"])
def test_whoever_may_not_read_the_log_is_refused(app: Flask, tenant: MadeTenant, role: str) -> None:
    client = signed_in(app, make_member(tenant, role))
    for path in ("audit", "audit.csv"):
        assert client.get(f"/t/{tenant.slug}/{path}").status_code == 403
    assert lines_of(tenant, "audit.read") == 0


def test_the_history_of_an_agreement_tells_its_readers_what_was_done_but_not_who_has_looked(
    app: Flask, tenant: MadeTenant, administrator: FlaskClient
) -> None:
    with acting(app, tenant):
        agreement = complete_draft()
    path = f"/t/{tenant.slug}/agreements/{agreement}"
    reader = signed_in(app, make_member(tenant, "access.reader", "Lese Prøve"))
    assert f"{path}/history" in page(reader, path)
    told = page(reader, f"{path}/history")
    assert "began the agreement" in told
    assert "contacts, signatories" not in told
    watched = page(administrator, f"{path}/history")
    assert "Lese Prøve" in watched
    assert "contacts, signatories, the text" in watched


def test_reading_an_agreement_again_does_not_fill_the_log(
    app: Flask, tenant: MadeTenant, administrator: FlaskClient
) -> None:
    with acting(app, tenant):
        agreement = complete_draft()
    for _time in range(3):
        page(administrator, f"/t/{tenant.slug}/agreements/{agreement}")
    assert lines_of(tenant, "agreement.read") == 1


def test_seeing_who_works_here_is_written_down(tenant: MadeTenant, administrator: FlaskClient) -> None:
    page(administrator, f"/t/{tenant.slug}/people")
    assert lines_of(tenant, "tenant.read") == 1


def test_the_history_of_the_settings(tenant: MadeTenant, administrator: FlaskClient) -> None:
    text = page(administrator, f"/t/{tenant.slug}/settings/history")
    assert "signed the organisation up" in text
    assert "confirmed the organisation" in text


def test_somebody_can_be_told_who_has_looked_at_them(tenant: MadeTenant) -> None:
    person = new_id()
    with tenant_scope(tenant.id):
        with audit.acting_as(audit.Actor("account", tenant.admin_id)):
            audit.looked_at("person", person, fields=["name"])
            with unit_of_work():
                audit.record("person.changed", "person", person)
        found = history.lookers("person", person).lines
    assert [line.is_look for line in found] == [True]


def test_everybody_sees_what_is_logged_about_them_and_nothing_of_others(
    app: Flask, tenant: MadeTenant, administrator: FlaskClient
) -> None:
    other = make_tenant("norway.municipality")
    write(other, reason="Of another place.")
    write(tenant, reason="Of a colleague.")
    email = make_member(tenant, "access.reader", "Lese Prøve")
    reader = signed_in(app, email)
    page(reader, f"/t/{tenant.slug}/people")
    text = page(reader, f"/account/logged?at={other.slug}")
    assert "saw who works here" in text
    assert "gave access to" in text
    assert "Of another place." not in text
    assert "Of a colleague." not in text


def test_a_page_of_the_log_asks_the_database_no_more_for_more_lines(
    tenant: MadeTenant, administrator: FlaskClient
) -> None:
    def asked() -> int:
        with counted() as sent:
            page(administrator, f"/t/{tenant.slug}/audit")
        return len(sent)

    asked()
    few = asked()
    write(tenant, count=40, fields=["title"])
    assert asked() <= few + 1
