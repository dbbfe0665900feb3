from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.access import service as access
from core.access.models import Invitation, Membership
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import PASSWORD, MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of

OLA = {"name": "Ola Prøve", "email": "ola@fjordvik.example", "role": "access.adviser"}
NEW_PASSWORD = "blåbær under grønne trapper"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def people(tenant: MadeTenant) -> str:
    return f"/t/{tenant.slug}/people"


def invite(browser: FlaskClient, tenant: MadeTenant, **changes: str) -> TestResponse:
    return browser.post(f"{people(tenant)}/invite", data=OLA | changes)


@pytest.fixture
def link(admin: FlaskClient, tenant: MadeTenant) -> str:
    invite(admin, tenant)
    return letters_to(OLA["email"])[0].path


def membership_of(tenant: MadeTenant, email: str) -> UUID:
    account = access.account_by_email(email)
    assert account is not None
    with tenant_scope(tenant.id):
        return db.session.scalars(select(Membership.id).where(Membership.account_id == account.id)).one()


def test_every_member_sees_the_members_but_only_some_may_change_them(app: Flask, tenant: MadeTenant) -> None:
    make_member(tenant, "access.adviser", "Berit Prøve")
    reader = signed_in(app, make_member(tenant, "access.reader"))
    page = page_of(reader.get(people(tenant)))
    assert "Berit Prøve" in page.text
    assert "Adviser" in page.text
    assert not [link for link in page.links() if link.endswith(("/invite", "/end"))]
    page_of(reader.get(f"{people(tenant)}/invite"), 403)
    page_of(invite(reader, tenant), 403)
    assert letters_to(OLA["email"]) == []


def test_an_invitation_is_sent_listed_and_taken_back(
    app: Flask, admin: FlaskClient, tenant: MadeTenant, link: str
) -> None:
    page = page_of(admin.get(people(tenant)))
    assert OLA["email"] in page.text
    revoke = next(
        one.attributes["action"]
        for one in page.root.all("form")
        if "/revoke" in one.attributes.get("action", "")
    )
    assert admin.post(revoke).status_code == 303
    assert admin.post(revoke).status_code == 303
    assert OLA["email"] not in page_of(admin.get(people(tenant))).text
    page_of(app.test_client().get(link), 410)


def test_the_mail_names_the_tenant_and_speaks_its_language(tenant: MadeTenant, link: str) -> None:
    (letter,) = letters_to(OLA["email"])
    assert letter.links[0].startswith(f"http://localhost/t/{tenant.slug}/join/")
    assert "Ola Prøve" in letter.body
    assert "Admin" in letter.body


def test_only_the_hash_of_the_link_is_stored(tenant: MadeTenant, link: str) -> None:
    with tenant_scope(tenant.id):
        stored = db.session.scalars(select(Invitation)).one()
    token = link.rpartition("/")[2]
    assert token not in {str(value) for value in vars(stored).values()}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 161),
        ("name", "Ola\0"),
        ("email", ""),
        ("email", "ola"),
        ("email", "o\0la@example.org"),
        ("email", "x" * 300 + "@example.org"),
        ("role", ""),
        ("role", "access.emperor"),
        ("role", "access.reader\0"),
    ],
)
def test_a_bad_invitation_is_answered_beside_its_field(
    admin: FlaskClient, tenant: MadeTenant, field: str, value: str
) -> None:
    page = page_of(invite(admin, tenant, **{field: value}), 422)
    assert {name for name in OLA if page.error(name)} == {field}


def test_a_script_in_a_name_stays_text(admin: FlaskClient, tenant: MadeTenant) -> None:
    invite(admin, tenant, name="<script>alert(1)</script>")
    page = page_of(admin.get(people(tenant)))
    assert "<script>alert(1)</script>" in page.text
    assert not list(page.root.first("main").all("script"))


def test_an_invitation_is_sent_again_with_a_new_link(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, link: str
) -> None:
    with tenant_scope(tenant.id):
        invitation_id = db.session.scalars(select(Invitation.id)).one()
    address = f"{people(tenant)}/invitations/{invitation_id}/resend"
    assert admin.post(address).status_code == 409
    with clock.frozen(clock.now() + timedelta(days=13)):
        assert signed_in(app, tenant.admin_email).post(address).status_code == 303
    old, new = (one.path for one in letters_to(OLA["email"]))
    assert old == link
    with clock.frozen(clock.now() + timedelta(days=20)):
        guest = app.test_client()
        assert guest.get(old).status_code == 404
        assert guest.get(new).status_code == 200


