"""Things that return: the days they fall on, the working days they are due. Pure functions of local dates."""

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

MOST_OCCURRENCES = 240
"""Twenty years of monthly meetings; an agreement that promises more is a mistake in its dates."""

LONGEST_CLOSURE_DAYS = 31
"""No country closes longer. More days off in a row is a mistake in the calendar."""

FRIDAY = 5
"""The last working day of a week, by ISO number."""

HolidaysOfYear = Callable[[int], Collection[date]]
"""The public holidays of a calendar year, weekends aside."""


@dataclass(frozen=True)
class Occurrence:
    """One time that something returns.

    ``index`` counts from 1, ``nominal`` is the day by the cadence,
    ``due`` the first working day from then on.
    """

    index: int
    nominal: date
    due: date


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last day of the month where that day does not exist.

    Count each step from the first day, never from the step before it, or the 31st drifts to the 28th.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_working_day(day: date, holidays: HolidaysOfYear) -> date:
    """``day`` itself or the first day after it that is neither Saturday, Sunday nor a public holiday.

    Raises ``ValueError`` when ``holidays`` leaves no working day within a month.
    """
    for later in range(LONGEST_CLOSURE_DAYS + 1):
        candidate = day + timedelta(days=later)
        if candidate.isoweekday() <= FRIDAY and candidate not in holidays(candidate.year):
            return candidate
    raise ValueError(f"no working day within {LONGEST_CLOSURE_DAYS} days of {day.isoformat()}")


def occurrences(
    anchor: date, every_months: int, first_after_months: int, until: date, holidays: HolidaysOfYear
) -> tuple[Occurrence, ...]:
    """All times from ``anchor`` plus ``first_after_months`` to ``until``, that day included, in order.

    No nominal day lies after ``until``. A last one that falls on a day off is due on the working day after,
    which may be a few days past ``until``: a promise is not lost because an agreement ends on a Sunday.
    At most ``MOST_OCCURRENCES`` are given. Raises ``ValueError`` when ``every_months`` is below one or
    ``first_after_months`` below zero.
    """
    if every_months < 1 or first_after_months < 0:
        raise ValueError(f"every {every_months} months, first after {first_after_months}: not a cadence")
    steps = range(first_after_months, _months_between(anchor, until) + 1, every_months)[:MOST_OCCURRENCES]
    nominal_days = [day for day in (add_months(anchor, months) for months in steps) if day <= until]
    return tuple(
        Occurrence(index, nominal, next_working_day(nominal, holidays))
        for index, nominal in enumerate(nominal_days, start=1)
    )


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
