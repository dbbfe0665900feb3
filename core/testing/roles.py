"""Units and roles of a tenant for tests, made through the services."""

from itertools import count
from uuid import UUID

from flask import Flask

from core.access import appointments, own_roles
from core.access import service as access
from core.tenancy import units
from core.tenancy.kinds import unit_kinds
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member

_numbers = count(1)


def make_unit(app: Flask, tenant: MadeTenant, name: str = "") -> UUID:
    """A new unit of the first kind that the tenant may have."""
    with acting(app, tenant):
        return units.open_unit(unit_kinds()[0].key, name or f"Enhet {next(_numbers)}").id


def make_role(app: Flask, tenant: MadeTenant, *grants: str) -> str:
    """A role of the tenant's own that grants (``scope:resource:action``) and nothing else; gives its key."""
    with acting(app, tenant):
        return own_roles.make_role(f"Rolle {next(_numbers)}", grants).key


def make_member_with(
    app: Flask, tenant: MadeTenant, *grants: str, units: tuple[UUID, ...] = (), name: str = "Kari Prøve"
) -> str:
    """A member who has been granted just this, and works in these units; gives the e-mail address."""
    email = make_member(tenant, make_role(app, tenant, *grants), name)
    if units:
        put_in_units(app, tenant, email, *units)
    return email


def put_in_units(app: Flask, tenant: MadeTenant, email: str, *unit_ids: UUID) -> None:
    """Let a member work in exactly these units."""
    with acting(app, tenant, email):
        here = access.require_member()
    with acting(app, tenant):
        appointments.appoint(here.membership_id, here.roles, unit_ids, "For a test")
