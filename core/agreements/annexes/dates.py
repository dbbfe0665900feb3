"""The dates that the text of an agreement promises, as its annexes show them. Pure functions of the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.obligations.cadence import HolidaysOfYear, add_months, occurrences

ENDLESS_MONTHS = 24
"""How far the plan of an agreement without an end reaches."""


@dataclass(frozen=True)
class PromisedDate:
    """One thing on its day."""

    day: date
    title: str
    kind: str
    called_by: str


def promised_dates(
    content: Mapping[str, Any], starts_on: date, until: date, holidays: HolidaysOfYear
) -> list[PromisedDate]:
    """Every meeting, evaluation and report from the first day until another one, by date."""
    found = [
        PromisedDate(one.due, meeting["title"], meeting["kind"], meeting["called_by"])
        for meeting in meetings_of(content)
        for one in occurrences(
            starts_on, meeting["every_months"], meeting["first_after_months"], until, holidays
        )
    ]
    return sorted(found, key=lambda one: (one.day, one.title))


def meetings_of(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What returns, section by section."""
    for section in content["sections"]:
        yield from section["meetings"]


def end_of(content: Mapping[str, Any], starts_on: date) -> date:
    """The last day of the plan: that of the agreement, or some time ahead when it has none."""
    written = content["duration"]["ends_on"]
    return date.fromisoformat(written) if written else add_months(starts_on, ENDLESS_MONTHS)


def first_year_until(content: Mapping[str, Any], starts_on: date) -> date:
    """The day that ends the first twelve months, or the last day of a shorter agreement."""
    return min(end_of(content, starts_on), add_months(starts_on, 12))
