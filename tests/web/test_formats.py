"""Dates, numbers and money are written as people write them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from core.web import formats

DAY = date(2026, 12, 31)
INSTANT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
HARD_SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(params=["nb", "da", "en"])
def language(request: pytest.FixtureRequest, make_app: Callable[..., Flask]) -> Iterator[str]:
    with make_app().test_request_context(headers={"Accept-Language": request.param}):
        yield request.param


def test_a_date(language: str) -> None:
    long = {"nb": "31. desember 2026", "da": "31. december 2026", "en": "31 December 2026"}
    short = {"nb": "31.12.2026", "da": "31.12.2026", "en": "31/12/2026"}
    assert formats.written_date(DAY) == long[language]
    assert formats.written_date(DAY, "short") == short[language]


def test_an_instant_is_shown_on_the_clock_of_the_tenant(language: str) -> None:
    shown = {
        "nb": "1. januar 2027 kl. 00:30",
        "da": "1. januar 2027 kl. 00:30",
        "en": "1 January 2027 at 00:30",
    }
    assert formats.written_datetime(INSTANT) == shown[language]
    assert formats.written_date(INSTANT, "short").replace("/", ".") == "01.01.2027"


def test_numbers(language: str) -> None:
    shown = {"nb": f"1{HARD_SPACE}234,5", "da": "1.234,5", "en": "1,234.5"}
    assert formats.written_number(Decimal("1234.5")) == shown[language]
    assert formats.written_number(2, decimals=2) in {"2,00", "2.00"}
    assert formats.written_percent(70).replace(HARD_SPACE, "") == "70%"


def test_money(language: str) -> None:
    assert "1" in formats.written_money(Decimal(1500), "NOK")


def test_nothing_is_shown_for_nothing(language: str) -> None:
    written = (
        formats.written_date,
        formats.written_datetime,
        formats.written_number,
        formats.written_percent,
    )
    assert [write(None) for write in written] == [""] * 4
    assert formats.written_money(None, "DKK") == ""


def test_a_naive_instant_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="aware"):
        formats.written_datetime(datetime(2026, 1, 1, 12))  # noqa: DTZ001  that is the point
