"""The verbs of promises: made when an agreement is signed, listed when they are due, done or dropped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, case, func, select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.personal_texts import mentioning as texts_mentioning
from core.kernel.personal_texts import mentions, redact
from core.kernel.unit_of_work import unit_of_work
from core.obligations.cadence import add_months
from core.obligations.calendar import Calendar
from core.obligations.following import AGREEMENT, Followed, Terms, follow
from core.obligations.models import Obligation
from core.obligations.subjects import within
from core.obligations.terms import EXPIRY
from core.tenancy.service import current_tenant

READ, DO = "agreement:read", "obligation:do"
MONTHS_AHEAD = 12
PAGE = 25


@dataclass(frozen=True)
class Promise:
    """One promise as it is listed. `notice` says what to look out for; `is_late` by the tenant's date."""

    id: UUID
    kind: str
    title: str
    subject_id: UUID
    subject_title: str
    called_by: str
    agenda: tuple[str, ...]
    due_on: date
    is_late: bool
    is_done: bool
    notice: str = ""
    moved_from: date | None = None
    rests: bool = False


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
    kind = case(
        ((Obligation.kind == EXPIRY) & (Obligation.due_on <= today), "expiring"),
        (Obligation.due_on < today, "late"),
        else_="next",
    )
    place = func.row_number().over(partition_by=kind, order_by=(Obligation.due_on, Obligation.id))
    coming = _open(Obligation.due_on <= today + timedelta(days=within_days)).order_by(None)
    ranked = coming.with_only_columns(Obligation.id, place.label("place")).subquery()
    chosen = (
        select(Obligation)
        .join(ranked, ranked.c.id == Obligation.id)
        .where(ranked.c.place <= limit)
        .order_by(Obligation.due_on, Obligation.id)
    )
    found = _promises(chosen, 3 * limit)
    expiring = tuple(one for one in found if one.kind == EXPIRY and one.due_on <= today)
    return Overview(
        expiring=expiring,
        late=tuple(one for one in found if one.is_late and one not in expiring),
        next=tuple(one for one in found if not one.is_late and one not in expiring),
    )


def page(number: int) -> Page:
    """A page of what is late or due within twelve months; a number past the end gives the last page."""
    access.require(READ)
    query = _open(Obligation.due_on <= add_months(_today(), MONTHS_AHEAD))
    count = db.session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0
    pages = max(1, -(-count // PAGE))
    number = min(max(number, 1), pages)
    return Page(_promises(query.offset((number - 1) * PAGE), PAGE), number, pages, count)


def for_subject(subject_id: UUID) -> list[Promise]:
    """All promises of one agreement that stand, done ones included, by date."""
    access.require(READ)
    standing = _of(subject_id).where(Obligation.dropped_at.is_(None), within(READ))
    return _promises(standing.order_by(Obligation.due_on, Obligation.id), 500)


def mark_done(obligation_id: UUID) -> None:
    """Say that a promise was kept, once or twice.

    Raises NotFound, Refused when it belongs to others, or Conflict when it was dropped.
    """
    member = access.require(DO)
    with unit_of_work():
        row = _held(obligation_id)
        if row.dropped_at is not None:
            raise Conflict(
                "obligation.dropped",
                _("This deadline no longer applies, because its agreement has changed or ended."),
            )
        if row.done_at is None:
            row.done_at, row.done_by = clock.now(), member.account_id
            audit.record("obligation.done", "obligation", row.id, fields=["done_at"])


def _held(obligation_id: UUID) -> Obligation:
    query = select(Obligation).where(Obligation.id == obligation_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(locked.where(within(READ)))
    if row is None:
        raise NotFound("obligation.not_found", _("We cannot find this deadline."))
    if not access.reach(DO).is_everything and db.session.scalar(query.where(within(DO))) is None:
        raise Refused(
            "obligation.not_this_one",
            _("This deadline belongs to others. Ask the adviser of the agreement to mark it as done."),
        )
    return row


def drop_for(subject_id: UUID) -> int:
    """Let go of what is not done when an agreement ends, in the caller's unit of work; gives the count."""
    rows = list(db.session.scalars(_of(subject_id).where(*_is_open()).with_for_update()))
    for row in rows:
        row.dropped_at = clock.now()
    if rows:
        audit.record("obligations.dropped", AGREEMENT, subject_id, fields=["dropped_at"])
    return len(rows)


def mentioning(words: Collection[str]) -> list[tuple[UUID, UUID, dict[str, Any]]]:
    """Promises whose texts mention a person: id, subject and those texts by ``table.column``."""
    rows = db.session.scalars(select(Obligation).where(mentions(Obligation, words)))
    found = [(row.id, row.subject_id, texts_mentioning(row, words)) for row in rows]
    return [one for one in found if one[2]]


def redact_for(subject_id: UUID, words: Collection[str]) -> int:
    """Take a person's name out of the promises of one agreement, in the caller's unit of work."""
    return sum(redact(row, words) for row in db.session.scalars(_of(subject_id)))


def _today() -> date:
    return clock.today(current_tenant().timezone)


def _of(subject_id: UUID) -> Select[Obligation]:
    return select(Obligation).where(Obligation.subject_id == subject_id)


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return Obligation.done_at.is_(None), Obligation.dropped_at.is_(None)


def _open(*conditions: ColumnElement[bool]) -> Select[Obligation]:
    return (
        select(Obligation)
        .where(*_is_open(), Obligation.rests_from.is_(None), within(READ), *conditions)
        .order_by(Obligation.due_on, Obligation.id)
    )


def _promises(query: Select[Obligation], limit: int) -> list[Promise]:
    calendar, today = Calendar(current_tenant().country), _today()
    return [_promise(row, today, calendar) for row in db.session.scalars(query.limit(limit))]


def _promise(row: Obligation, today: date, calendar: Calendar) -> Promise:
    rests = row.done_at is None and row.rests_from is not None
    is_open = row.done_at is None and not rests
    return Promise(
        id=row.id,
        kind=row.kind,
        title=row.title,
        subject_id=row.subject_id,
        subject_title=row.subject_title,
        called_by=row.called_by,
        agenda=tuple(row.agenda),
        due_on=row.due_on,
        is_late=is_open and row.due_on < today,
        is_done=row.done_at is not None,
        notice=_notice(row.due_on, calendar) if is_open and row.due_on >= today else "",
        moved_from=row.moved_from,
        rests=rests,
    )


def _notice(day: date, calendar: Calendar) -> str:
    if calendar.is_day_off(day):
        return gettext("This is a day off. Agree on another day.")
    if calendar.is_unknown(day):
        return gettext("Public holidays could not be checked. See whether this is a working day.")
    return ""
