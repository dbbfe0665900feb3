"""The verbs of promises: made when an agreement is signed, listed when they are due, done or dropped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, func, select, union_all

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work
from core.obligations.cadence import add_months
from core.obligations.calendar import Calendar
from core.obligations.finding import DO, READ, held
from core.obligations.finding import today as _today
from core.obligations.following import AGREEMENT, Followed, Terms, drop, follow
from core.obligations.models import Obligation
from core.obligations.states import (
    EXPIRY,
    MEETINGS,
    OPEN,
    Standing,
    is_open,
    is_unsettled,
    standing_of,
    standing_sql,
)
from core.obligations.subjects import within
from core.tenancy.service import current_tenant

MONTHS_AHEAD = 12
PAGE = 25


@dataclass(frozen=True)
class Promise:
    """One promise as it is listed. `notice` says what to look out for; `standing` is by the tenant's date.

    `moved_from` is the day that was promised, while another one holds.
    """

    id: UUID
    kind: str
    title: str
    subject_id: UUID
    subject_title: str
    called_by: str
    agenda: tuple[str, ...]
    due_on: date
    standing: Standing
    notice: str = ""
    moved_from: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether it should have been done before today."""
        return self.standing in {Standing.LATE, Standing.MISSED}

    @property
    def is_done(self) -> bool:
        """Whether it was kept."""
        return self.standing is Standing.DONE

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to keep it."""
        return self.standing in OPEN


@dataclass(frozen=True)
class Page:
    """One page of the list of promises; `pages` is at least one."""

    promises: list[Promise]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class Overview:
    """What is on a home page: agreements about to end, other promises that are late, and the next ones."""

    expiring: tuple[Promise, ...]
    late: tuple[Promise, ...]
    next: tuple[Promise, ...]


@dataclass(frozen=True)
class Kept:
    """How many of the meetings of an agreement that have been due were held, and how many missed."""

    held: int
    missed: int

    @property
    def due(self) -> int:
        """How many meetings have been due; those that were waived are not counted."""
        return self.held + self.missed


def make_for_agreement(
    agreement_id: UUID, content: Mapping[str, Any], starts_on: date, ends_on: date | None
) -> Followed:
    """Make the promises of a signed agreement, inside the caller's unit of work.

    Dates come from the content's meetings and its duration; an agreement without an end gets those of its
    first two years. Promises that are there already stay as they are, so a second call adds nothing.
    Where public holidays are unknown, only weekends move a date.
    """
    made = follow(agreement_id, None, Terms(content, starts_on, ends_on))
    audit.record(
        "obligations.made", AGREEMENT, agreement_id, reason="" if made.checked else "public holidays unknown"
    )
    return made


def due(limit: int, *, within_days: int = 60) -> list[Promise]:
    """What is due from today and within some days, the first date first."""
    access.require(READ)
    today = _today()
    query = _open(Obligation.due_on >= today, Obligation.due_on <= today + timedelta(days=within_days))
    return _promises(query, limit)


def late(limit: int) -> list[Promise]:
    """What should have been done before today, the oldest first."""
    access.require(READ)
    return _promises(_open(Obligation.due_on < _today()), limit)


def overview(limit: int, *, within_days: int = 60) -> Overview:
    """What is late, what is about to end and what comes next, at most `limit` of each, by one query."""
    access.require(READ)
    today = _today()
    is_expiring = (Obligation.kind == EXPIRY) & (Obligation.due_on <= today)
    until = today + timedelta(days=within_days)
    parts = (
        _open(is_expiring),
        _open(~is_expiring, Obligation.due_on < today),
        _open(~is_expiring, Obligation.due_on >= today, Obligation.due_on <= until),
    )
    # Each part by its own limit: the index of days gives it, however much is late.
    firsts = (one.with_only_columns(Obligation.id).limit(limit).subquery() for one in parts)
    ids = union_all(*(select(one.c.id) for one in firsts)).subquery()
    chosen = (
        select(Obligation).join(ids, ids.c.id == Obligation.id).order_by(Obligation.due_on, Obligation.id)
    )
    found = _promises(chosen, 3 * limit)
    expiring = tuple(one for one in found if one.kind == EXPIRY and one.due_on <= today)
    return Overview(
        expiring=expiring,
        late=tuple(one for one in found if one.is_late and one not in expiring),
        next=tuple(one for one in found if not one.is_late and one not in expiring),
    )


def page(number: int, *chosen: ColumnElement[bool]) -> Page:
    """A page of what is late or due within twelve months; a number past the end gives the last page."""
    access.require(READ)
    query = _coming(chosen)
    count = db.session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0
    pages = max(1, -(-count // PAGE))
    number = min(max(number, 1), pages)
    return Page(_promises(query.offset((number - 1) * PAGE), PAGE), number, pages, count)


def every(*chosen: ColumnElement[bool], most: int) -> list[Promise]:
    """All of what the pages show, the first date first."""
    access.require(READ)
    return _promises(_coming(chosen), most)


def _coming(chosen: Collection[ColumnElement[bool]]) -> Select[Obligation]:
    return _open(Obligation.due_on <= add_months(_today(), MONTHS_AHEAD), *chosen)


def for_subject(subject_id: UUID) -> list[Promise]:
    """All promises of one agreement that stand, done ones included, by date."""
    access.require(READ)
    standing = _of(subject_id).where(Obligation.dropped_at.is_(None), within(READ))
    return _promises(standing.order_by(Obligation.due_on, Obligation.id), 500)


def kept_meetings(subject_id: UUID) -> Kept:
    """How many meetings of an agreement were held and how many missed, by one query."""
    access.require(READ)
    standing = standing_sql(_today())
    query = (
        select(standing, func.count())
        .where(Obligation.subject_id == subject_id, Obligation.kind.in_(MEETINGS), within(READ))
        .group_by(standing)
    )
    counts: dict[str, int] = dict(iter(db.session.execute(query)))
    return Kept(counts.get(Standing.DONE, 0), counts.get(Standing.MISSED, 0))


def mark_done(obligation_id: UUID) -> None:
    """Say that a promise was kept, once or twice.

    Raises NotFound, Refused when it belongs to others, or Conflict when it was dropped or waived.
    """
    member = access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        if row.waived_at is not None:
            raise Conflict(
                "obligation.waived", _("This deadline was waived. Reopen it before you mark it as done.")
            )
        if row.done_at is None:
            row.done_at, row.done_by = clock.now(), member.account_id
            audit.record("obligation.done", "obligation", row.id, fields=["done_at"])


def drop_for(subject_id: UUID) -> int:
    """Let go of what is not done when an agreement ends, in the caller's unit of work; gives the count."""
    rows = list(db.session.scalars(_of(subject_id).where(is_unsettled()).with_for_update()))
    for row in rows:
        drop(row)
    if rows:
        audit.record("obligations.dropped", AGREEMENT, subject_id, fields=["dropped_at"])
    return len(rows)


