"""What came of promises, counted for many agreements by one query. Whoever asks has seen to who may know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from core.kernel import clock
from core.kernel.database import db
from core.obligations.cadence import next_working_day
from core.obligations.calendar import Calendar
from core.obligations.models import Meeting, Obligation
from core.obligations.states import ACTION, EXPIRY, MEETINGS
from core.tenancy.service import current_tenant

LOOKS_BACK = timedelta(days=1)


@dataclass(frozen=True)
class Came:
    """What came of one promise that stands: ``kept_on`` is None while it is not kept.

    A meeting with a record was held on its planned day; what was only marked as done, on the day of the mark.
    ``closes`` is the last of the days that the promise looks back on: what is promised every six months
    belongs to the six months before it, wherever it was moved.
    """

    subject_id: UUID
    key: str
    kind: str
    closes: date
    due_on: date
    kept_on: date | None

    @property
    def meeting(self) -> str:
        """The key of the meeting in its agreement; empty for what is none."""
        return self.key.partition(".")[2] if self.key.startswith("meeting.") else ""

    @property
    def is_meeting(self) -> bool:
        """Whether it is kept by meeting."""
        return self.kind in MEETINGS

    @property
    def is_action(self) -> bool:
        """Whether a meeting decided on it."""
        return self.kind == ACTION

    def is_settled(self, today: date) -> bool:
        """Whether it was kept, or has not been and should have been by now."""
        return self.kept_on is not None or self.due_on < today


def what_came(subject_ids: Collection[UUID], first: date, last: date) -> list[Came]:
    """Promises that close from one day to another; those that were waived, dropped or rest are left out."""
    query = (
        select(
            Obligation.subject_id,
            Obligation.key,
            Obligation.kind,
            Obligation.nominal_on,
            Obligation.due_on,
            Obligation.done_at,
            Meeting.held_at,
        )
        .outerjoin(
            Meeting,
            and_(Meeting.obligation_id == Obligation.id, Meeting.tenant_id == Obligation.tenant_id),
        )
        .where(
            Obligation.subject_id.in_(list(subject_ids)),
            Obligation.nominal_on.between(first + LOOKS_BACK, last + LOOKS_BACK),
            Obligation.kind != EXPIRY,
            Obligation.dropped_at.is_(None),
            Obligation.waived_at.is_(None),
            or_(Obligation.done_at.is_not(None), Obligation.rests_from.is_(None)),
        )
        .order_by(Obligation.due_on, Obligation.id)
    )
    zone = current_tenant().timezone
    return [
        Came(row.subject_id, row.key, row.kind, row.nominal_on - LOOKS_BACK, row.due_on, _kept_on(row, zone))
        for row in db.session.execute(query)
    ]


def _kept_on(row: Any, zone: str) -> date | None:
    if row.done_at is None:
        return None
    marked = clock.local(row.done_at, zone).date()
    return min(row.due_on, marked) if row.held_at is not None else marked


def in_time(came: Came, calendar: Calendar, *, grace_days: int = 0) -> bool:
    """Whether a promise was kept by its day, or by the first working day that many days later."""
    if came.kept_on is None:
        return False
    if not grace_days or came.kept_on <= came.due_on:
        return came.kept_on <= came.due_on
    return came.kept_on <= next_working_day(came.due_on + timedelta(days=grace_days), calendar.holidays)


def calendar_here() -> Calendar:
    """The working days of the tenant in scope."""
    return Calendar(current_tenant().country)
