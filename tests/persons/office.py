"""A tenant with an adviser who is signed in, and what tests of people outside do again and again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access import service as access
from core.access.models import Membership, OwnRole
from core.kernel.audit import AuditEntry
from core.kernel.database import close_session, db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.persons import service
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, signed_in
from core.testing.letters import letters_to
from core.testing.pages import Page, page_of

NUMBER = "14858520089"
OTHER_NUMBER = "54858520072"


@dataclass(frozen=True)
class Office:
    """A tenant with an adviser who is signed in."""

    app: Flask
    tenant: MadeTenant
    email: str
    browser: FlaskClient

    def url(self, path: str = "") -> str:
        return f"/t/{self.tenant.slug}/persons{path}"

    def page(self, path: str = "", status: int = 200) -> Page:
        return page_of(self.browser.get(self.url(path)), status)

    @property
    def adviser_id(self) -> UUID:
        account = access.account_by_email(self.email)
        assert account is not None
        return account.id

    @contextmanager
    def inside(self, email: str = "") -> Iterator[None]:
        with acting(self.app, self.tenant, email or self.email):
            yield

    def registered(self, name: str = "Amira Øvelse", **values: Any) -> UUID:
        """Somebody whom the adviser works with."""
        adviser_id = self.adviser_id
        close_session()
        entry = {"kind": "persons.participant", "language": "nb", "adviser_id": adviser_id} | values
        with self.inside():
            return service.register(service.Entry(name=name, **entry))

    def member(self, *grants: str) -> FlaskClient:
        """A browser of somebody whose only role grants this."""
        email = make_member(self.tenant, "access.reader")
        self.regrant(email, *grants)
        return signed_in(self.app, email)

    def regrant(self, email: str, *grants: str) -> None:
        """Give a member a role of the tenant's own, and no other."""
        account = access.account_by_email(email)
        with tenant_scope(self.tenant.id), unit_of_work():
            key = f"own.{new_id().hex[-12:]}"
            db.session.add(OwnRole(id=new_id(), key=key, title="Egen", permissions=list(grants)))
            row = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
            row.roles = [key]

    def lines(self, person_id: UUID) -> list[tuple[str, str, list[str]]]:
        """What the audit says of a person: action, kind of actor, fields."""
        with tenant_scope(self.tenant.id):
            db.session.expire_all()
            query = (
                select(AuditEntry)
                .where(AuditEntry.subject_kind == "person", AuditEntry.subject_id == person_id)
                .order_by(AuditEntry.at, AuditEntry.id)
            )
            return [(one.action, one.actor_kind, one.fields) for one in db.session.scalars(query)]


def link_to(email: str) -> str:
    """The path of the newest personal link that was mailed to somebody."""
    return [one for one in letters_to(email) if one.links][-1].path


def code_to(email: str) -> str:
    """The newest code that was mailed to somebody."""
    return [found[0] for one in letters_to(email) if (found := re.search(r"\b\d{6}\b", one.body))][-1]
