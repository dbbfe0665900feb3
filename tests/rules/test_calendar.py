"""Months, working days, age: at the ends of months and years."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import (
    WorkingDays,
    add_months,
    age_on,
    birthday,
    depends_on_29_february,
    last_day_of_period,
    whole_months_between,
)
from core.rules.money import rounded
from plugins.norway.working_days import public_holidays

DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
NORWEGIAN = WorkingDays(public_holidays, "norway")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(DAYS, st.integers(0, 240))
def test_the_most_months_that_fit_do_fit(start: date, months: int) -> None:
    end = add_months(start, months)
    assert whole_months_between(start, end) == months
    assert whole_months_between(start, end - timedelta(days=1)) in {months - 1, 0}


@pytest.mark.parametrize(
    ("start", "months", "full", "before"),
    [
        (date(2026, 2, 2), 12, date(2027, 2, 1), date(2027, 2, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28), date(2027, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 28), date(2029, 2, 27)),
        (date(2027, 3, 1), 12, date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_countries_count_the_end_of_a_month_differently(
    start: date, months: int, full: date, before: date
) -> None:
    assert last_day_of_period(start, months, "full_when_clamped") == full
    assert last_day_of_period(start, months, "always_the_day_before") == before


def test_another_way_of_counting_is_refused() -> None:
    with pytest.raises(ValueError, match="last_day must be one of full_when_clamped, always_the_day_before"):
        last_day_of_period(date(2026, 1, 1), 1, "somehow")


def test_who_was_born_on_a_leap_day_turns_eighteen_on_the_28th() -> None:
    born = date(2008, 2, 29)
    assert (age_on(date(2026, 2, 27), born), age_on(date(2026, 2, 28), born)) == (17, 18)
    assert depends_on_29_february(date(2026, 2, 28), born)
    assert not depends_on_29_february(date(2026, 3, 1), born)
    assert birthday(born, 20) == date(2028, 2, 29)


@given(DAYS, st.integers(0, 100))
def test_a_person_has_an_age_from_its_birthday_on(born: date, years: int) -> None:
    day = birthday(born, years)
    assert age_on(day, born) == years
    assert age_on(day - timedelta(days=1), born) == years - 1


def test_a_limit_that_ends_on_a_holiday_ends_on_the_next_working_day() -> None:
    assert NORWEGIAN.limit_in_weeks(date(2026, 12, 4), 3) == date(2026, 12, 28)
    assert NORWEGIAN.limit_in_weeks(date(2026, 12, 3), 3) == date(2026, 12, 24)


def test_easter_takes_five_working_days_out_of_two_weeks() -> None:
    assert NORWEGIAN.between(date(2026, 3, 30), date(2026, 4, 10)) == 7
    assert NORWEGIAN.add(date(2026, 4, 1), 1) == date(2026, 4, 7)
    assert NORWEGIAN.add(date(2026, 4, 2), 0) == date(2026, 4, 2)
    assert NORWEGIAN.before(date(2026, 4, 7)) == date(2026, 4, 1)


@given(DAYS.filter(lambda day: day < date(2099, 1, 1)), st.integers(1, 40))
def test_as_many_working_days_are_counted_as_were_added(day: date, number: int) -> None:
    end = NORWEGIAN.add(day, number)
    assert NORWEGIAN.is_working_day(end)
    assert NORWEGIAN.between(day + timedelta(days=1), end) == number


@pytest.mark.parametrize(
    ("amount", "rounding", "paid"),
    [
        ("22758.165", "half_up", "22758.17"),
        ("-0.005", "half_up", "-0.01"),
        ("1/3", "up", "0.34"),
        ("2/3", "down", "0.66"),
    ],
)
def test_an_amount_is_rounded_once_as_it_is_said(amount: str, rounding: str, paid: str) -> None:
    assert rounded(Fraction(amount), rounding) == Fraction(paid)


def test_another_step_and_an_unknown_rounding() -> None:
    assert rounded(Fraction(149), "half_up", Fraction(100)) == 100
    with pytest.raises(ValueError, match="rounding must be one of half_up, up, down, not banker"):
        rounded(Fraction(1), "banker")
