"""Tenants and people for tests, made through the services."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from core.access import service as access
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy
from core.tenancy.kinds import all_kinds, kind_of

PASSWORD = "gule fjell synger stille"  # noqa: S105  for tests
_numbers = count(1)


@dataclass(frozen=True)
class MadeTenant:
    """A tenant of a test with its first administrator."""

    id: UUID
    slug: str
    admin_id: UUID
    admin_email: str


def make_tenant(kind: str | None = None, *, place: int | None = None, confirmed: bool = True) -> MadeTenant:
    """A new tenant; each call takes the next free place of the kind's list."""
    chosen = kind_of(kind) if kind else all_kinds()[0]
    if chosen is None:
        raise LookupError(f"no kind {kind}")
    number = next(_numbers)
    official = chosen.places[(place if place is not None else number) % len(chosen.places)]
    district = f"Bydel {number}" if chosen.district else ""
    email = f"admin{number}@example.org"
    new = tenancy.NewTenant(chosen.key, official.code, district, "312345676")
    tenant_id, account_id = access.sign_up(
        new, email=email, name=f"Admin {number}", password=PASSWORD, confirmed=True
    )
    slug = tenancy.by_ids([tenant_id])[tenant_id].slug
    if confirmed:
        tenancy.confirm(slug)
    return MadeTenant(tenant_id, slug, account_id, email)


def make_member(tenant: MadeTenant, role: str, name: str = "Kari Prøve") -> str:
    """A confirmed account with a role in a tenant; gives its e-mail address."""
    email = f"person{next(_numbers)}@example.org"
    with platform_scope("a person for a test"), unit_of_work():
        account = access.new_account(email, name, PASSWORD, confirmed=True)
        access.db.session.flush()
        account_id = account.id
    with tenant_scope(tenant.id), unit_of_work():
        access.add_member(account_id, role)
    return email


def signed_in(app: Flask, email: str) -> FlaskClient:
    """A client that has signed in with the password of all test accounts."""
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    if answer.status_code != 302:  # noqa: PLR2004
        raise AssertionError(f"{email} could not sign in: {answer.status_code}")
    return client
