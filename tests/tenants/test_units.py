"""Units of a tenant, and the places that it serves beside its own."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.kernel.scope import tenant_scope
from core.tenancy import served, units
from core.tenancy.kinds import unit_kinds
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.roles import make_member_with, make_unit

SERVICE = {"name": "Flyktningtjenesten", "kind": "norway.refugee_service"}


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


@pytest.fixture
def place(app: Flask, tenant: MadeTenant) -> str:
    with acting(app, tenant):
        kind = served.servable_kinds()[0]
        return f"{kind.key}/{kind.places[0].code}"


def test_a_unit_is_made_of_a_declared_kind_renamed_and_closed(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    url = f"/t/{tenant.slug}/units"
    assert "No units yet" in page_of(admin.get(url)).text
    made = admin.post(f"{url}/new", data=SERVICE)
    assert made.status_code == 303
    assert "Refugee service" in page_of(admin.get(url)).text
    assert admin.post(made.location, data={"name": "Integrering"}).status_code == 303
    assert page_of(admin.get(made.location)).heading == "Integrering"
    for _ in range(2):
        assert admin.post(f"{made.location}/close").status_code == 303
    assert "Closed" in page_of(admin.get(url)).text
    with tenant_scope(tenant.id):
        assert units.units() == []


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 121), ("kind", ""), ("kind", "norway.palace")]
)
def test_a_bad_unit_is_answered_beside_its_field(
    tenant: MadeTenant, admin: FlaskClient, field: str, value: str
) -> None:
    page = page_of(admin.post(f"/t/{tenant.slug}/units/new", data=SERVICE | {field: value}), 422)
    assert {name for name in SERVICE if page.error(name)} == {field}


def test_two_open_units_have_two_names(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    url = f"/t/{tenant.slug}/units/new"
    first = admin.post(url, data=SERVICE)
    same = SERVICE | {"name": "FLYKTNINGTJENESTEN"}
    assert "Choose another name" in page_of(admin.post(url, data=same), 422).error("name")
    assert admin.post(first.location, data={"name": SERVICE["name"]}).status_code == 303
    admin.post(f"{first.location}/close")
    assert admin.post(url, data=same).status_code == 303


def test_a_kind_of_another_country_is_not_on_offer(app: Flask, tenant: MadeTenant) -> None:
    with tenant_scope(tenant.id):
        assert {kind.key.partition(".")[0] for kind in unit_kinds()} == {"norway"}
    with tenant_scope(make_tenant("denmark.municipality").id):
        assert {kind.key.partition(".")[0] for kind in unit_kinds()} == {"denmark"}


def test_everybody_sees_units_and_only_some_change_them(app: Flask, tenant: MadeTenant) -> None:
    unit = make_unit(app, tenant, "Ungdom")
    make_member_with(app, tenant, "all:people:read", units=(unit,), name="Nils Prøve")
    reader = signed_in(app, make_member(tenant, "access.reader"))
    url = f"/t/{tenant.slug}/units"
    assert "Ungdom" in page_of(reader.get(url)).text
    page = page_of(reader.get(f"{url}/{unit}"))
    assert "Nils Prøve" in page.text
    assert not list(page.root.first("main").all("form"))
    for path in ("/new", f"/{unit}", f"/{unit}/close", "/places"):
        page_of(reader.post(f"{url}{path}", data=SERVICE), 403)


def test_a_unit_of_another_tenant_is_not_there(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    foreign = make_unit(app, make_tenant("norway.municipality"))
    url = f"/t/{tenant.slug}/units/{foreign}"
    page_of(admin.get(url), 404)
    page_of(admin.post(url, data={"name": "Vår"}), 404)
    page_of(admin.post(f"{url}/close"), 404)


def test_a_closed_unit_takes_nobody_new(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    unit = make_unit(app, tenant)
    admin.post(f"/t/{tenant.slug}/units/{unit}/close")
    with pytest.raises(Exception, match="unknown_unit"):
        make_member_with(app, tenant, "all:people:read", units=(unit,))


def test_a_tenant_serves_places_for_a_time_and_others_may_too(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, place: str
) -> None:
    other = make_tenant("norway.municipality")
    form = {"place": place, "served_from": "2026-01-01"}
    for serving, browser in ((tenant, admin), (other, signed_in(app, other.admin_email))):
        url = f"/t/{serving.slug}/units/places"
        assert browser.post(url, data=form).status_code == 303
        with tenant_scope(serving.id):
            (one,) = served.served_places()
        assert one.name in page_of(browser.get(url)).text
    with tenant_scope(tenant.id):
        (mine,) = served.served_places()
    end = f"/t/{tenant.slug}/units/places/{mine.id}/end"
    assert page_of(admin.post(end, data={"served_until": "2025-12-31"}), 422).error("served_until")
    assert admin.post(end, data={"served_until": "2026-03-01"}).status_code == 303
    page_of(admin.post(end, data={"served_until": "2026-04-01"}), 409)
    assert "Ended" in page_of(admin.get(f"/t/{tenant.slug}/units/places")).text


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2026-02-01", "", 422),
        ("2025-01-01", "2026-01-01", 422),
        ("2026-03-02", "", 303),
        ("2025-01-01", "", 422),
    ],
)
def test_a_place_is_not_served_twice_at_the_same_time(
    tenant: MadeTenant, admin: FlaskClient, place: str, first: str, last: str, status: int
) -> None:
    url = f"/t/{tenant.slug}/units/places"
    admin.post(url, data={"place": place, "served_from": "2026-01-01", "served_until": "2026-03-01"})
    answer = admin.post(url, data={"place": place, "served_from": first, "served_until": last})
    assert answer.status_code == status


def test_only_places_of_the_country_are_served(tenant: MadeTenant, admin: FlaskClient) -> None:
    form = {"place": "denmark.municipality/101", "served_from": "2026-01-01"}
    assert page_of(admin.post(f"/t/{tenant.slug}/units/places", data=form), 422).error("place")


def test_a_served_place_of_another_tenant_is_not_there(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, place: str
) -> None:
    other = make_tenant("norway.municipality")
    signed_in(app, other.admin_email).post(
        f"/t/{other.slug}/units/places", data={"place": place, "served_from": "2026-01-01"}
    )
    with tenant_scope(other.id):
        (foreign,) = served.served_places()
    url = f"/t/{tenant.slug}/units/places/{foreign.id}/end"
    page_of(admin.get(url), 404)
    page_of(admin.post(url, data={"served_until": "2026-02-01"}), 404)
