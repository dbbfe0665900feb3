from datetime import date

import pytest

from plugins.norway.plugin import provide_holidays


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 17),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ],
)
def test_these_days_are_public_holidays(day: date) -> None:
    assert day in provide_holidays("NO", day.year)


@pytest.mark.parametrize(
    "day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 5, 18), date(2026, 11, 22)]
)
def test_these_days_are_not(day: date) -> None:
    assert day not in provide_holidays("NO", day.year)


def test_there_are_twelve_and_eleven_when_constitution_day_meets_whit_monday() -> None:
    assert len(provide_holidays("NO", 2026)) == 12
    assert len(provide_holidays("NO", 2027)) == 11


def test_other_countries_get_no_answer() -> None:
    assert provide_holidays("DK", 2026) == set()
    assert provide_holidays("", 2026) == set()


def test_a_caller_cannot_change_the_calendar() -> None:
    provide_holidays("NO", 2026).clear()
    assert date(2026, 5, 17) in provide_holidays("NO", 2026)
