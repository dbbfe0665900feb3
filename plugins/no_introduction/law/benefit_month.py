"""The month of an introduction benefit: its days, its parts where the rate changes, and its lines."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from core.sdk.rules import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Context, birthday, rounded

DAY = timedelta(days=1)
WHOLE = Fraction(1)
ANSWERS = (MET, NOT_MET)
Parts = tuple[Mapping[str, Any], ...]


class Rates(NamedTuple):
    """The full benefit, exactly."""

    grunnbelop: Fraction
    year: Fraction
    month: Fraction
    day: Fraction
    hour: Fraction


def full_rates(ctx: Context, day: date) -> Rates:
    """The full benefit by the basic amount (G) of a day."""
    basic: Fraction = ctx.parameter("grunnbelop", on=day)
    year = basic * ctx.parameter("benefit_basic_amounts", on=day)
    month = year / ctx.parameter("benefit_months_per_year", on=day)
    by_day = month / ctx.parameter("benefit_days_per_month", on=day)
    return Rates(basic, year, month, by_day, year / ctx.parameter("benefit_hours_per_year", on=day))


def in_kroner(ctx: Context, amount: Fraction | int) -> Fraction:
    """A line as it is paid."""
    return rounded(amount, ctx.parameter("benefit_rounding"))


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def follows_former_act(ctx: Context) -> bool:
    """By the rule that chooses the act; before the Integration Act there was only the former."""
    found = ctx.rule("NO-REG-01")
    return found.status == NOT_APPLICABLE or found.value == "INTRO_ACT"


def turns_full_age(ctx: Context) -> date:
    """The birthday from which the age no longer reduces the benefit."""
    return birthday(ctx.fact("birth_date"), ctx.parameter("benefit_full_age"))


def starts_of_parts(ctx: Context) -> list[date]:
    """The first day of the period, and each later one on which the age or the household changes."""
    period = ctx.value_of("NO-BEN-11")
    changes = [one["from_day"] for one in ctx.fact_or("household_changes", ())]
    first, last = period["first_day"], period["last_day"]
    turns = [day for day in (turns_full_age(ctx), *changes) if day <= last]
    return sorted({first, *(max(first, day) for day in turns)})


def changed(ctx: Context, field: str, day: date) -> bool | None:
    """What the last change of the household until a day says about a field; None when nothing."""
    changes = [
        one
        for one in ctx.fact_or("household_changes", ())
        if one["from_day"] <= day and one[field] is not None
    ]
    last = max(changes, key=_from_day, default=None)
    return None if last is None else last[field]


def _from_day(change: Mapping[str, Any]) -> Any:
    return change["from_day"]


def lives_with_parent(ctx: Context, day: date) -> bool:
    """On a day."""
    newer = changed(ctx, "lives_with_parent", day)
    stated: bool = ctx.fact("lives_with_parent") if newer is None else newer
    return stated


def has_participating_partner(ctx: Context, day: date) -> bool:
    """On a day."""
    newer = changed(ctx, "partner_also_participant", day)
    stated: bool = ctx.fact("partner_also_participant") if newer is None else newer
    if newer is None and not stated and ctx.fact_or("partner_programme_start") is not None:
        ctx.flag("PARTNER_CONTRADICTS_START")
    return stated


def has_children(ctx: Context, day: date) -> bool:
    """On a day."""
    newer = changed(ctx, "has_children", day)
    stated: bool = ctx.fact("has_children") if newer is None else newer
    if newer is None and not stated and ctx.fact_or("has_child_under18"):
        ctx.flag("CHILDREN_CONTRADICT")
    return stated


def fraction_from(found: Parts, day: date) -> Fraction | None:
    """The fraction that a list has for the part beginning on a day."""
    return next((one["fraction"] for one in found if one["from_day"] == day), None)


def fraction_on(parts: Parts, day: date) -> Fraction:
    """The fraction of the part in which a day lies."""
    fractions: list[Fraction] = [one["fraction"] for one in parts if one["from_day"] <= day]
    return fractions[-1]


def without_repeats(found: Parts) -> list[Mapping[str, Any]]:
    """The parts whose fraction differs from the one before."""
    kept: list[Mapping[str, Any]] = []
    for one in found:
        if not kept or kept[-1]["fraction"] != one["fraction"]:
            kept.append(one)
    return kept


def with_units(ctx: Context, found: Parts, last_day: date, units: int) -> Parts:
    """The parts with their days and amounts; the last one has what is left of the thirty units."""
    parts = []
    for one, after in zip(found, (*found[1:], None), strict=True):
        until = last_day if after is None else after["from_day"] - DAY
        days = units if after is None else min(units, (until - one["from_day"]).days + 1)
        units -= days
        amount = days * full_rates(ctx, one["from_day"]).day * one["fraction"]
        parts.append({**one, "to_day": until, "day_units": days, "amount": amount})
    return tuple(parts)


def amount_of(parts: Parts) -> Fraction:
    """What the parts come to, exactly."""
    return sum((one["amount"] for one in parts), Fraction(0))


def day_amount(ctx: Context, parts: Parts, day: date) -> Fraction:
    """The benefit of a day at the participant's own fraction."""
    return full_rates(ctx, day).day * fraction_on(parts, day)


