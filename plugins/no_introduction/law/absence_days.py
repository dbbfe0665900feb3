"""The working days of a list of absences."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from core.sdk.rules import Context

DAY = timedelta(days=1)
NEVER_ADDED = ("HOLIDAY", "RELIGIOUS_DAY", "UNAUTHORISED")
Absences = Iterable[Mapping[str, Any]]


def last_day_of(absence: Mapping[str, Any]) -> date:
    """Its only day, when no last day is given."""
    last: date | None = absence["last_day"]
    return absence["first_day"] if last is None else last


def working_days_of(ctx: Context, first: date, last: date) -> list[date]:
    """The working days from one day to another, both counted."""
    days = (first + DAY * number for number in range((last - first).days + 1))
    working_days = ctx.working_days
    return [day for day in days if working_days.is_working_day(day)]


def days_counted(ctx: Context, absences: Absences) -> dict[date, Fraction | None]:
    """The working days on which the count runs, with their hours; None for a whole day."""
    found: dict[date, Fraction | None] = {}
    since = ctx.parameter("absence_counts_since")
    for one in absences:
        hours = one["hours"]
        for day in working_days_of(ctx, max(since, one["first_day"]), last_day_of(one)):
            before = found.get(day, Fraction(0))
            found[day] = None if hours is None or before is None else before + max(Fraction(0), hours)
    return found


def added_kinds(ctx: Context) -> list[Mapping[str, Any]]:
    """The absences that may be added: not holiday, religious days or unauthorised absence."""
    return [one for one in ctx.fact("absences") if one["kind"] not in NEVER_ADDED]
