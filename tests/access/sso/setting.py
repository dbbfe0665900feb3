"""A tenant with a provider, and the way there and back as a browser walks it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.access.models import Account, Membership, Passkey
from core.access.sso.models import BreakGlass, FederatedIdentity, IdentityProvider
from core.kernel import clock
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy
from core.testing.factories import MadeTenant
from tests.access.sso.provider import CLIENT, CODE, SECRET, FakeProvider

ADVISER, READER, ADMINISTRATOR = "access.adviser", "access.reader", "access.administrator"


def offer(tenant: MadeTenant, provider: FakeProvider, *, enforced: bool = False, **settings: Any) -> None:
    """Let a tenant use a provider, as if an administrator had set it up."""
    said: dict[str, Any] = {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "button_text": "Sign in with your work account",
        "scopes": "openid email profile",
        "subject_claim": "sub",
        "email_claim": "email",
        "name_claim": "name",
        "roles_claim": "groups",
        "role_map": [["Advisers", ADVISER], ["Admins", ADMINISTRATOR], ["Readers", READER]],
        "default_role": "",
        "levels": "",
        "offered_from": clock.now(),
        "tried_at": clock.now(),
        "set_by": tenant.admin_id,
    }
    with tenant_scope(tenant.id), unit_of_work():
        row = IdentityProvider(**said | {"enforced_from": clock.now() if enforced else None} | settings)
        db.session.add(row)
        tenancy.set_single_sign_on("enforced" if enforced else "offered" if row.offered_from else "")


def may_break_glass(tenant: MadeTenant) -> None:
    """Name the first administrator."""
    with tenant_scope(tenant.id), unit_of_work():
        membership = db.session.scalars(
            select(Membership.id).where(Membership.account_id == tenant.admin_id)
        ).one()
        db.session.add(BreakGlass(membership_id=membership, named_by=tenant.admin_id))


def give_passkey(tenant: MadeTenant) -> None:
    """Let the first administrator have a second factor."""
    with platform_scope("a passkey for a test"), unit_of_work():
        key = Passkey(account_id=tenant.admin_id, name="Key", credential_id=tenant.id.bytes, sign_count=0)
        key.public_key = b"key"
        db.session.add(key)


@dataclass(frozen=True)
class Left:
    """Somebody on their way to the provider."""

    address: str
    asked: dict[str, str]

    @property
    def state(self) -> str:
        return self.asked["state"]


def leave(client: FlaskClient, tenant: MadeTenant, query: str = "") -> Left:
    """Follow the button."""
    answer = client.get(f"/t/{tenant.slug}/sso{query}")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}
    return Left(answer.location.partition("?")[0], asked)


def back(client: FlaskClient, tenant: MadeTenant, state: str, **more: str) -> TestResponse:
    """Come back from the provider."""
    query = {"code": CODE, "state": state} | more
    return client.get(f"/t/{tenant.slug}/sso/callback", query_string=query)


def walk(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider, query: str = "", **claims: Any
) -> TestResponse:
    """There and back: the provider says these claims."""
    left = leave(client, tenant, query)
    provider.speak_of(left.asked["nonce"], **claims)
    return back(client, tenant, left.state)


def roles_of(tenant: MadeTenant, email: str) -> list[str] | None:
    """The roles of a member; None for somebody who is none."""
    with tenant_scope(tenant.id):
        query = (
            select(Membership.roles)
            .join(Account, Account.id == Membership.account_id)
            .where(Account.email == email, Membership.ended_at.is_(None))
        )
        return db.session.scalar(query)


def identities(tenant: MadeTenant) -> list[FederatedIdentity]:
    with tenant_scope(tenant.id):
        return list(db.session.scalars(select(FederatedIdentity)))


def written(tenant: MadeTenant) -> list[str]:
    """What the tenant's audit says was done, oldest first."""
    with tenant_scope(tenant.id):
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.at, AuditEntry.id)))
