"""What absence and leave add to a programme, and its new last day."""

from datetime import date
from fractions import Fraction
from typing import Any

from core.sdk.rules import (
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Context,
    Outcome,
    WorkingDays,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
)
from plugins.no_introduction.law.absence_days import (
    DAY,
    added_kinds,
    days_counted,
    last_day_of,
    working_days_of,
)
from plugins.norway.working_days import public_holidays


@rule("NO-ADD-01")
def sum_of_absence(ctx: Context) -> Outcome:
    """All working days over the whole programme; above the threshold they are added."""
    absences = added_kinds(ctx)
    whole = [day for day, hours in days_counted(ctx, absences).items() if hours is None]
    wrong = any(last_day_of(one) < one["first_day"] for one in absences)
    flags = ("DAYS_IN_WRONG_ORDER",) if wrong else ()
    total = len(whole) + ctx.value_of("NO-ADD-04")
    threshold = ctx.parameter("absence_threshold")
    if total > threshold:
        return met(total, flags=flags, days=total, threshold=threshold)
    return not_met(total, flags=flags, days=total, threshold=threshold)


@rule("NO-ADD-02")
def days_to_add(ctx: Context) -> Outcome:
    """All of the days, or those above the threshold, as the tenant has chosen."""
    total = ctx.value_of("NO-ADD-01")
    if ctx.rule("NO-ADD-01").status == NOT_MET:
        return not_met(0)
    above = total - ctx.parameter("absence_threshold")
    days = total if ctx.setting("ADD_MODE") == "ALL" else above
    return met(days, flags=("ADD_MODE_UNCLEAR",), days=days, other=by_the_other_reading(ctx))


def by_the_other_reading(ctx: Context) -> int:
    """The days that the other choice of the setting would add."""
    total: int = ctx.value_of("NO-ADD-01")
    above: int = total - ctx.parameter("absence_threshold")
    return above if ctx.setting("ADD_MODE") == "ALL" else total


@rule("NO-ADD-03")
def unauthorised_days(ctx: Context) -> Outcome:
    """The working days of unauthorised absence, which are never added."""
    absences = [one for one in ctx.fact("absences") if one["kind"] == "UNAUTHORISED"]
    days = len(days_counted(ctx, absences))
    return met(days, days=days) if days else not_met(days)


@rule("NO-ADD-04")
def days_from_hours(ctx: Context) -> Outcome:
    """Hours on days of which a part was missed, in whole days, rounded down; a day is never more than one."""
    counted = days_counted(ctx, added_kinds(ctx)).values()
    whole: Fraction = ctx.parameter("hours_of_a_day")
    hours = sum((min(one, whole) for one in counted if one is not None), Fraction(0))
    days = int(hours // whole)
    return met(days, flags=("PART_DAYS",), hours=hours, days=days) if hours else not_met(days)


@rule("NO-ADD-05")
def new_last_day(ctx: Context) -> Outcome:
    """As many working days later as are added."""
    old: date = ctx.fact("programme_last_day")
    added = ctx.value_of("NO-ADD-02")
    if not added:
        return not_met({"last_day": old, "other_last_day": None}, last_day=old)
    new, other = ctx.working_days.add(old, added), ctx.working_days.add(old, by_the_other_reading(ctx))
    value = {"last_day": new, "other_last_day": other}
    return met(value, flags=("COUNTED_IN_WORKING_DAYS",), new=new, days=added, other=other)


@rule("NO-ADD-06")
def no_extension(ctx: Context) -> Outcome:
    """Added days need no room below the longest duration."""
    return met() if ctx.value_of("NO-ADD-02") else not_applicable()


@rule("NO-ADD-07")
def absence_under_the_former_rule(ctx: Context) -> Outcome:
    """The working days before the rule, which are left as the municipality decided."""
    since = ctx.parameter("absence_counts_since")
    days = {
        day
        for one in added_kinds(ctx)
        for day in working_days_of(ctx, one["first_day"], min(since - DAY, last_day_of(one)))
    }
    value: dict[str, Any] = {"days": len(days), "since": since}
    return met(value, flags=("ABSENCE_BEFORE_2026",), **value) if days else not_met(value)


def conclude(ctx: Context) -> Outcome:
    """The days that count, those that are added, and the new last day."""
    ctx.rules("NO-ADD-03", "NO-ADD-04", "NO-ADD-06", "NO-ADD-07")
    counted, added, moved = ctx.rules("NO-ADD-01", "NO-ADD-02", "NO-ADD-05")
    if counted.status == NOT_APPLICABLE:
        return not_applicable()
    days = moved.value or {"last_day": None, "other_last_day": None}
    value: dict[str, Any] = {"counted_days": counted.value, "added_days": added.value, **days}
    unclear = [one for one in (counted, added, moved) if one.status == UNKNOWN]
    return (
        in_parts(value, unclear)
        if unclear
        else met(value, message="met" if added.value else "nothing", **value)
    )


RULE_SET = load_rule_set(
    __file__,
    rules=(
        sum_of_absence,
        days_to_add,
        unauthorised_days,
        days_from_hours,
        new_last_day,
        no_extension,
        absence_under_the_former_rule,
    ),
    conclude=conclude,
    working_days=WorkingDays(public_holidays, "norway"),
)