def _of(subject_id: UUID) -> Select[Obligation]:
    return select(Obligation).where(Obligation.subject_id == subject_id)


def _open(*conditions: ColumnElement[bool]) -> Select[Obligation]:
    return (
        select(Obligation)
        .where(is_open(), within(READ), *conditions)
        .order_by(Obligation.due_on, Obligation.id)
    )


def _promises(query: Select[Obligation], limit: int) -> list[Promise]:
    calendar, today = Calendar(current_tenant().country), _today()
    return [_promise(row, today, calendar) for row in db.session.scalars(query.limit(limit))]


def _promise(row: Obligation, today: date, calendar: Calendar) -> Promise:
    standing = standing_of(row, today)
    return Promise(
        id=row.id,
        kind=row.kind,
        title=row.title,
        subject_id=row.subject_id,
        subject_title=row.subject_title,
        called_by=row.called_by,
        agenda=tuple(row.agenda),
        due_on=row.due_on,
        standing=standing,
        notice=_notice(row.due_on, calendar) if standing is Standing.PLANNED else "",
        moved_from=row.moved_from,
    )


def _notice(day: date, calendar: Calendar) -> str:
    if calendar.is_day_off(day):
        return gettext("This is a day off. Agree on another day.")
    if calendar.is_unknown(day):
        return gettext("Public holidays could not be checked. See whether this is a working day.")
    return ""