def hour_amount(ctx: Context, parts: Parts, day: date) -> Fraction:
    """The benefit of an hour at the participant's own fraction."""
    return full_rates(ctx, day).hour * fraction_on(parts, day)


def absences_in(ctx: Context, parts: Parts) -> Parts:
    """The unauthorised absence in the period."""
    first, last = parts[0]["from_day"], parts[-1]["to_day"]
    return tuple(one for one in ctx.fact("unauthorised_absence") if first <= one["date"] <= last)


def absent_days(ctx: Context, parts: Parts) -> dict[date, Fraction | None]:
    """The programme days of unauthorised absence in the period, with their hours; None for a whole day."""
    found: dict[date, Fraction | None] = {}
    working_days = ctx.working_days
    for one in absences_in(ctx, parts):
        day, hours = one["date"], one["hours"]
        if working_days.is_working_day(day):
            before = found.get(day, Fraction(0))
            found[day] = None if hours is None or before is None else before + max(Fraction(0), hours)
    return dict(sorted(found.items()))


def with_days_off_between(ctx: Context, days: Iterable[date]) -> list[date]:
    """The days, and the days off between two that are neighbours as programme days."""
    found: list[date] = []
    working_days = ctx.working_days
    for day in sorted(days):
        if found and working_days.before(day) == found[-1]:
            found += [found[-1] + DAY * number for number in range(1, (day - found[-1]).days)]
        found.append(day)
    return found


def absence_deduction(ctx: Context) -> dict[str, Any]:
    """What absence takes, and by which rule: never more than the benefit of the month."""
    absent, cap = ctx.value_of("NO-BEN-12"), ctx.applicable("NO-BEN-13")
    amount = cap[0].value if cap else sum((one["amount"] for one in absent), Fraction(0))
    capped = any(one.status == MET for one in cap)
    return {
        "rule_id": "NO-BEN-13" if capped else "NO-BEN-12",
        "amount": min(amount, amount_of(ctx.value_of("NO-BEN-10"))),
    }


def deductions(ctx: Context) -> list[Mapping[str, Any]]:
    """The deductions that are known, each as it is paid."""
    absence, *others = ctx.rules("NO-BEN-12", "NO-BEN-14", "NO-BEN-15", "NO-BEN-17")
    found = [absence_deduction(ctx)] if absence.status == MET else []
    found += [{"rule_id": one.rule_id, "amount": one.value} for one in others if one.status == MET]
    return [{**one, "amount": in_kroner(ctx, one["amount"])} for one in found if one["amount"]]


def payable(ctx: Context) -> Fraction:
    """What is paid for the month: never below nothing. Unknown when a deduction is stated in part alone."""
    if benefits_in_doubt(ctx):
        ctx.value_of("NO-BEN-14")
    if work_in_doubt(ctx):
        ctx.value_of("NO-BEN-17")
    benefit = in_kroner(ctx, amount_of(ctx.value_of("NO-BEN-10")))
    return max(Fraction(0), benefit - sum(one["amount"] for one in deductions(ctx)))


def benefits_in_doubt(ctx: Context) -> bool:
    """Whether other benefits are stated, and not all that decides about them."""
    return ctx.given("other_benefits") and ctx.rule("NO-BEN-14").status == UNKNOWN


def work_in_doubt(ctx: Context) -> bool:
    """Whether paid work is stated, and not all that decides about it."""
    stated = ctx.given("programme_work_hours", "programme_work_wage")
    return stated and ctx.rule("NO-BEN-17").status == UNKNOWN
