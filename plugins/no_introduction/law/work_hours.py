"""From when a programme must hold work-oriented hours, how many, and what the average is."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from core.sdk.rules import (
    MET,
    UNKNOWN,
    Context,
    Outcome,
    WorkingDays,
    all_of,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rounded,
    rule,
    unknown,
    unknown_with,
)
from plugins.no_introduction.law.calendar import NORWEGIAN, months_after, programme_days
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_the_act, outside_the_chapter

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
HUNDREDTH = Fraction(1, 100)


@rule("NO-WRK-01")
def aims_at_work(ctx: Context) -> Outcome:
    """The requirement is for programmes that qualify for work."""
    return outside_the_act(ctx) or (met() if ctx.fact("goal") == "WORK" else not_met())


@rule("NO-WRK-02")
def threshold(ctx: Context) -> Outcome:
    """Some months after the start, fewer for those with upper secondary education."""
    if not ctx.value_of("NO-WRK-01"):
        return not_applicable(message="other_goal")
    level, start = ctx.facts("edu_level", "programme_start")
    soon = level == "VGS_PLUS"
    months = ctx.parameter("months_until_hours_vgs_plus") if soon else ctx.parameter("months_until_hours")
    day = months_after(ctx, start, months)
    return met(day, day=day, months=months, start=start, hours=ctx.parameter("work_hours_per_week"))


@rule("NO-WRK-03")
def what_counts(ctx: Context) -> Outcome:
    """The hours that count, and what is left out."""
    outside = outside_the_act(ctx)
    if outside:
        return outside
    counted, done = ctx.parameter("counted_kinds"), ctx.fact("work_done")
    hours = sum((one["hours"] for one in done if one["kind"] in counted), Fraction(0))
    left_out = sorted({one["kind"] for one in done if one["kind"] not in counted})
    return not_met(hours, hours=hours, kinds=left_out) if left_out else met(hours, hours=hours)


@rule("NO-WRK-04")
def average(ctx: Context) -> Outcome:
    """Hours that count, for each week of programme since they are required."""
    required_from, today = day_required(ctx), ctx.as_of
    if today < required_from:
        return not_applicable(message="not_yet", day=required_from)
    done, off = ctx.facts("work_done", "days_off")
    first = start_of_window(ctx, required_from, today)
    weeks = programme_weeks(ctx, off, first, today)
    if not weeks:
        return not_applicable(message="no_days", first=first, last=today)
    counted = ctx.parameter("counted_kinds")
    rows, calendar = [one for one in done if one["kind"] in counted], programme_days(ctx)
    found = sum((share(calendar, one, first, today) * one["hours"] for one in rows), Fraction(0)) / weeks
    least = ctx.parameter("work_hours_per_week")
    return (met if found >= least else not_met)(
        found, flags=("AVERAGING_WINDOW",), average=shown(found), least=least, first=first, last=today
    )


def day_required(ctx: Context) -> date:
    """The threshold, or a later day for programmes that were running."""
    reached: date = ctx.value_of("NO-WRK-02")
    running = ctx.rule("NO-WRK-05")
    return running.value or reached


def start_of_window(ctx: Context, required_from: date, today: date) -> date:
    """The first day of the average: since the hours are required, or the last weeks of that time."""
    weeks = ctx.setting("WORK_HOURS_WEEKS")
    return max(required_from, today - WEEK * weeks + DAY) if weeks > 0 else required_from


def programme_weeks(ctx: Context, off: Iterable[Mapping[str, Any]], first: date, last: date) -> Fraction:
    """Working days without holiday and valid absence, in weeks."""
    free = {day for one in off for day in days(max(one["first_day"], first), min(one["last_day"], last))}
    calendar = programme_days(ctx)
    working = [day for day in days(first, last) if calendar.is_working_day(day) and day not in free]
    return Fraction(len(working), ctx.parameter("working_days_per_week"))


def days(first: date, last: date) -> list[date]:
    """Each day from the first to the last."""
    return [first + DAY * index for index in range((last - first).days + 1)]


def share(working_days: WorkingDays, row: Mapping[str, Any], first: date, last: date) -> Fraction:
    """Which part of a period lies in a window, by working days, or by all days where it has none."""
    whole = working_days.between(row["first_day"], row["last_day"])
    begin, end = max(row["first_day"], first), min(row["last_day"], last)
    if whole > 0:
        return Fraction(working_days.between(begin, end), whole)
    length = len(days(row["first_day"], row["last_day"]))
    return Fraction(len(days(begin, end)), length) if length else Fraction(0)


def shown(hours: Fraction) -> Fraction:
    """Two decimals, never more than it is: what is too little must not look like enough."""
    return rounded(hours, "down", HUNDREDTH)


@rule("NO-WRK-05")
def running_programmes(ctx: Context) -> Outcome:
    """No rule of transition was found: from the first day of the requirement."""
    reached, start = ctx.value_of("NO-WRK-02"), ctx.fact("programme_start")
    first = ctx.parameter("work_hours_from")
    if start >= first:
        return not_applicable(message="started_later")
    day = max(reached, first)
    return met(day, flags=("NO_TRANSITION_RULE",), first=first, day=day)


@rule("NO-WRK-06")
def threshold_under_the_chapter_before_2026(ctx: Context) -> Outcome:
    """Under collective protection, whatever the education."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    goal, start = ctx.facts("goal", "programme_start")
    if goal != "WORK":
        return not_applicable(message="other_goal")
    if start < ctx.parameter("collective_hours_for_starts_from"):
        return not_applicable(message="started_earlier")
    months = ctx.parameter("collective_months_until_hours")
    day = months_after(ctx, start, months)
    return met(day, day=day, months=months, start=start, hours=collective_hours(ctx))