def test_an_invitation_sent_twice_goes_out_once(admin: FlaskClient, tenant: MadeTenant) -> None:
    assert invite(admin, tenant).status_code == 303
    assert "open invitation" in page_of(invite(admin, tenant, email=OLA["email"].upper()), 422).error("email")
    assert len(letters_to(OLA["email"])) == 1


def test_a_member_is_not_invited_again(admin: FlaskClient, tenant: MadeTenant) -> None:
    page = page_of(invite(admin, tenant, email=tenant.admin_email), 422)
    assert "member already" in page.error("email")


def test_nobody_gives_a_role_above_their_own(app: Flask, tenant: MadeTenant) -> None:
    leader = signed_in(app, make_member(tenant, "access.leader"))
    page = page_of(leader.get(f"{people(tenant)}/invite"))
    offered = [one.attributes["value"] for one in page.root.all("input", name="role")]
    of_core = {one for one in offered if one.startswith("access.")}
    assert of_core == {"access.leader", "access.adviser", "access.reader"}
    assert page_of(invite(leader, tenant, role="access.administrator"), 422).error("role")
    above = membership_of(tenant, tenant.admin_email)
    page = page_of(leader.post(f"{people(tenant)}/{above}/end"), 403)
    assert "more than you may give" in page.text


def test_joining_makes_an_account_and_leads_home(app: Flask, tenant: MadeTenant, link: str) -> None:
    guest = app.test_client()
    page = page_of(guest.get(link))
    assert OLA["name"] in page.text
    assert OLA["email"] in page.text
    assert "Adviser" in page.text
    answer = guest.post(link, data={"password": NEW_PASSWORD})
    assert (answer.status_code, answer.location) == (303, f"/t/{tenant.slug}/")
    assert OLA["name"] in page_of(guest.get(people(tenant))).text
    again = app.test_client()
    assert again.post("/sign-in", data={"email": OLA["email"], "password": NEW_PASSWORD}).status_code == 302


def test_joining_twice_leads_home_and_changes_nothing(app: Flask, tenant: MadeTenant, link: str) -> None:
    guest = app.test_client()
    for _ in range(2):
        assert guest.post(link, data={"password": NEW_PASSWORD}).location == f"/t/{tenant.slug}/"
    assert guest.get(link).location == f"/t/{tenant.slug}/"
    page_of(app.test_client().get(link), 410)
    page_of(app.test_client().post(link, data={"password": NEW_PASSWORD}), 410)


@pytest.mark.parametrize(
    "password", ["", "kort", "password123", "Ola Prøve Ola", "gule fjell\0synger", "x" * 2000]
)
def test_joining_needs_a_good_password(app: Flask, link: str, password: str) -> None:
    page = page_of(app.test_client().post(link, data={"password": password}), 422)
    assert page.error("password")
    assert access.account_by_email(OLA["email"]) is None


def test_somebody_with_an_account_enters_its_password(
    app: Flask, admin: FlaskClient, tenant: MadeTenant
) -> None:
    known = make_tenant("norway.municipality").admin_email
    invite(admin, tenant, email=known)
    path = letters_to(known)[0].path
    guest = app.test_client()
    assert "Enter its password" in page_of(guest.get(path)).text
    assert page_of(guest.post(path, data={"password": NEW_PASSWORD}), 422).error("password")
    assert guest.post(path, data={"password": PASSWORD}).location == f"/t/{tenant.slug}/"
    assert guest.get(people(tenant)).status_code == 200


def test_somebody_signed_in_only_agrees(app: Flask, admin: FlaskClient, tenant: MadeTenant) -> None:
    known = make_tenant("norway.municipality").admin_email
    invite(admin, tenant, email=known)
    path = letters_to(known)[0].path
    browser = signed_in(app, known)
    with pytest.raises(LookupError):
        page_of(browser.get(path)).value("password")
    assert browser.post(path).location == f"/t/{tenant.slug}/"


def test_somebody_else_who_is_signed_in_is_told_so(app: Flask, admin: FlaskClient, link: str) -> None:
    assert "invitation is for ola@fjordvik.example" in page_of(admin.get(link)).text
    admin.post(link, data={"password": NEW_PASSWORD})
    assert page_of(admin.get("/account")).value("name") == OLA["name"]


