"""The days of one absence, and whether they are within a limit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.sdk.rules import Context, Outcome, met, not_met
from plugins.no_introduction.law.absence_days import working_days_of


def first_and_last(ctx: Context) -> tuple[date, date]:
    """The first and the last day; a single day has no last day of its own."""
    first: date = ctx.fact("absence_first_day")
    return first, ctx.fact_or("absence_last_day", first)


def working_days(ctx: Context) -> int:
    """The working days of the absence."""
    return len(working_days_of(ctx, *first_and_last(ctx)))


def is_kind(ctx: Context, *kinds: str) -> bool:
    """Whether the absence is of one of these kinds."""
    return ctx.fact("absence_kind") in kinds


def over_new_year(ctx: Context) -> bool:
    """Whether the absence lies in two calendar years, so that two limits count."""
    first, last = first_and_last(ctx)
    return first.year != last.year


def within(ctx: Context, limit: int) -> Outcome:
    """Met when the days and those already used are within the limit; the value is the days with benefit."""
    days = working_days(ctx)
    left = max(0, limit - max(0, ctx.fact("absence_days_used")))
    shown: Mapping[str, Any] = {"days": days, "limit": limit, "left": left}
    return not_met(left, message="above", **shown) if days > left else met(days, message="within", **shown)
