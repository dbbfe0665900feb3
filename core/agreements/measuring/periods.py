"""The periods that a goal is counted in, each of as many months, from the first day of the agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.obligations.cadence import add_months

MOST_PERIODS = 240
"""Twenty years of months; an agreement that has more is a mistake in its dates."""

SHORTEST_REST = 7
"""So many days at the end are no period of their own: an agreement of a year often ends on the same date."""


@dataclass(frozen=True, order=True)
class Period:
    """From one local date to another, both included."""

    first: date
    last: date

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.last < today

    def holds(self, day: date) -> bool:
        """Whether a date lies in it."""
        return self.first <= day <= self.last


def periods_of(starts_on: date | None, ends_on: date | None, months: int, until: date) -> tuple[Period, ...]:
    """The periods that have begun by a date, the first one first; the last one ends with the agreement.

    Raises ValueError when ``months`` is below one.
    """
    if months < 1:
        raise ValueError(f"a period of {months} months")
    if starts_on is None:
        return ()
    return tuple(_periods(starts_on, ends_on or date.max, months, until))


def _periods(starts_on: date, ends_on: date, months: int, until: date) -> Iterator[Period]:
    for number in range(MOST_PERIODS):
        first = add_months(starts_on, number * months)
        if first > min(until, ends_on):
            return
        last = add_months(starts_on, (number + 1) * months) - timedelta(days=1)
        if (ends_on - last).days <= SHORTEST_REST:
            yield Period(first, ends_on)
            return
        yield Period(first, last)
