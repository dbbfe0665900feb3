"""The promises of a period: for a calendar, and for the picture of a year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from core.access import service as access
from core.kernel.database import db
from core.obligations.finding import today
from core.obligations.models import Obligation
from core.obligations.states import EXPIRY, MEETINGS, Standing, standing_sql
from core.obligations.subjects import Selection, chosen, within

READ = "agreement:read"
MOST: Final = 1000
"""More in one period would be no picture and no calendar; the first ones are given."""


@dataclass(frozen=True)
class Dated:
    """One promise with its day; what was dropped or waived, or rests, is none."""

    id: UUID
    title: str
    subject_id: UUID
    subject_title: str
    called_by: str
    due_on: date
    made_at: datetime
    is_done: bool


@dataclass(frozen=True)
class Tally:
    """How the promises of a period were kept; meetings are counted by themselves unless they were waived."""

    held: int = 0
    missed: int = 0
    kept: int = 0
    late: int = 0
    waived: int = 0


def between(first: date, last: date, selection: Selection) -> list[Dated]:
    """Promises due from one day to another, both included, as far as the member may see, by one query."""
    access.require(READ)
    query = (
        select(Obligation)
        .where(
            Obligation.due_on.between(first, last),
            *_standing(),
            within(READ),
            chosen(selection),
        )
        .order_by(Obligation.due_on, Obligation.id)
        .limit(MOST)
    )
    return [_dated(row) for row in db.session.scalars(query)]


def tally(subject_id: UUID, first: date, last: date, *, without: UUID) -> Tally:
    """How the promises of one subject due in a period stand today, but for one, by one query."""
    access.require(READ)
    is_meeting, standing = Obligation.kind.in_(MEETINGS), standing_sql(today())
    query = (
        select(is_meeting, standing, func.count())
        .where(
            Obligation.subject_id == subject_id,
            Obligation.due_on.between(first, last),
            Obligation.id != without,
            Obligation.kind != EXPIRY,
            within(READ),
        )
        .group_by(is_meeting, standing)
    )
    found = {(bool(meeting), standing): count for meeting, standing, count in db.session.execute(query)}
    return Tally(
        held=found.get((True, Standing.DONE), 0),
        missed=found.get((True, Standing.MISSED), 0),
        kept=found.get((False, Standing.DONE), 0),
        late=found.get((False, Standing.LATE), 0),
        waived=sum(found.get((one, Standing.WAIVED), 0) for one in (True, False)),
    )


def subjects_with_promises(limit: int = 200) -> list[tuple[UUID, str]]:
    """What has promises that the member may see: id and title, by title."""
    access.require(READ)
    query = (
        select(Obligation.subject_id, Obligation.subject_title)
        .where(*_standing(), within(READ))
        .distinct()
        .order_by(Obligation.subject_title, Obligation.subject_id)
        .limit(limit)
    )
    return [(row.subject_id, row.subject_title) for row in db.session.execute(query)]


def _standing() -> tuple[ColumnElement[bool], ...]:
    dropped, waived, rests = Obligation.dropped_at, Obligation.waived_at, Obligation.rests_from
    return dropped.is_(None), waived.is_(None), or_(rests.is_(None), Obligation.done_at.is_not(None))


def _dated(row: Obligation) -> Dated:
    return Dated(
        row.id,
        row.title,
        row.subject_id,
        row.subject_title,
        row.called_by,
        row.due_on,
        row.made_at,
        row.done_at is not None,
    )
