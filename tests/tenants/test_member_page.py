"""Finding people, and giving them other roles and units."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.access import directory
from core.access import service as access
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting
from core.testing.factories import PASSWORD, MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from core.testing.roles import make_member_with, make_role, make_unit
from core.testing.statements import counted

WHY = "Berit leder teamet fra i dag."


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


@pytest.fixture
def berit(app: Flask, tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser", "Berit Prøve")


def membership(app: Flask, tenant: MadeTenant, email: str) -> UUID:
    with acting(app, tenant, email):
        return access.require_member().membership_id


def page_url(app: Flask, tenant: MadeTenant, email: str) -> str:
    return f"/t/{tenant.slug}/people/{membership(app, tenant, email)}"


def appoint(browser: FlaskClient, url: str, *roles: str, units: tuple[UUID, ...] = ()) -> TestResponse:
    return browser.post(url, data={"roles": list(roles), "units": [str(one) for one in units], "reason": WHY})


def roles_of(app: Flask, tenant: MadeTenant, email: str) -> set[str]:
    with acting(app, tenant, email):
        return set(access.require_member().roles)


def entries(tenant: MadeTenant, action: str) -> list[AuditEntry]:
    with tenant_scope(tenant.id):
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_somebody_gets_several_roles_and_units_with_a_reason(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    unit, url = make_unit(app, tenant, "Ungdom"), page_url(app, tenant, berit)
    answer = appoint(admin, url, "access.adviser", "access.privacy_officer", units=(unit,))
    assert answer.status_code == 303
    page = page_of(admin.get(url))
    assert "Adviser, Data protection officer" in page.text
    assert "Ungdom" in page.text
    with acting(app, tenant, berit):
        member = access.require_member()
        assert member.unit_ids == {unit}
        assert {"agreement:write", "audit:read"} <= member.permissions
    (roles,) = entries(tenant, "member.roles_changed")
    (units,) = entries(tenant, "member.units_changed")
    assert (roles.fields, roles.reason) == (["access.privacy_officer"], WHY)
    assert (units.fields, units.reason) == ([str(unit)], WHY)


def test_the_history_of_a_member_says_in_words_what_changed_and_why(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    unit, url = make_unit(app, tenant, "Ungdom"), page_url(app, tenant, berit)
    appoint(admin, url, "access.reader", units=(unit,))
    page = page_of(admin.get(f"{url}/history"))
    assert page.heading == "History of Berit Prøve"
    for words in (WHY, "Reader", "Adviser", "Ungdom", "Admin"):
        assert words in page.root.first("table").text
    page_of(signed_in(app, make_member(tenant, "access.reader")).get(f"{url}/history"), 403)


def test_a_change_needs_a_reason_and_a_role(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    url = page_url(app, tenant, berit)
    page = page_of(admin.post(url, data={"roles": "access.reader"}), 422)
    assert page.error("reason")
    assert page_of(admin.post(url, data={"reason": WHY}), 422).error("roles")
    assert roles_of(app, tenant, berit) == {"access.adviser"}


@pytest.mark.parametrize(
    ("field", "value"), [("roles", "access.emperor"), ("units", "nonsense"), ("reason", "x" * 501)]
)
def test_nonsense_is_answered_and_changes_nothing(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str, field: str, value: str
) -> None:
    form = {"roles": "access.reader", "reason": WHY} | {field: value}
    assert admin.post(page_url(app, tenant, berit), data=form).status_code == 422
    assert roles_of(app, tenant, berit) == {"access.adviser"}


def test_nobody_changes_their_own_roles(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    url = page_url(app, tenant, tenant.admin_email)
    page = page_of(admin.get(url))
    assert "Ask another administrator" in page.text
    assert not list(page.root.all("input", name="roles"))
    page_of(appoint(admin, url, "access.administrator", "access.privacy_officer"), 403)
    assert roles_of(app, tenant, tenant.admin_email) == {"access.administrator"}


def test_the_last_administrator_stays_one(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    second = make_member_with(app, tenant, "all:people:manage", "all:role:manage", "all:people:read")
    browser = signed_in(app, second)
    url = page_url(app, tenant, tenant.admin_email)
    page = page_of(appoint(browser, url, "access.reader"), 409)
    assert "Make somebody else an administrator first" in page.text
    make_member(tenant, "access.administrator")
    assert appoint(browser, url, "access.reader").status_code == 303


def test_a_leader_gives_no_more_than_a_leader_has_but_lets_advisers_read_about_their_own(
    app: Flask, tenant: MadeTenant, berit: str
) -> None:
    leader = signed_in(app, make_member(tenant, "access.leader"))
    reads_all = make_role(app, tenant, "all:health:read")
    page = page_of(leader.get(page_url(app, tenant, berit)))
    offered = {one.attributes["value"] for one in page.root.all("input", name="roles")}
    of_core = {one for one in offered if one.startswith("access.")}
    assert of_core == {"access.leader", "access.adviser", "access.reader"}
    for above in ("access.administrator", "access.privacy_officer", reads_all):
        assert appoint(leader, page_url(app, tenant, berit), above).status_code == 422
    assert appoint(leader, page_url(app, tenant, berit), "access.leader").status_code == 303


def test_what_one_may_not_give_is_not_taken_away_by_saving_the_form(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    url = page_url(app, tenant, berit)
    appoint(admin, url, "access.adviser", "access.privacy_officer")
    leader = signed_in(app, make_member(tenant, "access.leader"))
    assert "Also Data protection officer" in page_of(leader.get(url)).text
    assert appoint(leader, url, "access.reader").status_code == 303
    assert roles_of(app, tenant, berit) == {"access.reader", "access.privacy_officer"}


def test_a_reader_sees_a_colleague_but_changes_nothing(app: Flask, tenant: MadeTenant, berit: str) -> None:
    reader = signed_in(app, make_member(tenant, "access.reader"))
    url = page_url(app, tenant, berit)
    page = page_of(reader.get(url))
    assert page.heading == "Berit Prøve"
    assert not list(page.root.first("main").all("form"))
    page_of(appoint(reader, url, "access.reader"), 403)


def test_looking_at_a_member_is_written_down(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    admin.get(page_url(app, tenant, berit))
    (seen,) = entries(tenant, "membership.read")
    assert (seen.subject_id, seen.fields) == (membership(app, tenant, berit), ["email", "name"])


def test_the_log_leads_to_the_page_of_a_member_also_when_access_has_ended(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    url = page_url(app, tenant, berit)
    assert url in page_of(admin.get(f"/t/{tenant.slug}/audit")).links()
    assert admin.post(f"{url}/end").status_code == 303
    page = page_of(admin.get(url))
    assert "Access ended" in page.text
    assert berit not in page.text
    assert not list(page.root.first("main").all("form"))
    assert page_of(admin.get(f"{url}/history")).heading == "History of Berit Prøve"
    officer = signed_in(app, make_member(tenant, "access.privacy_officer"))
    assert page_of(officer.get(url)).heading == "Berit Prøve"
    page_of(signed_in(app, make_member(tenant, "access.reader")).get(url), 404)
    page_of(appoint(admin, url, "access.reader"), 404)


def test_the_page_of_a_member_leads_whoever_may_to_the_work_that_waits(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    url = page_url(app, tenant, berit)
    assert f"{url}/work" in page_of(admin.get(url)).links()
    reader = signed_in(app, make_member(tenant, "access.reader"))
    assert f"{url}/work" not in page_of(reader.get(url)).links()


def test_a_member_of_another_tenant_is_not_there(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    other = make_tenant("norway.municipality")
    foreign = membership(app, other, other.admin_email)
    page_of(admin.get(f"/t/{tenant.slug}/people/{foreign}"), 404)
    page_of(appoint(admin, f"/t/{tenant.slug}/people/{foreign}", "access.reader"), 404)


def test_people_are_found_by_name_address_role_and_unit(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, berit: str
) -> None:
    unit = make_unit(app, tenant)
    nils = make_member_with(app, tenant, "all:people:read", units=(unit,), name="Nils Ås_50%")
    with acting(app, tenant):
        assert [one.name for one in directory.search(words="berit").people] == ["Berit Prøve"]
        assert [one.name for one in directory.search(words="_50%").people] == ["Nils Ås_50%"]
        assert [one.email for one in directory.search(words=nils).people] == [nils]
        assert [one.name for one in directory.search(role="access.adviser").people] == ["Berit Prøve"]
        assert [one.name for one in directory.search(unit_id=unit).people] == ["Nils Ås_50%"]
    page = page_of(admin.get(f"/t/{tenant.slug}/people?unit={unit}"))
    assert "Nils" in page.text
    assert "Berit" not in page.root.first("table").text
    for query in ("q=nobody", "unit=nonsense", "role=nonsense", "page=9999999999999"):
        assert admin.get(f"/t/{tenant.slug}/people?{query}").status_code == 200


def test_a_long_list_is_cut_into_pages_by_few_questions(app: Flask, tenant: MadeTenant) -> None:
    for number in range(directory.PAGE + 2):
        make_member(tenant, "access.reader", f"Leser {number:02}")
    with acting(app, tenant), counted() as sent:
        first, last = directory.search(), directory.search(page=99)
    assert (first.total, first.pages, len(first.people)) == (directory.PAGE + 3, 2, directory.PAGE)
    assert (last.page, len(last.people)) == (2, 3)
    assert sum("FROM access_membership" in one for one in sent) <= 5


def test_an_invitation_to_a_unit_leads_into_it(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    unit, email = make_unit(app, tenant), make_tenant("norway.municipality").admin_email
    form = {"name": "Ola", "email": email, "role": "access.adviser", "units": str(unit)}
    assert admin.post(f"/t/{tenant.slug}/people/invite", data=form).status_code == 303
    app.test_client().post(letters_to(email)[0].path, data={"password": PASSWORD})
    with acting(app, tenant, email):
        assert access.require_member().unit_ids == {unit}
