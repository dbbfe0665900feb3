"""Calendar arithmetic of laws: months, working days, time limits and age."""

from calendar import isleap, monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5
FULL_CLAMPED, ALWAYS_BEFORE = "full_when_clamped", "always_the_day_before"
LAST_DAYS = (FULL_CLAMPED, ALWAYS_BEFORE)


def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later, or the last day of a month that lacks it."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_period(start: date, months: int, last_day: str = FULL_CLAMPED) -> date:
    """The last day of a period of ``months`` months that begins on ``start``.

    ``last_day`` tells what happens when the month of the end lacks the day number: ``full_when_clamped``
    takes the last day of that month (31 August and 6 months: 28 February), ``always_the_day_before`` the day
    before it (27 February). In all other cases both give the day before the same day number.
    """
    if last_day not in LAST_DAYS:
        raise ValueError(f"last_day must be one of {', '.join(LAST_DAYS)}, not {last_day}")
    end = add_months(start, months)
    clamped = end.day != start.day
    return end if clamped and last_day == FULL_CLAMPED else end - DAY


def whole_months_between(start: date, end: date) -> int:
    """The largest number of months that can be added to ``start`` without passing ``end``; from 0."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months if add_months(start, months) <= end else months - 1)


def birthday_in(year: int, born: date) -> date:
    """The birthday in a year; for who was born on 29 February it is the 28th in a common year."""
    return (
        date(year, 2, 28)
        if (born.month, born.day) == (2, 29) and not isleap(year)
        else born.replace(year=year)
    )


def age_on(day: date, born: date) -> int:
    """Age in whole years on a day."""
    return day.year - born.year - (day < birthday_in(day.year, born))


def birthday(born: date, years: int) -> date:
    """The day on which somebody turns ``years``."""
    return birthday_in(born.year + years, born)


def depends_on_29_february(day: date, born: date) -> bool:
    """Whether the age on a day would be another if the birthday of 29 February were counted as 1 March."""
    return (born.month, born.day) == (2, 29) and not isleap(day.year) and (day.month, day.day) == (2, 28)


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday except holidays. ``holidays`` gives those of a year, ``source`` tells whose."""

    holidays: Callable[[int], Collection[date]]
    source: str = ""

    def is_working_day(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() < SATURDAY and day not in self.holidays(day.year)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the next one."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def before(self, day: date) -> date:
        """The last working day before a day."""
        day -= DAY
        while not self.is_working_day(day):
            day -= DAY
        return day

    def add(self, day: date, number: int) -> date:
        """The ``number``-th working day after a day; the day itself for 0."""
        for _ in range(number):
            day = self.on_or_after(day + DAY)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days there are from ``first`` to ``last``, both counted."""
        days = (first + DAY * index for index in range((last - first).days + 1))
        return sum(map(self.is_working_day, days))

    def limit_in_weeks(self, from_day: date, weeks: int) -> date:
        """The last day of a time limit: the same weekday ``weeks`` later, or the next working day."""
        return self.on_or_after(from_day + timedelta(weeks=weeks))
