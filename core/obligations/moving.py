"""Another day for a promise: what was promised first stays visible."""

from datetime import date

from core.obligations.models import Obligation


def move(row: Obligation, day: date, reason: str) -> bool:
    """Give a promise another day, inside the caller's unit of work; whether it was another.

    The day that was promised first stands beside the new one until the promise is back on it.
    """
    if day == row.due_on:
        return False
    promised = row.moved_from or row.due_on
    row.moved_from = None if day == promised else promised
    row.moved_reason = reason if row.moved_from else ""
    row.due_on = day
    row.sequence += 1
    return True
