"""A role is for the kinds of tenants that it names; elsewhere it is not on offer and allows nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from core.access import invitations
from core.access.models import Membership
from core.access.roles import all_roles, roles_in_force
from core.access.service import current_member
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.kinds import all_kinds
from core.testing.drafts import acting
from core.testing.factories import make_member, make_tenant, signed_in

REGIONS = {"norway": "norway.county", "denmark": "denmark.region"}
LOCAL = {"norway": "norway.municipality", "denmark": "denmark.municipality"}


def offered(kind: str) -> set[str]:
    with tenant_scope(make_tenant(kind).id):
        return {role.key for role in roles_in_force()}


@pytest.mark.parametrize("country", ["norway", "denmark"])
def test_a_coordinator_is_named_in_a_region_and_nowhere_else(app: Flask, country: str) -> None:
    coordinator = f"{country}.regional_coordinator"
    assert coordinator in offered(REGIONS[country])
    assert coordinator not in offered(LOCAL[country])


@pytest.mark.parametrize("country", ["norway", "denmark"])
def test_who_follows_up_participants_has_no_place_in_a_region(app: Flask, country: str) -> None:
    plugin_roles = {key for key in offered(REGIONS[country]) if key.startswith(f"{country}.")}
    assert plugin_roles == {f"{country}.regional_coordinator", f"{country}.approver"}


def test_a_role_names_kinds_that_there_are(app: Flask) -> None:
    kinds = {kind.key for kind in all_kinds()}
    assert {kind for role in all_roles() for kind in role.tenant_kinds} <= kinds


def test_a_coordinator_reads_in_the_own_tenant_only(app: Flask) -> None:
    county, municipality = make_tenant("norway.county"), make_tenant("norway.municipality")
    coordinator = make_member(county, "norway.regional_coordinator")
    browser = signed_in(app, coordinator)
    assert browser.get(f"/t/{county.slug}/agreements").status_code == 200
    assert browser.get(f"/t/{county.slug}/people").status_code == 200
    assert browser.get(f"/t/{county.slug}/settings").status_code == 403
    assert browser.get(f"/t/{municipality.slug}/agreements").status_code == 404


def test_a_role_for_another_kind_allows_nothing(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    email = make_member(tenant, "norway.market_officer")
    with tenant_scope(tenant.id), unit_of_work():
        held = select(Membership).where(Membership.account_id != tenant.admin_id)
        db.session.scalars(held).one().roles = ["norway.regional_coordinator"]
    with acting(app, tenant, email):
        member = current_member()
        assert member is not None
        assert member.permissions == frozenset()


def test_an_invitation_offers_only_roles_of_the_kind(app: Flask) -> None:
    tenant = make_tenant("norway.county")
    with acting(app, tenant):
        keys = {role.key for role in invitations.grantable_roles()}
    assert "norway.regional_coordinator" in keys
    assert "norway.teacher" not in keys
