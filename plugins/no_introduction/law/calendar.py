"""How the rules count months, working days, age and money; the other rule sets use its helpers."""

from datetime import date

from core.sdk.rules import (
    Context,
    Outcome,
    WorkingDays,
    add_months,
    age_on,
    depends_on_29_february,
    last_day_of_period,
    load_rule_set,
    met,
    rule,
)
from plugins.norway.working_days import public_holidays

NORWEGIAN = WorkingDays(public_holidays, "norway")


@rule("NO-CAL-01")
def months(_: Context) -> Outcome:
    """See `months_after`."""
    return met()


@rule("NO-CAL-02")
def limits_in_months(_: Context) -> Outcome:
    """See `limit_after`."""
    return met()


@rule("NO-CAL-03")
def last_days(ctx: Context) -> Outcome:
    """See `last_programme_day`."""
    return met(ctx.parameter("last_day_of_period"))


@rule("NO-CAL-04")
def working_days(_: Context) -> Outcome:
    """See `programme_days`."""
    return met()


@rule("NO-CAL-05")
def ages(_: Context) -> Outcome:
    """See `age`."""
    return met()


@rule("NO-CAL-06")
def appeal_limits(ctx: Context) -> Outcome:
    """See `appeal_limit`."""
    return met(ctx.parameter("appeal_weeks"))


@rule("NO-CAL-07")
def amounts(ctx: Context) -> Outcome:
    """See `in_kroner` of the benefit."""
    return met(ctx.parameter("rounding_of_payments"))


def months_after(ctx: Context, day: date, number: int) -> date:
    """The same day number some months later, or the last day of a shorter month."""
    ctx.rule("NO-CAL-01")
    return add_months(day, number)


def limit_after(ctx: Context, day: date, number: int) -> date:
    """The last day on which a limit of some months is kept; a weekend does not move it."""
    ctx.rule("NO-CAL-02")
    return months_after(ctx, day, number)


def last_programme_day(ctx: Context, start: date, number: int) -> date:
    """The last day of a period of some months."""
    counted = ctx.value_of("NO-CAL-03")
    if add_months(start, number).day != start.day:
        ctx.flag("MONTH_END")
    return last_day_of_period(start, number, counted)


def programme_days(ctx: Context) -> WorkingDays:
    """The working days of the programme."""
    ctx.rule("NO-CAL-04")
    return ctx.working_days


def age(ctx: Context, day: date, born: date) -> int:
    """Whole years on a day."""
    ctx.rule("NO-CAL-05")
    if depends_on_29_february(day, born):
        ctx.flag("BORN_29_FEBRUARY")
    if born > day:
        ctx.flag("BORN_AFTER_THE_DAY")
    return age_on(day, born)


def appeal_limit(ctx: Context, arrived: date) -> date:
    """The last day for an appeal after a notice arrived."""
    weeks: int = ctx.value_of("NO-CAL-06")
    return ctx.working_days.limit_in_weeks(arrived, weeks)


def conclude(ctx: Context) -> Outcome:
    """The last day of a period from a day, as an example of the counting."""
    start, number = ctx.facts("from_day", "months")
    return met(last_programme_day(ctx, start, number), start=start, months=number)


RULE_SET = load_rule_set(
    __file__,
    rules=(months, limits_in_months, last_days, working_days, ages, appeal_limits, amounts),
    conclude=conclude,
    working_days=NORWEGIAN,
)
