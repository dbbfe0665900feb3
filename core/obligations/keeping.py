"""Promises that another room keeps: by a report that is sent, a confirmed list, a task that is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, or_, select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.obligations.cadence import next_working_day
from core.obligations.calendar import Calendar
from core.obligations.finding import DO, READ, find, find_to_do, held, reaches
from core.obligations.finding import today as _today
from core.obligations.models import Obligation
from core.obligations.states import ACTION, Standing, is_open, standing_of
from core.obligations.subjects import within
from core.tenancy.service import current_tenant


@dataclass(frozen=True)
class Promised:
    """A promise as other rooms see it. ``participants`` are keys of contacts; empty for all of them."""

    id: UUID
    subject_id: UUID
    subject_title: str
    key: str
    index: int
    kind: str
    title: str
    due_on: date
    standing: Standing
    participants: tuple[str, ...]
    waived_reason: str
    may_do: bool = False


def to_read(obligation_id: UUID, kind: str) -> Promised:
    """A promise of a kind that the member may read. Raises NotFound, or Conflict for another kind."""
    access.require(READ)
    row = find(obligation_id)
    _refuse_other_kind(row, kind)
    return _promised(row, may_do=reaches(row.id))


def to_keep(obligation_id: UUID, kind: str) -> Promised:
    """The same, locked, for who may see to it. Raises NotFound, Refused, or Conflict when it fell away."""
    access.require(DO)
    row = held(obligation_id)
    _refuse_other_kind(row, kind)
    if row.waived_at is not None:
        raise Conflict(
            "obligation.waived", _("This deadline was waived. Reopen it before you mark it as done.")
        )
    return _promised(row, may_do=True)


def require_reach(promise: Promised) -> None:
    """Raise Refused when the member may not see to a promise."""
    find_to_do(promise.id)


def _refuse_other_kind(row: Obligation, kind: str) -> None:
    if row.kind != kind:
        raise Conflict("obligation.other_kind", _("This deadline is kept in another way."))


def keep(obligation_id: UUID, by: UUID | None = None) -> bool:
    """Mark a promise as done, in the caller's unit of work; False when there was nothing to do any more."""
    row = db.session.scalar(_locked().where(Obligation.id == obligation_id))
    if row is None or row.done_at or row.waived_at or row.dropped_at:
        return False
    row.done_at, row.done_by = clock.now(), by
    audit.record("obligation.done", "obligation", row.id, fields=["done_at"])
    return True


def day_before(promise: Promised) -> date | None:
    """The day of the promise before this one in its row, if any."""
    query = select(func.max(Obligation.due_on)).where(
        Obligation.subject_id == promise.subject_id,
        Obligation.key == promise.key,
        Obligation.index < promise.index,
    )
    return db.session.scalar(query)


def in_period(subject_id: UUID, first: date, last: date) -> list[Promised]:
    """What an agreement promised for the days of a period, and its actions that are still open by then."""
    access.require(READ)
    falls_in = Obligation.due_on.between(first, last)
    is_waiting = (Obligation.kind == ACTION) & is_open() & (Obligation.due_on > last)
    query = select(Obligation).where(
        Obligation.subject_id == subject_id,
        Obligation.dropped_at.is_(None),
        or_(falls_in, is_waiting),
        within(READ),
    )
    rows = db.session.scalars(query.order_by(Obligation.due_on, Obligation.id))
    return [_promised(row) for row in rows]


def open_until(kind: str, last: date, most: int) -> list[Promised]:
    """The open promises of a kind that are due by a day, for a job."""
    query = select(Obligation).where(Obligation.kind == kind, is_open(), Obligation.due_on <= last)
    rows = db.session.scalars(query.order_by(Obligation.due_on, Obligation.id).limit(most))
    return [_promised(row) for row in rows]


def next_of(subject_id: UUID, kind: str) -> Promised | None:
    """The first open promise of a kind of an agreement."""
    query = select(Obligation).where(Obligation.subject_id == subject_id, Obligation.kind == kind, is_open())
    row = db.session.scalar(query.order_by(Obligation.due_on, Obligation.id).limit(1))
    return _promised(row) if row else None


def open_among(ids: Iterable[UUID]) -> set[UUID]:
    """Those of the promises that somebody is still to keep, in one query."""
    return set(db.session.scalars(select(Obligation.id).where(Obligation.id.in_(list(ids)), is_open())))


def set_task(subject_id: UUID, subject_title: str, key: str, title: str, by: date) -> UUID:
    """Give whoever is responsible for an agreement a task, in the caller's unit of work.

    The same key gives the same task; one that was done before is open again.
    """
    query = _locked().where(Obligation.subject_id == subject_id, Obligation.key == key)
    row = db.session.scalar(query)
    day = next_working_day(by, Calendar(current_tenant().country).holidays)
    if row is not None and not row.done_at and not row.waived_at:
        return row.id
    if row is None:
        row = Obligation(
            id=new_id(),
            subject_kind="agreement",
            subject_id=subject_id,
            subject_title=subject_title,
            key=key,
            index=1,
            kind=ACTION,
            nominal_on=day,
        )
        db.session.add(row)
    row.title, row.due_on = title[:200], day
    row.done_at = row.done_by = row.waived_at = None
    row.waived_reason = ""
    audit.record("obligation.action_added", "obligation", row.id, fields=["due_on"])
    db.session.flush()
    return row.id


def _locked() -> Select[Obligation]:
    return select(Obligation).with_for_update().execution_options(populate_existing=True)


def _promised(row: Obligation, *, may_do: bool = False) -> Promised:
    return Promised(
        id=row.id,
        subject_id=row.subject_id,
        subject_title=row.subject_title,
        key=row.key,
        index=row.index,
        kind=row.kind,
        title=row.title,
        due_on=row.due_on,
        standing=standing_of(row, _today()),
        participants=tuple(row.participants),
        waived_reason=row.waived_reason,
        may_do=may_do,
    )
