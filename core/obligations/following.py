"""Promises follow the terms of their agreement: made, moved, resting, dropped; what is done stays done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, func, or_, select

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.obligations.cadence import add_months
from core.obligations.calendar import Calendar
from core.obligations.meetings import invitations
from core.obligations.models import Obligation
from core.obligations.moving import move
from core.obligations.terms import Amended, Name, Pause, Terms, Wanted, wanted
from core.tenancy.service import current_tenant

__all__ = ["Amended", "Followed", "Pause", "Terms", "asked_for", "counted", "follow", "kept_since", "rename"]

AGREEMENT = "agreement"
MONTHS_OF_OPEN_END = 24
_NOTHING: dict[Name, Wanted] = {}


@dataclass(frozen=True)
class Followed:
    """How many promises were made, moved and dropped, and whether their working days could be checked."""

    made: int
    moved: int
    dropped: int
    checked: bool


def follow(agreement_id: UUID, before: Terms | None, after: Terms, *, title: str = "") -> Followed:
    """Bring the promises of an agreement from its terms `before` to `after`, in the caller's unit of work.

    Only what the change of terms changes is touched: a day that people have agreed on otherwise stays, and
    so does what is done. A promise keeps its identity when it moves. The same call twice is as good as once.
    An agreement without an end has the dates of the next two years. `title` names it where it is new.
    """
    calendar = Calendar(current_tenant().country)
    old = asked_for(before, calendar) if before else _NOTHING
    new = asked_for(after, calendar)
    query = select(Obligation).where(Obligation.subject_id == agreement_id).with_for_update()
    rows = {(row.key, row.index): row for row in db.session.scalars(query)}
    made = [_made(agreement_id, one, title or after.newest["title"]) for one in _missing(new, rows)]
    db.session.add_all(made)
    fallen = [row for name, row in rows.items() if name in old and name not in new and _is_unsettled(row)]
    for row in fallen:
        drop(row)
        audit.record("obligation.fell_away", "obligation", row.id, fields=["dropped_at"])
    changed = [name for name in new if name in rows and _is_changed(rows[name], old.get(name), new[name])]
    moved = [_move(rows[name], new[name], old.get(name)) for name in changed if before]
    return Followed(len(made), sum(moved), len(fallen), not calendar.unknown)


def asked_for(terms: Terms, calendar: Calendar | None = None) -> dict[Name, Wanted]:
    """The promises that terms ask for today, by key and number."""
    return wanted(terms, _until(terms), calendar or Calendar(current_tenant().country))


def _until(terms: Terms) -> date:
    today = clock.today(current_tenant().timezone)
    return terms.ends_on or add_months(max(terms.starts_on, today), MONTHS_OF_OPEN_END)


def _missing(new: dict[Name, Wanted], rows: dict[Name, Obligation]) -> list[Wanted]:
    return [one for name, one in new.items() if name not in rows]


def _is_unsettled(row: Obligation) -> bool:
    return row.done_at is None and row.waived_at is None and row.dropped_at is None


def _is_changed(row: Obligation, old: Wanted | None, new: Wanted) -> bool:
    stands = row.done_at is None and row.waived_at is None
    return stands and old != new and (row.dropped_at is None or old is None)


def drop(row: Obligation) -> None:
    """Let go of a promise, inside the caller's unit of work; whoever was asked to its meeting is told."""
    invitations.call_off(row)
    row.dropped_at = clock.now()
    row.sequence += 1


def _move(row: Obligation, new: Wanted, old: Wanted | None) -> bool:
    """Give a promise the day of the new terms; one that had fallen away stands again."""
    stands_again = old is None and row.dropped_at is not None
    if stands_again:
        row.dropped_at = None
    if new.rests_from is not None and row.rests_from is None:
        invitations.call_off(row)
    row.rests_from, row.title, row.called_by = new.rests_from, new.title, new.called_by
    row.agenda, row.participants = new.agenda, new.participants
    has_another_day = stands_again or (old is not None and old.due_on != new.due_on)
    if not has_another_day:
        return False
    row.nominal_on = new.nominal_on
    is_by_hand = old is not None and row.due_on != old.due_on
    if is_by_hand or not move(row, new.due_on, ""):
        return False
    audit.record("obligation.moved", "obligation", row.id, fields=["due_on"])
    invitations.tell_changed(row)
    return True


def _made(agreement_id: UUID, one: Wanted, title: str) -> Obligation:
    return Obligation(
        id=new_id(),
        subject_kind=AGREEMENT,
        subject_id=agreement_id,
        subject_title=title,
        key=one.key,
        index=one.index,
        kind=one.kind,
        title=one.title,
        called_by=one.called_by,
        agenda=one.agenda,
        participants=one.participants,
        nominal_on=one.nominal_on,
        due_on=one.due_on,
        rests_from=one.rests_from,
    )


def counted(agreement_id: UUID, day: date) -> dict[str, int]:
    """For each key of an agreement's promises the last number whose day has come or that is settled."""
    used = or_(
        Obligation.nominal_on <= day, Obligation.done_at.is_not(None), Obligation.waived_at.is_not(None)
    )
    query = select(Obligation.key, func.max(Obligation.index)).where(
        Obligation.subject_id == agreement_id, used
    )
    return dict(iter(db.session.execute(query.group_by(Obligation.key))))


def rename(agreement_id: UUID, title: str) -> None:
    """Let the promises of an agreement stand under its new title, inside the caller's unit of work."""
    query = select(Obligation).where(Obligation.subject_id == agreement_id, Obligation.subject_title != title)
    for row in db.session.scalars(query):
        row.subject_title = title


def kept_since(instant: datetime, subject_id: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """Whether a promise of a subject was kept at or after an instant; for conditions of other rooms."""
    kept = select(Obligation.id).where(Obligation.subject_id == subject_id, Obligation.done_at >= instant)
    return kept.exists()
