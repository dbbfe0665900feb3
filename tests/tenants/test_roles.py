"""Roles of a tenant's own, its words for roles, and the matrix of who may do what."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.access import own_roles
from core.access import service as access
from core.access.permissions import PERMISSIONS
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import Page, page_of
from core.testing.roles import make_member_with, make_role
from core.web.languages import in_language
from tenants.roles.matrix import matrix
from tenants.roles.schemas import field_of

COACH = {"title": "Jobbcoach", "agreement-read": "own", "person-read": "unit", "people-read": "all"}


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def roles_page(browser: FlaskClient, tenant: MadeTenant) -> Page:
    return page_of(browser.get(f"/t/{tenant.slug}/roles"))


def make(browser: FlaskClient, tenant: MadeTenant, **changes: str) -> TestResponse:
    return browser.post(f"/t/{tenant.slug}/roles/new", data=COACH | changes)


def made(app: Flask, tenant: MadeTenant, title: str = "Jobbcoach") -> own_roles.MadeHere:
    with acting(app, tenant):
        return next(one for one in own_roles.made_here() if one.title == title)


def test_a_role_of_ones_own_is_made_given_and_works_as_its_permissions_say(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    assert make(admin, tenant).status_code == 303
    role = made(app, tenant)
    assert role.grants == {"own:agreement:read", "unit:person:read", "all:people:read"}
    page = roles_page(admin, tenant)
    assert "Jobbcoach" in page.text
    email = make_member(tenant, role.key, "Nils Prøve")
    with acting(app, tenant, email):
        assert access.require_member().grants == {
            "agreement:read": "own",
            "person:read": "unit",
            "people:read": "all",
        }
    holders = page_of(admin.get(f"/t/{tenant.slug}/people?role={role.key}"))
    assert "Nils Prøve" in holders.root.first("table").text
    assert "Jobbcoach" in holders.root.first("table").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"title": "veileder"}, "title"),
        ({"title": "ADVISER"}, "title"),
        ({"agreement-read": "world"}, "agreement-read"),
        ({"tenant-manage": "own"}, "tenant-manage"),
    ],
)
def test_a_bad_role_is_answered_beside_its_field(
    tenant: MadeTenant, admin: FlaskClient, changes: dict[str, str], field: str
) -> None:
    assert page_of(make(admin, tenant, **changes), 422).error(field)


def test_a_role_that_may_nothing_is_not_made(tenant: MadeTenant, admin: FlaskClient) -> None:
    page = page_of(admin.post(f"/t/{tenant.slug}/roles/new", data={"title": "Tom"}), 422)
    assert "at least one thing" in page.text
    assert page.value("title") == "Tom"


def test_a_change_reaches_everybody_who_has_the_role_at_once(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    make(admin, tenant)
    role = made(app, tenant)
    email = make_member(tenant, role.key)
    url = f"/t/{tenant.slug}/roles/{role.id}"
    page = page_of(admin.get(url))
    chosen = [one for one in page.root.all("input", name="person-read") if "checked" in one.attributes]
    assert [one.attributes["value"] for one in chosen] == ["unit"]
    assert admin.post(url, data={"title": "Coach", "audit-read": "all"}).status_code == 303
    with acting(app, tenant, email):
        assert access.require_member().permissions == {"audit:read"}


def test_nobody_gives_a_role_that_they_have_themselves_more_to_do(app: Flask, tenant: MadeTenant) -> None:
    email = make_member_with(app, tenant, "all:role:manage", "all:people:read")
    with acting(app, tenant, email):
        (role,) = own_roles.made_here()
    browser = signed_in(app, email)
    form = {"title": role.title, "role-manage": "all", "people-read": "all"}
    url = f"/t/{tenant.slug}/roles/{role.id}"
    page = page_of(browser.post(url, data=form | {"health-read": "all"}), 403)
    assert "Ask another administrator" in page.text
    assert browser.post(url, data=form | {"title": "Bare et annet ord"}).status_code == 303
    with acting(app, tenant, email):
        assert "health:read" not in access.require_member().permissions


def test_a_role_cannot_be_changed_so_that_nobody_administers_any_more(app: Flask, tenant: MadeTenant) -> None:
    everything = make_role(app, tenant, "all:tenant:manage", "all:people:manage", "all:role:manage")
    make_member(tenant, everything)
    changer = make_member_with(app, tenant, "all:role:manage", "all:people:read", "all:people:manage")
    browser = signed_in(app, changer)
    with acting(app, tenant, tenant.admin_email):
        admin_page = f"/t/{tenant.slug}/people/{access.require_member().membership_id}"
        role = next(one for one in own_roles.made_here() if one.key == everything)
    assert browser.post(admin_page, data={"roles": "access.reader", "reason": "Slutter"}).status_code == 303
    page = page_of(
        browser.post(f"/t/{tenant.slug}/roles/{role.id}", data={"title": "X", "people-read": "all"}), 409
    )
    assert "last administrator" in page.text


def test_a_role_is_taken_out_of_use_when_nobody_has_it(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    make(admin, tenant)
    role = made(app, tenant)
    url = f"/t/{tenant.slug}/roles/{role.id}"
    make_member(tenant, role.key, "Nils Prøve")
    invited = {"name": "Ola Venter", "email": "ola@fjordvik.example", "role": role.key}
    admin.post(f"/t/{tenant.slug}/people/invite", data=invited)
    page = page_of(admin.post(f"{url}/retire"), 409)
    assert "Nils Prøve, Ola Venter" in page.text
    unused = own_roles_of(app, tenant, make_role(app, tenant, "all:people:read"))
    assert admin.post(f"/t/{tenant.slug}/roles/{unused}/retire").status_code == 303
    page_of(admin.get(f"/t/{tenant.slug}/roles/{unused}"), 404)


def own_roles_of(app: Flask, tenant: MadeTenant, key: str) -> UUID:
    with acting(app, tenant):
        return next(one.id for one in own_roles.made_here() if one.key == key)


def test_a_role_of_another_tenant_is_not_there(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    other = make_tenant("norway.municipality")
    key = make_role(app, other, "all:people:read")
    foreign = own_roles_of(app, other, key)
    url = f"/t/{tenant.slug}/roles/{foreign}"
    for answer in (admin.get(url), admin.post(url, data=COACH), admin.post(f"{url}/retire")):
        page_of(answer, 404)
    with acting(app, tenant, make_member(tenant, key)):
        assert access.require_member().permissions == frozenset()


def test_a_role_is_begun_like_another_one(tenant: MadeTenant, admin: FlaskClient) -> None:
    page = page_of(admin.get(f"/t/{tenant.slug}/roles/new?like=access.adviser"))
    chosen = {
        one.attributes["name"]: one.attributes["value"]
        for one in page.root.all("input", type="radio")
        if "checked" in one.attributes
    }
    assert (chosen["health-read"], chosen["person-read"], chosen["tenant-manage"]) == ("own", "unit", "no")


def test_only_who_decides_about_roles_makes_them(app: Flask, tenant: MadeTenant) -> None:
    leader = signed_in(app, make_member(tenant, "access.leader"))
    page_of(leader.get(f"/t/{tenant.slug}/roles/new"), 403)
    page_of(make(leader, tenant), 403)
    assert "Make a role" not in roles_page(leader, tenant).text


def test_the_matrix_says_in_words_what_every_role_may_do(app: Flask, tenant: MadeTenant) -> None:
    make_role(app, tenant, "related:agreement:read")
    with acting(app, tenant), in_language("en"):
        shown = matrix("en")
    by_permission = {line.permission: line for section in shown.sections for line in section.lines}
    assert set(by_permission) == set(PERMISSIONS)
    place = {column.key: number for number, column in enumerate(shown.columns)}
    adviser = place["access.adviser"]
    assert by_permission["health:read"].cells[adviser] == "own"
    assert by_permission["person:read"].cells[adviser] == "own unit"
    assert by_permission["agreement:read"].cells[adviser] == "all"
    assert by_permission["people:read"].cells[adviser] == "yes"
    assert by_permission["tenant:manage"].cells[adviser] == ""
    assert by_permission["agreement:read"].cells[-1] == "own and related"
    told = dict(shown.of_role(adviser))
    assert ("Read about health and family", "own") in told["What is most sensitive"]
    assert "The organisation" not in told


def test_the_matrix_reads_without_colours_and_on_a_narrow_screen(
    tenant: MadeTenant, admin: FlaskClient
) -> None:
    page = roles_page(admin, tenant)
    table = page.root.first("table")
    rows = {row.first("th").text: row for row in table.all("tr") if list(row.all("td"))}
    assert [cell.text for cell in rows["Read about health and family"].all("td")][:3] == ["no", "no", "own"]
    one_by_one = [more.first("summary").text for more in page.root.first("main").all("details")]
    assert one_by_one == [column.text for column in list(table.all("th", scope="col"))[1:]]


@pytest.mark.parametrize("language", ["nb", "da", "en"])
def test_every_permission_has_a_sentence_and_a_field_of_its_own(language: str) -> None:
    sentences = {one.in_language(language) for one in PERMISSIONS.values()}
    assert len(sentences) == len(PERMISSIONS) == len({field_of(one) for one in PERMISSIONS})


def test_a_tenants_own_word_is_used_wherever_the_role_is_named(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    url = f"/t/{tenant.slug}/roles/words"
    assert "Rådgiver" in page_of(admin.get(url)).text
    assert admin.post(url, data={"access-adviser": "Saksbehandler"}).status_code == 303
    email = make_member(tenant, "access.adviser", "Berit Prøve")
    account = access.account_by_email(email)
    assert account is not None
    with acting(app, make_tenant("norway.municipality")), unit_of_work():
        access.add_member(account.id, "access.reader")
    berit = signed_in(app, email)
    people = f"/t/{tenant.slug}/people"
    for page in (admin.get(people), admin.get(f"{people}/invite"), admin.get(f"/t/{tenant.slug}/roles")):
        assert "Saksbehandler" in page_of(page).text
        assert "Adviser" not in page_of(page).root.first("main").text
    assert "Saksbehandler" in page_of(berit.get("/tenants")).text
    assert admin.post(url, data={"access-adviser": ""}).status_code == 303
    assert "Saksbehandler" not in page_of(admin.get(people)).text


def test_two_roles_do_not_get_the_same_word(tenant: MadeTenant, admin: FlaskClient) -> None:
    url = f"/t/{tenant.slug}/roles/words"
    assert page_of(admin.post(url, data={"access-adviser": "leder"}), 422).error("access-adviser")
    assert page_of(admin.post(url, data={"access-reader": "x" * 81}), 422).error("access-reader")


def test_only_who_manages_the_organisation_chooses_words(app: Flask, tenant: MadeTenant) -> None:
    leader = signed_in(app, make_member(tenant, "access.leader"))
    page_of(leader.get(f"/t/{tenant.slug}/roles/words"), 403)
    page_of(leader.post(f"/t/{tenant.slug}/roles/words", data={}), 403)
