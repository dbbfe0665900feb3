"""What operators see of tenants and do with them, and what a suspension stops."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.signing import reminders
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.tenancy import service as tenancy
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted


def verb(tenant: MadeTenant, name: str) -> str:
    return f"/platform/tenants/{tenant.id}/{name}"


def lines(tenant: MadeTenant, action: str) -> list[AuditEntry]:
    with tenant_scope(tenant.id):
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_the_list_shows_state_and_numbers_and_no_person(app: Flask, operator: FlaskClient) -> None:
    tenant = make_tenant(confirmed=False)
    make_member(tenant, "access.reader", "Kari Hemmelig")
    name = tenancy.by_ids([tenant.id])[tenant.id].name
    text = page_of(operator.get("/platform")).text
    assert name in text
    assert "Not confirmed yet" in text
    assert "Kari Hemmelig" not in text
    assert tenant.admin_email not in text


def test_an_operator_confirms_a_tenant_and_its_audit_says_who(app: Flask, operator: FlaskClient) -> None:
    tenant = make_tenant(confirmed=False)
    assert operator.post(verb(tenant, "confirm")).status_code == 303
    assert tenancy.by_ids([tenant.id])[tenant.id].confirmed
    (line,) = lines(tenant, "tenant.confirmed")
    assert line.actor_kind == "account"
    assert line.actor_id != tenant.admin_id


def test_the_place_of_a_confirmed_tenant_is_not_released(app: Flask, operator: FlaskClient) -> None:
    confirmed, other = make_tenant(), make_tenant(confirmed=False)
    assert operator.post(verb(confirmed, "release")).status_code == 409
    assert operator.post(verb(other, "release")).status_code == 303
    assert "Place released" in page_of(operator.get(f"/platform/tenants/{other.id}")).text


def test_a_tenant_that_does_not_exist_is_not_found(operator: FlaskClient) -> None:
    for name in ("confirm", "release", "lift"):
        assert operator.post(f"/platform/tenants/{new_id()}/{name}").status_code == 404
    assert operator.get(f"/platform/tenants/{new_id()}").status_code == 404


def test_a_suspension_needs_a_reason(app: Flask, operator: FlaskClient) -> None:
    tenant = make_tenant()
    assert page_of(operator.post(verb(tenant, "suspend"), data={"reason": " "}), 422).error("reason")
    assert not tenancy.by_ids([tenant.id])[tenant.id].suspended


def test_members_of_a_suspended_tenant_read_but_write_nothing(app: Flask, operator: FlaskClient) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    home = f"/t/{tenant.slug}"
    general = {"language": "en", "office_word": "office"}
    assert browser.post(f"{home}/settings/modules", data={}).status_code == 303
    assert operator.post(verb(tenant, "suspend"), data={"reason": "Unpaid for a year"}).status_code == 303
    for below in ("/", "/people", "/settings", "/agreements"):
        page = browser.get(f"{home}{below}", follow_redirects=True)
        assert page.status_code == 200, below
        assert "suspended for your organisation" in page.get_data(as_text=True)
    for below in ("/settings", "/settings/modules", "/people/invite"):
        assert browser.post(f"{home}{below}", data=general).status_code == 403, below
    assert [line.reason for line in lines(tenant, "tenant.suspended")] == ["Unpaid for a year"]
    assert operator.post(verb(tenant, "lift")).status_code == 303
    assert browser.post(f"{home}/settings/modules", data={}).status_code == 303


def test_a_stranger_learns_nothing_of_a_suspension(app: Flask, operator: FlaskClient) -> None:
    tenant, other = make_tenant(), make_tenant()
    operator.post(verb(tenant, "suspend"), data={"reason": "Unpaid"})
    stranger = signed_in(app, other.admin_email)
    assert stranger.post(f"/t/{tenant.slug}/settings/modules").status_code == 404
    assert app.test_client().post(f"/t/{tenant.slug}/settings/modules").status_code == 302


def test_the_page_to_sign_in_says_that_the_organisation_is_suspended_and_not_why(
    app: Flask, operator: FlaskClient
) -> None:
    tenant, going = make_tenant(), make_tenant()
    operator.post(verb(tenant, "suspend"), data={"reason": "Unpaid for a year"})
    somebody = app.test_client()
    led = somebody.get(f"/t/{tenant.slug}/agreements")
    page = page_of(somebody.get(led.location)).text
    assert "suspended for this organisation" in page
    assert "Unpaid" not in page
    wrong = {"email": "nobody@example.org", "password": "wrong", "next": f"/t/{tenant.slug}/"}
    assert "suspended for this organisation" in page_of(somebody.post("/sign-in", data=wrong), 422).text
    for other in ("/sign-in", f"/sign-in?next=/t/{going.slug}/", "/sign-in?next=/t/nowhere/"):
        assert "suspended" not in page_of(somebody.get(other)).text
    operator.post(verb(tenant, "lift"))
    assert "suspended" not in page_of(somebody.get(led.location)).text


def test_no_reminder_goes_out_for_a_suspended_tenant(
    app: Flask, operator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, stopped = make_tenant(), make_tenant()
    operator.post(verb(stopped, "suspend"), data={"reason": "Unpaid"})
    told: list[str] = []
    monkeypatch.setattr(reminders.jobs, "defer", lambda _name, tenant_id: told.append(tenant_id))
    reminders.remind_everywhere()
    assert str(going.id) in told
    assert str(stopped.id) not in told


def test_the_list_asks_as_often_for_many_tenants_as_for_one(app: Flask, operator: FlaskClient) -> None:
    make_tenant()
    with counted() as few:
        operator.get("/platform")
    for _one in range(4):
        make_tenant()
    with counted() as many:
        operator.get("/platform")
    assert len(few) == len(many)
    assert len(many) <= 14
