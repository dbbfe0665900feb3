"""Which people a member may see: whose they are, and which unit they belong to."""

from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, false, or_, select, true

from core.access import service as access
from core.access.scopes import Extent, Reach
from core.kernel.database import db
from core.kernel.errors import NotFound, Refused
from core.persons.models import Person

READ: Final = "person:read"
WRITE: Final = "person:write"
ADMIT: Final = "person:admit"
SHIELDED: Final = "shielded:read"


def reach_of(person: Person) -> Reach:
    """Whom a person's row concerns."""
    return Reach(own=_only(person.adviser_id), unit_id=person.unit_id)


def _only(account_id: UUID | None) -> frozenset[UUID]:
    return frozenset() if account_id is None else frozenset({account_id})


def reached(extent: Extent) -> ColumnElement[bool]:
    """The rows that a permission reaches, as a condition."""
    if extent.is_everything:
        return true()
    if not extent.scope:
        return false()
    own = Person.adviser_id.in_(extent.account_ids)
    return or_(own, Person.unit_id.in_(extent.unit_ids)) if extent.with_units else own


def find(person_id: UUID, permission: str = READ, *, lock: bool = False) -> Person:
    """A person whom the signed-in member may see, and to whom a permission reaches.

    Raises NotFound for somebody of whom the member may not know, else Refused.
    """
    query = select(Person).where(Person.id == person_id)
    person = db.session.scalar(query.with_for_update() if lock else query)
    if person is None:
        raise not_found()
    access.require(READ, of=reach_of(person))
    if permission != READ:
        require_for(permission, person)
    return person


def find_open(person_id: UUID, permission: str, *, lock: bool = False) -> Person:
    """The same for a verb that shows or uses the address: with a shielded person it takes one more."""
    person = find(person_id, permission, lock=lock)
    if person.shield:
        require_for(SHIELDED, person)
    return person


def require_for(permission: str, person: Person) -> None:
    """Raise Refused unless a permission reaches a person whom the member may see."""
    access.require(permission)
    if not may(permission, person):
        raise Refused(
            "person.not_this_one",
            _("You may see this person, but others work with them. Ask them, or an administrator."),
        )


def may(permission: str, person: Person) -> bool:
    """Whether a permission reaches a person."""
    return access.decide(permission, of=reach_of(person)).allowed


def not_found() -> NotFound:
    """What is said of somebody who is not there, or of whom one may not know."""
    return NotFound("person.not_found", _("We cannot find this person."))
