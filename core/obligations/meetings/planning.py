"""Planning a meeting: day, hour, place, agenda, and who takes part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from core.access import service as access
from core.kernel import audit
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations.finding import DO, find_to_do, held_open
from core.obligations.meetings import invitations
from core.obligations.meetings.finding import meeting_of, participants_of, require_meeting
from core.obligations.meetings.people import Guest, guest_of, read_others
from core.obligations.models import Meeting, Obligation, Participant
from core.obligations.moving import move
from core.obligations.subjects import Contact, contacts_of

USUAL_START, USUAL_LENGTH = time(9), 60


@dataclass(frozen=True)
class Plan:
    """How a meeting is to be held. ``contacts`` are keys, ``others`` as somebody typed them."""

    on: date
    begins_at: time
    minutes_long: int
    place: str = ""
    called_by: str = ""
    agenda: str = ""
    contacts: Sequence[str] = ()
    others: str = ""


@dataclass(frozen=True)
class Proposal:
    """What the form begins with: what was planned, or what the agreement proposes."""

    row: Obligation
    meeting: Meeting | None
    contacts: list[Contact]
    people: list[Participant]
    chosen: tuple[str, ...]


def proposal(obligation_id: UUID) -> Proposal:
    """What the form begins with, for who may plan. Raises NotFound, Refused or Conflict."""
    row = find_to_do(obligation_id)
    require_meeting(row)
    meeting, contacts = meeting_of(row.id), contacts_of(row)
    people = participants_of([meeting.id]) if meeting else []
    known = {guest_of(one).identity for one in people}
    chosen = [one.key for one in contacts if meeting is None or guest_of(one).identity in known]
    return Proposal(row, meeting, contacts, people, tuple(chosen))


def plan(obligation_id: UUID, wanted: Plan) -> None:
    """Plan a meeting, or plan it anew; those who were invited are told of what concerns them.

    Raises NotFound, Refused, Conflict, or Invalid for people who cannot be read.
    """
    access.require(DO)
    with unit_of_work():
        row = held_open(obligation_id)
        require_meeting(row)
        guests = _guests(row, wanted)
        meeting = meeting_of(row.id) or _new(row)
        is_other = _take_over(meeting, wanted)
        if move(row, wanted.on, ""):
            is_other = True
        elif is_other:
            row.sequence += 1
        _sync(row, meeting, guests)
        db.session.flush()
        if is_other:
            invitations.tell_changed(row)
        audit.record("obligation.planned", "obligation", row.id, fields=["due_on", "participants"])


def _guests(row: Obligation, wanted: Plan) -> list[Guest]:
    ticked = [guest_of(one) for one in contacts_of(row) if one.key in wanted.contacts]
    by_identity = {one.identity: one for one in (*read_others(wanted.others), *ticked)}
    return list(by_identity.values())


def _new(row: Obligation) -> Meeting:
    meeting = Meeting(id=new_id(), obligation_id=row.id, begins_at=USUAL_START, minutes_long=USUAL_LENGTH)
    db.session.add(meeting)
    db.session.flush()
    return meeting


def _take_over(meeting: Meeting, wanted: Plan) -> bool:
    """Fill in what is wanted; whether anything is other than those who were invited have been told."""
    fields = ("begins_at", "minutes_long", "place", "called_by", "agenda")
    changed = [one for one in fields if getattr(meeting, one) != getattr(wanted, one)]
    for one in changed:
        setattr(meeting, one, getattr(wanted, one))
    return bool(changed)


def _sync(row: Obligation, meeting: Meeting, guests: Iterable[Guest]) -> None:
    wanted = {one.identity: one for one in guests}
    there = {guest_of(one).identity: one for one in participants_of([meeting.id])}
    gone = [one for identity, one in there.items() if identity not in wanted]
    invitations.take_back(row, meeting, gone)
    for one in gone:
        db.session.delete(one)
    add_guests(meeting, (one for identity, one in wanted.items() if identity not in there))


def add_guests(meeting: Meeting, guests: Iterable[Guest], *, attended: bool | None = None) -> None:
    """Put people on the list of a meeting, inside the caller's unit of work."""
    for one in guests:
        db.session.add(
            Participant(
                id=new_id(),
                meeting_id=meeting.id,
                name=one.name,
                role_title=one.role_title,
                email=one.email,
                attended=attended,
            )
        )
