"""Finding people: the list, the exact number, and the separate list of those with a protected address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, select

from core.access import service as access
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Invalid
from core.kernel.scope import current_tenant_id
from core.kernel.secrets import blind_indexes
from core.kernel.unit_of_work import unit_of_work
from core.persons.models import NATIONAL_ID, Person
from core.persons.reaching import READ, SHIELDED, may, reached
from core.persons.service import has_number
from core.tenancy.service import current_tenant

PAGE_LENGTH: Final = 25


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: UUID
    name: str
    kind: str
    email: str
    shield: str
    adviser: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Found:
    """One page of the list."""

    rows: list[Row]
    total: int
    page: int
    pages: int


def search(*, words: str = "", ended: bool = False, page: int = 1) -> Found:
    """People whom the member may see, by name; nobody with a protected address is among them or counted."""
    access.require(READ)
    chosen = [reached(access.reach(READ)), Person.shield == "", _is_ended(ended=ended)]
    if words:
        chosen.append(
            Person.name.icontains(words, autoescape=True) | Person.email.icontains(words, autoescape=True)
        )
    found = _page_of(chosen, page)
    audit.looked_at("tenant", current_tenant().id, fields=["person.name", "person.email"])
    return found


def shielded(page: int = 1) -> Found:
    """People with a protected address, for those who may; each who is shown is written down."""
    access.require(READ)
    access.require(SHIELDED)
    chosen = [reached(access.reach(READ)), reached(access.reach(SHIELDED)), Person.shield != ""]
    found = _page_of(chosen, page)
    with unit_of_work():
        for row in found.rows:
            audit.record("person.read", "person", row.id, fields=["name", "email", "shield"])
    return found


def find_by_number(number: str) -> UUID:
    """The person with an exact number, given in its compact form; that it was found is written down.

    Raises Invalid, with the same words when there is nobody and when the member may not see who it is.
    """
    access.require(READ)
    found = has_number(blind_indexes(NATIONAL_ID, number, current_tenant_id()))
    person = db.session.get(Person, (current_tenant_id(), found)) if found else None
    if person is None or not may(READ, person):
        nobody = _("You work with nobody who has this number.")
        raise Invalid("person.no_such_number", nobody, {"national_id": nobody})
    with unit_of_work():
        audit.record("person.found_by_number", "person", person.id, fields=["national_id"])
    return person.id


def _is_ended(*, ended: bool) -> ColumnElement[bool]:
    return Person.ended_at.is_not(None) if ended else Person.ended_at.is_(None)


def _page_of(chosen: list[ColumnElement[bool]], page: int) -> Found:
    total = db.session.scalar(select(func.count(Person.id)).where(*chosen)) or 0
    pages = max(1, -(-total // PAGE_LENGTH))
    page = min(max(1, page), pages)
    query = (
        select(
            Person.id,
            Person.name,
            Person.kind,
            Person.email,
            Person.shield,
            Person.adviser_id,
            Person.ended_at,
        )
        .where(*chosen)
        .order_by(Person.sort_key, Person.id)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    )
    rows = list(db.session.execute(query))
    names = access.names_of(row.adviser_id for row in rows if row.adviser_id)
    made = [
        Row(one.id, one.name, one.kind, one.email, one.shield, names.get(one.adviser_id, ""), one.ended_at)
        for one in rows
    ]
    return Found(made, total, page, pages)
