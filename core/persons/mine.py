"""What somebody from outside sees of themselves: who keeps what and why, their matters, who has looked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.access import service as access
from core.access.service import Person as Colleague
from core.kernel import audit
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.persons import requests
from core.persons.models import Person, Request
from core.persons.service import masked
from core.persons.visits import Visitor
from core.persons.wordings import LOOKS, SAW_SENSITIVE, kind_titles
from core.plugin_host.declarations import Matter
from core.plugin_host.wording import Wording
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant
from core.web.languages import current_language

LOOKS_SHOWN: Final = 50
READ_OWN, READ_MATTERS = "person:read", "agreement:read"


@dataclass(frozen=True)
class Look:
    """One time a colleague looked: when, and what they did. Who it was is told on request."""

    at: datetime
    what: Wording


@dataclass(frozen=True)
class Mine:
    """The context of `persons/visit/mine.html`. ``unavailable`` tells that some matters could not be read."""

    tenant: str
    name: str
    kind: str
    email: str
    phone: str
    address: str
    born_on: date | None
    number: str
    adviser: Colleague | None
    may_read: bool
    matters: list[Matter] = field(default_factory=list)
    unavailable: bool = False
    looks: list[Look] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


def mine(visitor: Visitor) -> Mine:
    """What concerns the person who has come in; that it was shown is written down as theirs."""
    person = visitor.person
    matters, unavailable = _matters(visitor)
    shown = Mine(
        tenant=current_tenant().name,
        name=person.name,
        kind=kind_titles(current_language()).get(person.kind, ""),
        email=person.email,
        phone=person.phone,
        address=person.address,
        born_on=person.born_on,
        number=masked(person),
        adviser=_adviser(person),
        may_read=READ_OWN in visitor.permissions,
        matters=matters,
        unavailable=unavailable,
        looks=_looks(person.id),
        requests=requests.of_person(person.id),
    )
    audit.looked_at("person", person.id, fields=["own"])
    return shown


def _adviser(person: Person) -> Colleague | None:
    return access.people_of([person.adviser_id]).get(person.adviser_id) if person.adviser_id else None


def _matters(visitor: Visitor) -> tuple[list[Matter], bool]:
    email = visitor.person.email
    if not email or READ_MATTERS not in visitor.permissions:
        return [], False
    answers = host().collect("provide_matters", email=email)
    found = [matter for answer in answers if not answer.error for matter in answer.value]
    return sorted(found, key=lambda matter: matter.at, reverse=True), any(one.error for one in answers)


def _looks(person_id: UUID) -> list[Look]:
    """The last times a colleague looked or changed something, newest first."""
    query = (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.fields)
        .where(
            AuditEntry.subject_kind == "person",
            AuditEntry.subject_id == person_id,
            AuditEntry.actor_kind == "account",
            AuditEntry.action.in_(LOOKS),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(LOOKS_SHOWN)
    )
    return [Look(at, _what(action, fields)) for at, action, fields in db.session.execute(query)]


def _what(action: str, fields: list[str]) -> Wording:
    return SAW_SENSITIVE if action == "person.read" and "health" in fields else LOOKS[action]
