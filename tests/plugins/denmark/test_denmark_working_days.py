from datetime import date

import pytest

from plugins.denmark.plugin import provide_holidays


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ],
)
def test_these_days_are_public_holidays(day: date) -> None:
    assert day in provide_holidays("DK", day.year)


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31)])
def test_these_days_are_not(day: date) -> None:
    assert day not in provide_holidays("DK", day.year)


def test_great_prayer_day_was_abolished_from_2024() -> None:
    assert date(2023, 5, 5) in provide_holidays("DK", 2023)
    assert date(2024, 4, 26) not in provide_holidays("DK", 2024)
    assert len(provide_holidays("DK", 2023)) == 11
    assert len(provide_holidays("DK", 2024)) == 10


def test_other_countries_get_no_answer() -> None:
    assert provide_holidays("NO", 2026) == set()


def test_a_caller_cannot_change_the_calendar() -> None:
    provide_holidays("DK", 2026).clear()
    assert date(2026, 12, 25) in provide_holidays("DK", 2026)
