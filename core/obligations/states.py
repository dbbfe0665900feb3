"""How a promise stands, derived from its dates: the function, and the expression for lists."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case

from core.obligations.models import Obligation

MEETINGS = ("meeting", "evaluation")
"""The kinds of promise that are kept by meeting."""

EXPIRY, ACTION = "expiry", "action"
REPORT, CONTACT_LIST = "report", "contact_list"
"""The kinds that are kept by sending a report, and by confirming who the contacts are."""


class Standing(StrEnum):
    """A meeting that nobody has held is missed; whatever else is not done in time is late.

    A promise rests while its agreement is paused and nobody knows until when.
    """

    PLANNED = "planned"
    LATE = "late"
    MISSED = "missed"
    DONE = "done"
    RESTING = "resting"
    WAIVED = "waived"
    DROPPED = "dropped"


OPEN = frozenset({Standing.PLANNED, Standing.LATE, Standing.MISSED})


def standing_of(row: Obligation, today: date) -> Standing:
    """How a promise stands on a local date."""
    if row.dropped_at is not None:
        return Standing.DROPPED
    if row.waived_at is not None:
        return Standing.WAIVED
    if row.done_at is not None:
        return Standing.DONE
    if row.rests_from is not None:
        return Standing.RESTING
    if row.due_on >= today:
        return Standing.PLANNED
    return Standing.MISSED if row.kind in MEETINGS else Standing.LATE


def standing_sql(today: date) -> ColumnElement[str]:
    """The same in SQL."""
    return case(
        (Obligation.dropped_at.is_not(None), Standing.DROPPED.value),
        (Obligation.waived_at.is_not(None), Standing.WAIVED.value),
        (Obligation.done_at.is_not(None), Standing.DONE.value),
        (Obligation.rests_from.is_not(None), Standing.RESTING.value),
        (Obligation.due_on >= today, Standing.PLANNED.value),
        (Obligation.kind.in_(MEETINGS), Standing.MISSED.value),
        else_=Standing.LATE.value,
    )


def is_open() -> ColumnElement[bool]:
    """The condition on promises that somebody is still to keep now."""
    return and_(is_unsettled(), Obligation.rests_from.is_(None))


def is_unsettled() -> ColumnElement[bool]:
    """The condition on promises that are open or rest: neither done nor waived nor dropped."""
    return and_(Obligation.done_at.is_(None), Obligation.waived_at.is_(None), Obligation.dropped_at.is_(None))
