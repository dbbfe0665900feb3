"""A visit of support: with a reason, for an hour, read-only, and seen by the tenant at every step."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access import operators
from core.access.permissions import CONFIDENTIAL
from core.access.sso.gate import ENFORCED
from core.access.support import GRANTS
from core.kernel import clock
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.models import Tenant
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from tests.platform.conftest import EMAIL

REASON = "They asked why a deadline is missing"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


def visit(operator: FlaskClient, tenant: MadeTenant, reason: str = REASON) -> int:
    answer = operator.post(f"/platform/tenants/{tenant.id}/visit", data={"reason": reason})
    return answer.status_code


def home(tenant: MadeTenant) -> str:
    return f"/t/{tenant.slug}/"


def lines(tenant: MadeTenant) -> list[AuditEntry]:
    with tenant_scope(tenant.id):
        query = select(AuditEntry).where(AuditEntry.subject_kind == "support_visit")
        return list(db.session.scalars(query.order_by(AuditEntry.number)))


def test_a_visit_needs_a_reason_and_opens_that_tenant_only(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    other = make_tenant()
    assert operator.get(home(tenant)).status_code == 404
    assert visit(operator, tenant, " ") == 422
    assert operator.get(home(tenant)).status_code == 404
    assert visit(operator, tenant) == 303
    assert operator.get(home(tenant)).status_code == 200
    assert operator.get(home(other)).status_code == 404


def test_in_production_a_password_alone_does_not_continue_a_visit(
    app: Flask, tenant: MadeTenant, operator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(operator, tenant)
    assert operator.get(home(tenant)).status_code == 200
    monkeypatch.setitem(app.config, "FOTFESTE", replace(app.config["FOTFESTE"], environment="production"))
    assert operator.get(home(tenant)).status_code == 404


def test_support_comes_in_where_the_organisation_requires_its_own_sign_in(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    visit(operator, tenant)
    with platform_scope("require single sign-on in a test"), unit_of_work():
        row = db.session.scalars(select(Tenant).where(Tenant.id == tenant.id)).one()
        row.single_sign_on = ENFORCED
    assert operator.get(home(tenant)).status_code == 200
    assert signed_in(app, tenant.admin_email).get(home(tenant)).status_code == 303


def test_naming_an_operator_and_a_visit_are_told_to_whoever_watches(
    tenant: MadeTenant, operator: FlaskClient, told: Any
) -> None:
    visit(operator, tenant)
    operator.post(f"/platform/tenants/{tenant.id}/leave")
    (came,), (left,) = told("support.came"), told("support.left")
    assert came["tenant"] == left["tenant"] == str(tenant.id)
    assert came["visit"] == left["visit"]
    assert came["actor"]
    assert REASON not in str(came)
    operators.end(EMAIL)
    assert told("operator.ended")[0]["account"] == came["actor"]


def test_a_visitor_reads_and_changes_nothing(app: Flask, tenant: MadeTenant, operator: FlaskClient) -> None:
    visit(operator, tenant)
    for below in ("agreements", "people", "obligations"):
        assert operator.get(f"{home(tenant)}{below}").status_code in {200, 308, 404}
    assert "read" in operator.get(home(tenant)).get_data(as_text=True)
    for below in ("settings", "settings/closing", "settings/data", "people/invite", "settings/visits/invite"):
        assert operator.post(f"{home(tenant)}{below}", data={}).status_code == 403
        assert operator.get(f"{home(tenant)}settings/data").status_code == 403


def test_a_visitor_sees_nothing_that_is_confidential() -> None:
    assert GRANTS
    assert not CONFIDENTIAL & set(GRANTS)
    assert all(permission.endswith(":read") for permission in GRANTS)


def test_a_visit_is_over_after_an_hour(app: Flask, tenant: MadeTenant, operator: FlaskClient) -> None:
    visit(operator, tenant)
    with clock.frozen(clock.now() + timedelta(minutes=59)):
        assert operator.get(home(tenant)).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert operator.get(home(tenant)).status_code == 404


def test_administrators_get_a_mail_and_see_it_on_every_page(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    reader = make_member(tenant, "access.reader")
    visit(operator, tenant)
    (letter,) = letters_to(tenant.admin_email)
    assert REASON in letter.body
    assert "Drift Prøve" in letter.body
    assert letter.path == f"{home(tenant)}settings/visits"
    assert letters_to(reader) == []
    assert "Support can read here until" in signed_in(app, tenant.admin_email).get(home(tenant)).text
    assert "Support can read here until" not in signed_in(app, reader).get(home(tenant)).text
    assert "You are here on a visit" in operator.get(home(tenant)).text


def test_the_tenant_reads_who_was_here_and_ends_it(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    visit(operator, tenant)
    administrator = signed_in(app, tenant.admin_email)
    page = page_of(administrator.get(f"{home(tenant)}settings/visits"))
    assert REASON in page.text
    assert "Drift Prøve" in page.text
    action = next(
        form.attributes["action"]
        for form in page.root.all("form")
        if form.attributes["action"].endswith("/end")
    )
    assert administrator.post(action).status_code == 303
    assert operator.get(home(tenant)).status_code == 404
    assert administrator.post(action).status_code == 404
    assert "Support can read here" not in administrator.get(home(tenant)).text


def test_an_operator_ends_the_visit(app: Flask, tenant: MadeTenant, operator: FlaskClient) -> None:
    leave = f"/platform/tenants/{tenant.id}/leave"
    assert operator.post(leave).status_code == 409
    visit(operator, tenant)
    assert visit(operator, tenant) == 409
    assert operator.post(leave).status_code == 303
    assert operator.get(home(tenant)).status_code == 404


def test_every_page_that_is_opened_is_written_down_with_the_reason(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    visit(operator, tenant)
    operator.get(home(tenant))
    operator.get(f"{home(tenant)}agreements")
    began, *looked = lines(tenant)
    assert (began.action, began.reason) == ("support_visit.began", REASON)
    assert {field for line in looked for field in line.fields} >= {"tenants_home.home"}
    assert {line.actor_id for line in lines(tenant)} == {began.actor_id}
    assert began.actor_id != tenant.admin_id


def test_a_tenant_may_let_support_in_only_when_it_invites(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    administrator = signed_in(app, tenant.admin_email)
    rule = f"{home(tenant)}settings/visits"
    assert administrator.post(rule, data={"rule": "invited"}).status_code == 303
    assert visit(operator, tenant) == 403
    assert administrator.post(f"{rule}/invite").status_code == 303
    assert visit(operator, tenant) == 303
    with clock.frozen(clock.now() + timedelta(hours=25)):
        again = signed_in(app, "operator@example.org")
        assert visit(again, tenant) == 403
    assert administrator.post(rule, data={"rule": "sometimes"}).status_code == 422
    assert administrator.post(rule, data={"rule": "always"}).status_code == 303


def test_somebody_who_is_no_operator_any_more_has_no_visit(
    app: Flask, tenant: MadeTenant, operator: FlaskClient
) -> None:
    visit(operator, tenant)
    operators.end("operator@example.org")
    assert operator.get(home(tenant)).status_code == 404


def test_only_operators_visit(app: Flask, tenant: MadeTenant) -> None:
    assert visit(signed_in(app, make_tenant().admin_email), tenant) == 404