def collective_hours(ctx: Context) -> Fraction:
    """The usual hours, or fewer as the municipality has set them in a small part-time programme."""
    usual: Fraction = ctx.parameter("collective_work_hours")
    chosen = ctx.fact_or("hours_set_by_municipality")
    if chosen is None or ctx.fact("programme_percent") > ctx.parameter("collective_part_time_percent"):
        return usual
    return min(usual, max(chosen, ctx.parameter("collective_work_hours_least")))


@rule("NO-WRK-07")
def no_minimum_under_the_chapter(ctx: Context) -> Outcome:
    """Under collective protection, for earlier starts."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    start, first = ctx.fact("programme_start"), ctx.parameter("collective_hours_for_starts_from")
    return met(start=start) if start < first else not_applicable(message="started_later")


def conclude(ctx: Context) -> Outcome:
    """From when, how many, and the averages as far as they are known."""
    found = ctx.applicable("NO-WRK-02", "NO-WRK-06", "NO-WRK-07")
    if not found or UNKNOWN in {one.status for one in found}:
        return unknown_with(found) if found else not_applicable(message="no_minimum")
    if found[0].rule_id == "NO-WRK-07":
        return not_applicable(message="no_minimum")
    if found[0].rule_id == "NO-WRK-06":
        day, least = found[0].value, collective_hours(ctx)
        return met(answer(day, least), day=day, least=least)
    return concluded_from_2026(ctx)


def concluded_from_2026(ctx: Context) -> Outcome:
    """With the average until today and that of the plan, when they are asked for."""
    day, least = day_required(ctx), ctx.parameter("work_hours_per_week")
    until_today, of_the_plan = ctx.rule("NO-WRK-04"), planned_average(ctx, day)
    value = answer(day, least, until_today.value, of_the_plan)
    found = [ctx.rule("NO-WRK-02"), *([until_today] if ctx.given("work_done", "days_off") else [])]
    lacks = lacking_for_the_plan(ctx)
    if of_the_plan is not None and of_the_plan < least:
        return not_met(value, day=day, least=least)
    if lacks and all_of(found) == MET and ctx.given("work_planned", "planned_last_day"):
        return unknown(value=value, missing=(*until_today.missing, *lacks))
    return in_parts(value, found, beside=[until_today], missing=lacks, day=day, least=least)


def answer(
    day: date,
    least: Fraction,
    until_today: Fraction | None = None,
    of_the_plan: Fraction | None = None,
) -> dict[str, Any]:
    """The set's answer."""
    return {
        "required_from": day,
        "minimum_hours": least,
        "actual_average": until_today,
        "planned_average": of_the_plan,
    }


def lacking_for_the_plan(ctx: Context) -> list[str]:
    """The facts that are missing for the average of the plan."""
    read = {
        "work_planned": ctx.fact_or("work_planned"),
        "days_off": ctx.fact_or("days_off"),
        "planned_last_day": ctx.fact_or("planned_last_day"),
    }
    return [key for key, value in read.items() if value is None]


def planned_average(ctx: Context, first: date) -> Fraction | None:
    """The average of the plan from the day the hours are required to its end, where it is known."""
    planned, off = ctx.fact_or("work_planned"), ctx.fact_or("days_off")
    last = ctx.fact_or("planned_last_day")
    if planned is None or off is None or last is None:
        return None
    counted = ctx.parameter("counted_kinds")
    rows = [one for one in planned if one["kind"] in counted]
    weeks = programme_weeks(ctx, off, first, last)
    hours = sum((planned_hours(ctx, off, one, first, last) for one in rows), Fraction(0))
    return hours / weeks if weeks else None


def planned_hours(
    ctx: Context, off: Iterable[Mapping[str, Any]], row: Mapping[str, Any], first: date, last: date
) -> Fraction:
    """The hours of one activity of the plan inside the window."""
    weeks = programme_weeks(ctx, off, max(row["first_day"], first), min(row["last_day"], last))
    hours: Fraction = row["hours_per_week"] * weeks
    return hours


RULE_SET = load_rule_set(
    __file__,
    rules=(
        aims_at_work,
        threshold,
        what_counts,
        average,
        running_programmes,
        threshold_under_the_chapter_before_2026,
        no_minimum_under_the_chapter,
    ),
    conclude=conclude,
    uses=(CALENDAR, REGIME),
    working_days=NORWEGIAN,
)
