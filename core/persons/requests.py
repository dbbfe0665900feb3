"""What people ask about their own data, and the list from which it is answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.persons.models import Person, Request

MANAGE: Final = "privacy:manage"
MOST_OPEN: Final = 10
SHOWN: Final = 200
_ASKED: Final = {"access": "person.asked_for_access", "correction": "person.asked_for_correction"}


@dataclass(frozen=True)
class Asked:
    """A request with whoever asked; ``answered_by`` is the name of a colleague."""

    id: UUID
    person_id: UUID
    name: str
    kind: str
    text: str
    asked_at: datetime
    answered_at: datetime | None
    answered_by: str


def ask(person: Person, kind: str, text: str) -> None:
    """Ask for access or correction, as the person who has come in. Raises Conflict when too many wait."""
    with unit_of_work():
        waiting = [one for one in of_person(person.id) if one.answered_at is None]
        if len(waiting) >= MOST_OPEN:
            raise Conflict(
                "request.too_many", _("You have asked for several things. Wait until they are answered.")
            )
        request = Request(id=new_id(), person_id=person.id, kind=kind, text=text or None)
        db.session.add(request)
        audit.record(_ASKED[kind], "person", person.id)


def of_person(person_id: UUID) -> list[Request]:
    """What one person has asked for, newest first."""
    query = select(Request).where(Request.person_id == person_id).order_by(Request.asked_at.desc()).limit(50)
    return list(db.session.scalars(query))


def listed() -> list[Asked]:
    """Everything that people asked for: what waits first, then the last answered."""
    access.require(MANAGE)
    query = (
        select(Request, Person.name)
        .join(Person, and_(Person.id == Request.person_id, Person.tenant_id == Request.tenant_id))
        .order_by(Request.answered_at.desc().nulls_first(), Request.asked_at)
        .limit(SHOWN)
    )
    rows = [(request, name) for request, name in db.session.execute(query)]
    names = access.names_of(request.answered_by for request, _name in rows if request.answered_by)
    return [_asked(request, name, names) for request, name in rows]


def _asked(request: Request, name: str, names: dict[UUID, str]) -> Asked:
    return Asked(
        id=request.id,
        person_id=request.person_id,
        name=name,
        kind=request.kind,
        text=request.text or "",
        asked_at=request.asked_at,
        answered_at=request.answered_at,
        answered_by=names.get(request.answered_by, "") if request.answered_by else "",
    )


def mark_answered(request_id: UUID) -> None:
    """Say that a request has been answered. Raises NotFound."""
    with unit_of_work():
        request = db.session.scalar(select(Request).where(Request.id == request_id).with_for_update())
        if request is None:
            raise NotFound("request.not_found", _("We cannot find this request."))
        member = access.require(MANAGE)
        if request.answered_at is None:
            request.answered_at, request.answered_by = clock.now(), member.account_id
            audit.record("person.request_answered", "person", request.person_id)
