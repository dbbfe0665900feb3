"""What is taken from the introduction benefit of a month."""

from fractions import Fraction
from typing import Any

from core.sdk.rules import MET, Context, Outcome, met, not_applicable, not_met, rule, unknown
from plugins.no_introduction.law.benefit_month import (
    absence_deduction,
    absences_in,
    absent_days,
    amount_of,
    day_amount,
    full_rates,
    hour_amount,
    in_kroner,
    with_days_off_between,
)

EARNED_BEFORE = ("UNEMPLOYMENT", "SICKNESS", "PARENTAL")
RECEIVED = ("DISABILITY", "AAP")


@rule("NO-BEN-12")
def unauthorised_absence(ctx: Context) -> Outcome:
    """For each day: its hours at the rate of an hour, or the whole day at the rate of a day."""
    parts = ctx.value_of("NO-BEN-10")
    found = [
        {
            "date": day,
            "hours": hours,
            "amount": day_amount(ctx, parts, day) if hours is None else hour_amount(ctx, parts, day) * hours,
        }
        for day, hours in absent_days(ctx, parts).items()
    ]
    working_days = ctx.working_days
    off = any(not working_days.is_working_day(one["date"]) for one in absences_in(ctx, parts))
    flags = ("ABSENCE_ON_DAY_OFF",) if off else ()
    return met(found, flags=flags, days=len(found)) if found else not_met(found, flags=flags)


@rule("NO-BEN-13")
def capped_deduction(ctx: Context) -> Outcome:
    """Where hours would cost more than the rate of their day, unless the tenant has chosen otherwise."""
    found, parts = ctx.value_of("NO-BEN-12"), ctx.value_of("NO-BEN-10")
    uncapped = sum((one["amount"] for one in found), Fraction(0))
    capped = sum((min(one["amount"], day_amount(ctx, parts, one["date"])) for one in found), Fraction(0))
    if capped == uncapped:
        return not_applicable()
    ctx.flag("HOURS_ABOVE_DAY_RATE")
    values: dict[str, Any] = {"amount": in_kroner(ctx, capped), "uncapped": in_kroner(ctx, uncapped)}
    return met(capped, **values) if ctx.setting("CAP_AT_DAY_RATE") else not_met(uncapped, **values)


@rule("NO-BEN-14")
def coordinated_benefits(ctx: Context) -> Outcome:
    """Krone for krone with benefits earned before the programme, and with disability benefit and AAP."""
    others = ctx.fact("other_benefits")
    asked = [one for one in others if one["kind"] in EARNED_BEFORE]
    if any(one["earned_before_programme"] is None for one in asked):
        return unknown("EARNED_BEFORE_UNKNOWN")
    counted = [one for one in others if one["kind"] in RECEIVED or one["earned_before_programme"]]
    counted = [one for one in counted if one["kind"] in (*EARNED_BEFORE, *RECEIVED)]
    total = sum((max(Fraction(0), one["amount"]) for one in counted), Fraction(0))
    return met(total, amount=in_kroner(ctx, total)) if total else not_met(total)


@rule("NO-BEN-15")
def transitional_benefit(ctx: Context) -> Outcome:
    """Forty per cent of what exceeds half the basic amount; a month's share of the year."""
    received: Fraction = ctx.fact("transitional_benefit_year")
    period = ctx.value_of("NO-BEN-11")
    free = full_rates(ctx, period["first_day"]).grunnbelop * ctx.parameter("transitional_free_share")
    year = ctx.parameter("transitional_reduction_share") * max(Fraction(0), received - free)
    months = Fraction(period["day_units"], ctx.parameter("benefit_days_per_month"))
    total = year / ctx.parameter("benefit_months_per_year") * months
    return met(total, year=in_kroner(ctx, year), amount=in_kroner(ctx, total)) if total else not_met(total)


@rule("NO-BEN-16")
def income_that_does_not_count(ctx: Context) -> Outcome:
    """The kinds of income given that leave the benefit as it is."""
    kinds = {one["kind"] for one in ctx.fact("other_benefits")}
    found = sorted(kinds - {*EARNED_BEFORE, *RECEIVED})
    outside = "OUTSIDE_WORK" in found and ctx.rule("NO-BEN-22").status == MET
    return met(found, flags=("OUTSIDE_WORK_PART_TIME",) if outside else ()) if found else not_met(found)


@rule("NO-BEN-17")
def paid_work_in_the_programme(ctx: Context) -> Outcome:
    """By the hours or by the wage, whichever takes less."""
    hours: Fraction = ctx.fact("programme_work_hours")
    parts = ctx.value_of("NO-BEN-10")
    if hours <= 0:
        return not_met(Fraction(0))
    wage: Fraction = max(Fraction(0), ctx.fact("programme_work_wage"))
    by_hours = hours * min(hour_amount(ctx, parts, one["from_day"]) for one in parts)
    return met(min(wage, by_hours), hours=in_kroner(ctx, by_hours), wage=in_kroner(ctx, wage))


@rule("NO-BEN-20")
def individual_decision(ctx: Context) -> Outcome:
    """When a deduction takes at least half of one payment and at least a twelfth of the basic amount."""
    parts, deduction = ctx.value_of("NO-BEN-10"), absence_deduction(ctx)["amount"]
    half = amount_of(parts) * ctx.parameter("decision_share_of_payment")
    basic = full_rates(ctx, parts[0]["from_day"]).grunnbelop * ctx.parameter("decision_share_of_basic_amount")
    value: dict[str, Any] = {
        "deduction": in_kroner(ctx, deduction),
        "half_of_payment": in_kroner(ctx, half),
        "twelfth_of_basic_amount": in_kroner(ctx, basic),
    }
    return met(value, **value) if deduction >= max(half, basic) else not_met(value, **value)


@rule("NO-BEN-23")
def days_off_inside_absence(ctx: Context) -> Outcome:
    """What a long absence would cost if the days off inside it counted; a person decides."""
    parts = ctx.value_of("NO-BEN-10")
    whole = [day for day, hours in absent_days(ctx, parts).items() if hours is None]
    all_days = with_days_off_between(ctx, whole)[: ctx.parameter("benefit_days_per_month")]
    if len(all_days) <= len(whole):
        return not_met()
    wanted = sum((day_amount(ctx, parts, day) for day in all_days), Fraction(0))
    amount = in_kroner(ctx, min(wanted, amount_of(parts)))
    value: dict[str, Any] = {"programme_days": len(whole), "calendar_days": len(all_days), "amount": amount}
    return met(value, flags=("DAYS_OFF_IN_ABSENCE",), **value)