def test_an_account_nobody_confirmed_is_taken_over_by_the_owner_of_the_address(
    app: Flask, tenant: MadeTenant, link: str
) -> None:
    with platform_scope("a person for a test"), unit_of_work():
        access.new_account(OLA["email"], "Squatter", PASSWORD)
    guest = app.test_client()
    assert "Choose a password" in page_of(guest.get(link)).text
    guest.post(link, data={"password": NEW_PASSWORD})
    sign_in = app.test_client().post("/sign-in", data={"email": OLA["email"], "password": PASSWORD})
    assert sign_in.status_code == 422
    assert page_of(guest.get("/account")).value("name") == OLA["name"]


def test_an_invitation_does_not_work_below_another_tenant(app: Flask, tenant: MadeTenant, link: str) -> None:
    other = make_tenant("norway.municipality")
    elsewhere = link.replace(tenant.slug, other.slug)
    page_of(app.test_client().get(elsewhere), 404)
    page_of(app.test_client().post(elsewhere, data={"password": NEW_PASSWORD}), 404)


@pytest.mark.parametrize("token", ["x", "a" * 5000, "%00", "..%2f..", "<script>"])
def test_a_made_up_link_is_not_found(app: Flask, tenant: MadeTenant, token: str) -> None:
    assert app.test_client().get(f"/t/{tenant.slug}/join/{token}").status_code in {400, 404}


def test_an_invitation_expires(app: Flask, link: str) -> None:
    with clock.frozen(clock.now() + timedelta(days=14, minutes=1)):
        page = page_of(app.test_client().get(link), 410)
        assert "Ask for a new one" in page.text
        page_of(app.test_client().post(link, data={"password": NEW_PASSWORD}), 410)


def test_ending_a_membership_closes_the_door(app: Flask, admin: FlaskClient, tenant: MadeTenant) -> None:
    email = make_member(tenant, "access.adviser", "Berit Prøve")
    browser = signed_in(app, email)
    path = f"{people(tenant)}/{membership_of(tenant, email)}/end"
    assert page_of(admin.get(path)).heading == "End access for Berit Prøve"
    assert admin.post(path).status_code == 303
    page_of(admin.post(path), 404)
    page_of(browser.get(people(tenant)), 404)
    assert "Berit Prøve" not in page_of(admin.get(people(tenant))).text


def test_somebody_can_be_invited_again_after_the_end(
    app: Flask, admin: FlaskClient, tenant: MadeTenant
) -> None:
    email = make_member(tenant, "access.adviser", "Berit Prøve")
    admin.post(f"{people(tenant)}/{membership_of(tenant, email)}/end")
    invite(admin, tenant, email=email, role="access.reader")
    guest = app.test_client()
    guest.post(letters_to(email)[0].path, data={"password": PASSWORD})
    assert guest.get(people(tenant)).status_code == 200
    page_of(guest.get(f"{people(tenant)}/invite"), 403)


def test_the_last_administrator_stays(admin: FlaskClient, tenant: MadeTenant) -> None:
    own = membership_of(tenant, tenant.admin_email)
    page = page_of(admin.post(f"{people(tenant)}/{own}/end"), 409)
    assert "last administrator" in page.text
    make_member(tenant, "access.administrator")
    assert admin.post(f"{people(tenant)}/{own}/end").location == "/tenants"
    page_of(admin.get(people(tenant)), 404)


def test_members_of_another_tenant_are_out_of_reach(admin: FlaskClient, tenant: MadeTenant) -> None:
    other = make_tenant("norway.municipality")
    foreign = membership_of(other, other.admin_email)
    page_of(admin.get(f"{people(tenant)}/{foreign}/end"), 404)
    page_of(admin.post(f"{people(tenant)}/{foreign}/end"), 404)
    page_of(admin.get(people(other)), 404)


def test_an_invitation_of_another_tenant_cannot_be_taken_back(
    app: Flask, admin: FlaskClient, tenant: MadeTenant
) -> None:
    other = make_tenant("norway.municipality")
    invite(signed_in(app, other.admin_email), other)
    with tenant_scope(other.id):
        foreign = db.session.scalars(select(Invitation.id)).one()
    page_of(admin.post(f"{people(tenant)}/invitations/{foreign}/revoke"), 404)
    assert app.test_client().get(letters_to(OLA["email"])[0].path).status_code == 200


def test_an_accepted_invitation_cannot_be_taken_back(
    app: Flask, admin: FlaskClient, tenant: MadeTenant, link: str
) -> None:
    app.test_client().post(link, data={"password": NEW_PASSWORD})
    with tenant_scope(tenant.id):
        accepted = db.session.scalars(select(Invitation.id)).one()
    page = page_of(admin.post(f"{people(tenant)}/invitations/{accepted}/revoke"), 409)
    assert "already been accepted" in page.text
