from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.obligations.cadence import (
    LONGEST_CLOSURE_DAYS,
    MOST_OCCURRENCES,
    HolidaysOfYear,
    Occurrence,
    add_months,
    next_working_day,
    occurrences,
)

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
steps = st.integers(min_value=1, max_value=36)
firsts = st.integers(min_value=0, max_value=36)
days_of_year = st.sets(st.integers(min_value=0, max_value=364), max_size=15)


def no_holidays(year: int) -> set[date]:
    return set()


def falling_on(offsets: set[int]) -> HolidaysOfYear:
    """The same days off, counted from 1 January, in every year."""
    return lambda year: {date(year, 1, 1) + timedelta(days=offset) for offset in offsets}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 17), 0, date(2026, 5, 17)),
    ],
)
def test_months_are_added_and_clamped_to_the_end_of_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(days, st.integers(min_value=0, max_value=600))
def test_adding_months_keeps_the_day_of_the_month_or_takes_the_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])
    assert month_number(later) - month_number(day) == months


def test_a_working_day_is_its_own_next_working_day() -> None:
    assert next_working_day(date(2026, 11, 20), no_holidays) == date(2026, 11, 20)


def test_a_weekend_moves_to_monday_and_past_a_holiday_there() -> None:
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
    assert next_working_day(saturday, no_holidays) == monday
    assert next_working_day(saturday, {2026: {monday}}.__getitem__) == date(2026, 11, 24)


def test_the_last_day_of_a_year_asks_for_the_holidays_of_the_next() -> None:
    closed = {2027: {date(2027, 12, 31)}, 2028: {date(2028, 1, 3)}}
    assert next_working_day(date(2027, 12, 31), closed.__getitem__) == date(2028, 1, 4)


def test_a_calendar_without_working_days_is_an_error_and_no_endless_search() -> None:
    def always_closed(year: int) -> set[date]:
        return {date(year, 1, 1) + timedelta(days=offset) for offset in range(365)}

    with pytest.raises(ValueError, match=f"no working day within {LONGEST_CLOSURE_DAYS} days of 2026-01-05"):
        next_working_day(date(2026, 1, 5), always_closed)


def test_half_yearly_meetings_of_a_two_year_agreement() -> None:
    assert occurrences(date(2026, 1, 31), 6, 6, date(2028, 1, 31), no_holidays) == (
        Occurrence(1, date(2026, 7, 31), date(2026, 7, 31)),
        Occurrence(2, date(2027, 1, 31), date(2027, 2, 1)),
        Occurrence(3, date(2027, 7, 31), date(2027, 8, 2)),
        Occurrence(4, date(2028, 1, 31), date(2028, 1, 31)),
    )


def test_days_do_not_drift_after_a_short_month() -> None:
    monthly = occurrences(date(2026, 1, 31), 1, 0, date(2026, 5, 31), no_holidays)
    assert [item.nominal.day for item in monthly] == [31, 28, 31, 30, 31]


def test_the_last_meeting_is_kept_when_the_agreement_ends_on_a_day_off() -> None:
    sunday = date(2027, 10, 31)
    assert occurrences(date(2026, 10, 31), 12, 12, sunday, no_holidays) == (
        Occurrence(1, sunday, date(2027, 11, 1)),
    )


def test_nothing_happens_after_the_end() -> None:
    assert occurrences(date(2026, 6, 15), 6, 6, date(2026, 12, 14), no_holidays) == ()
    assert occurrences(date(2026, 6, 15), 6, 0, date(2026, 6, 14), no_holidays) == ()
    assert occurrences(date(2026, 6, 15), 6, 0, date(2020, 1, 1), no_holidays) == ()


def test_an_agreement_without_end_is_bounded() -> None:
    assert len(occurrences(date(2026, 1, 1), 1, 1, date.max, no_holidays)) == MOST_OCCURRENCES


@pytest.mark.parametrize(("every", "first"), [(0, 0), (-6, 6), (6, -1)])
def test_a_cadence_that_does_not_move_forward_is_refused(every: int, first: int) -> None:
    with pytest.raises(ValueError, match="not a cadence"):
        occurrences(date(2026, 1, 1), every, first, date(2028, 1, 1), no_holidays)


@given(days, steps, firsts, st.integers(min_value=-400, max_value=9000), days_of_year)
def test_occurrences_are_in_order_evenly_spaced_and_within_the_agreement(
    anchor: date, every: int, first: int, length: int, closed: set[int]
) -> None:
    until = anchor + timedelta(days=length)
    found = occurrences(anchor, every, first, until, falling_on(closed))
    nominal_days = [item.nominal for item in found]
    months = [month_number(day) - month_number(anchor) for day in nominal_days]
    assert months == [first + every * step for step in range(len(found))]
    assert nominal_days == sorted(set(nominal_days))
    assert all(day <= until for day in nominal_days)
    assert [item.index for item in found] == list(range(1, len(found) + 1))
    assert len(found) == MOST_OCCURRENCES or add_months(anchor, first + every * len(found)) > until


@given(days, steps, firsts, st.integers(min_value=0, max_value=4000), days_of_year)
def test_each_is_due_on_the_first_working_day_from_its_nominal_day(
    anchor: date, every: int, first: int, length: int, closed: set[int]
) -> None:
    holidays = falling_on(closed)
    found = occurrences(anchor, every, first, anchor + timedelta(days=length), holidays)
    for item in found:
        waited = [item.nominal + timedelta(days=offset) for offset in range((item.due - item.nominal).days)]
        assert item.due >= item.nominal
        assert is_working_day(item.due, holidays)
        assert not any(is_working_day(day, holidays) for day in waited)
    assert [item.due for item in found] == sorted({item.due for item in found})


def is_working_day(day: date, holidays: HolidaysOfYear) -> bool:
    return day.isoweekday() <= 5 and day not in holidays(day.year)


def month_number(day: date) -> int:
    return day.year * 12 + day.month
