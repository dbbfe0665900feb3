"""The introduction benefit of the month in which the day of the question lies."""

from datetime import date
from typing import Any

from core.sdk.rules import (
    MET,
    NOT_APPLICABLE,
    UNKNOWN,
    Context,
    Finding,
    Outcome,
    WorkingDays,
    depends_on_29_february,
    in_parts,
    load_rule_set,
    met,
    missing_for,
    not_applicable,
    not_met,
    rule,
    unknown,
    unknown_with,
)
from plugins.no_introduction.law.benefit_deductions import (
    capped_deduction,
    coordinated_benefits,
    days_off_inside_absence,
    income_that_does_not_count,
    individual_decision,
    paid_work_in_the_programme,
    transitional_benefit,
    unauthorised_absence,
)
from plugins.no_introduction.law.benefit_month import (
    ANSWERS,
    WHOLE,
    amount_of,
    benefits_in_doubt,
    deductions,
    follows_former_act,
    fraction_from,
    full_rates,
    has_children,
    has_participating_partner,
    in_kroner,
    lives_with_parent,
    month_of,
    payable,
    starts_of_parts,
    turns_full_age,
    with_units,
    without_repeats,
    work_in_doubt,
)
from plugins.no_introduction.law.benefit_payment import (
    correction,
    no_measure_benefit,
    paid_from_attendance,
    part_time_because_of_the_municipality,
    ways_to_get_back,
)
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.which_act import is_under_integration_act
from plugins.norway.working_days import public_holidays


@rule("NO-BEN-01")
def right_to_benefit(ctx: Context) -> Outcome:
    """Whoever takes part in the month, whatever they need."""
    found = ctx.rule("NO-BEN-11")
    if found.status == UNKNOWN:
        return unknown_with([found])
    return met() if found.status == MET else not_met()


@rule("NO-BEN-02")
def rates(ctx: Context) -> Outcome:
    """The full benefit on the day of the question, in kroner and øre."""
    full = full_rates(ctx, ctx.as_of)
    value: dict[str, Any] = {
        "grunnbelop": full.grunnbelop,
        "year": in_kroner(ctx, full.year),
        "month": in_kroner(ctx, full.month),
        "day": in_kroner(ctx, full.day),
        "hour": in_kroner(ctx, full.hour),
    }
    return met(value, **value)


@rule("NO-BEN-04")
def fractions_by_age(ctx: Context) -> Outcome:
    """The fraction of each part of the month in which the person is below the age."""
    if follows_former_act(ctx):
        return not_applicable()
    turns, found = turns_full_age(ctx), []
    for day in starts_of_parts(ctx):
        if day < turns:
            at_home = lives_with_parent(ctx, day)
            alone = ctx.parameter("benefit_below_full_age")
            fraction = ctx.parameter("benefit_with_parent") if at_home else alone
            found.append({"from_day": day, "fraction": fraction})
    flags = ("BORN_29_FEBRUARY",) if _turns_on_a_clamped_day(ctx, turns) else ()
    if found and is_under_integration_act(ctx):
        return met(found, flags=flags, turns=turns)
    return not_met(found, flags=flags, turns=turns)


def _turns_on_a_clamped_day(ctx: Context, turns: date) -> bool:
    return month_of(turns) == month_of(ctx.as_of) and depends_on_29_february(turns, ctx.fact("birth_date"))


@rule("NO-BEN-05")
def fractions_by_age_of_the_former_act(ctx: Context) -> Outcome:
    """The same fraction whether or not the person lives with a parent."""
    act = ctx.rule("NO-REG-01")
    if act.status == UNKNOWN:
        return unknown_with([act])
    if not follows_former_act(ctx):
        return not_applicable()
    turns, fraction = turns_full_age(ctx), ctx.parameter("benefit_below_full_age_former_act")
    found = [{"from_day": day, "fraction": fraction} for day in starts_of_parts(ctx) if day < turns]
    return met(found) if found else not_met(found)


@rule("NO-BEN-06")
def fractions_of_couples(ctx: Context) -> Outcome:
    """The fraction of each part of the month in which both of a couple without children take part."""
    if ctx.rule("NO-BEN-08").status == MET:
        return not_met([])
    found = [
        {"from_day": day, "fraction": ctx.parameter("benefit_of_couples")}
        for day in starts_of_parts(ctx)
        if has_participating_partner(ctx, day) and day not in ctx.value_of("NO-BEN-08")
    ]
    return met(found) if found else not_met(found)


@rule("NO-BEN-07")
def only_one_is_new(ctx: Context) -> Outcome:
    """Whether the two began on different sides of the day from which couples have less."""
    children = ctx.rule("NO-BEN-08").status == MET
    if children or not any(has_participating_partner(ctx, day) for day in starts_of_parts(ctx)):
        return not_applicable()
    own: date = ctx.fact("programme_start")
    partner: date | None = ctx.fact_or("partner_programme_start")
    if partner is None:
        return unknown("PARTNER_START_UNKNOWN", message="missing", missing=("partner_programme_start",))
    since: date = ctx.parameter("benefit_of_couples_since")
    if (own >= since) == (partner >= since):
        return not_met(own=own, partner=partner)
    if own >= since:
        return met("SELF", flags=("ONLY_ONE_NEW",), own=own, partner=partner)
    return met("PARTNER", message="only_partner", flags=("ONLY_ONE_NEW",), own=own, partner=partner)


@rule("NO-BEN-08")
def parts_with_children(ctx: Context) -> Outcome:
    """The parts of the month in which the couple has children."""
    starts = starts_of_parts(ctx)
    found = [day for day in starts if has_children(ctx, day)]
    flags = ("CHILDREN_UNCLEAR",) if found != starts and ctx.fact_or("children_unclear") else ()
    return met(found) if found == starts else not_met(found, flags=flags)


@rule("NO-BEN-09")
def one_reduction_only(ctx: Context) -> Outcome:
    """The fraction of each part: that of the age goes before that of the couple."""
    former = follows_former_act(ctx)
    by_age = ctx.value_of("NO-BEN-05") if former else ctx.value_of("NO-BEN-04")
    starts = starts_of_parts(ctx)
    couples = _of_couples(ctx, needed=len(by_age) < len(starts))
    found, both = [], False
    for day in starts:
        young, couple = fraction_from(by_age, day), fraction_from(couples, day)
        both = both or None not in {young, couple}
        found.append({"from_day": day, "fraction": young or couple or WHOLE})
    return met(found, flags=("REDUCTIONS_NOT_ADDED",)) if both else not_met(found)


def _of_couples(ctx: Context, *, needed: bool) -> Any:
    """The fractions of couples; when they are unknown this rule is too, if they are needed."""
    found = ctx.rule("NO-BEN-06")
    if needed and found.status == UNKNOWN:
        return ctx.value_of("NO-BEN-06")
    return found.value if found.status in ANSWERS else ()


@rule("NO-BEN-10")
def parts_of_the_month(ctx: Context) -> Outcome:
    """From when which fraction, for how many of the day units, and what that is."""
    period = ctx.value_of("NO-BEN-11")
    found = without_repeats(ctx.value_of("NO-BEN-09"))
    parts = with_units(ctx, tuple(found), period["last_day"], period["day_units"])
    if len(parts) == 1:
        return not_met(parts, fraction=parts[0]["fraction"])
    return met(parts, flags=("RATE_CHANGES",), days=[one["from_day"] for one in parts[1:]])


@rule("NO-BEN-11")
def days_of_the_month(ctx: Context) -> Outcome:
    """A whole month has thirty day units, a part of one its days in the programme, at most thirty."""
    first, last = month_of(ctx.as_of)
    begins = max(first, ctx.fact("programme_start"))
    ends = min(last, ctx.fact_or("programme_last_day", last))
    if ctx.fact("programme_start") > ctx.fact_or("programme_last_day", date.max):
        ctx.flag("DAYS_IN_WRONG_ORDER")
    if begins > ends:
        return not_applicable(message="outside")
    units = ctx.parameter("benefit_days_per_month")
    value = {"first_day": begins, "last_day": ends, "day_units": units}
    if (begins, ends) == (first, last):
        return met(value)
    value["day_units"] = min(units, (ends - begins).days + 1)
    return met(value, message="part", flags=("PART_OF_A_MONTH",), days=value["day_units"])


def conclude(ctx: Context) -> Outcome:
    """The benefit of the month, what is taken from it, and what is paid."""
    period, parts = ctx.rules("NO-BEN-11", "NO-BEN-10")
    if period.status == NOT_APPLICABLE:
        return not_applicable()
    if parts.status == UNKNOWN:
        return without_parts(ctx, period, parts)
    ctx.rule("NO-BEN-07")
    known = ctx.rules("NO-BEN-12", "NO-BEN-14", "NO-BEN-15", "NO-BEN-17")
    ctx.rules("NO-BEN-16", "NO-BEN-23")
    difference, decision = ctx.rules("NO-BEN-03", "NO-BEN-20")
    unclear = benefits_in_doubt(ctx) or work_in_doubt(ctx)
    value = {
        **period.value,
        "rates": ctx.value_of("NO-BEN-02"),
        "parts": [{**one, "amount": in_kroner(ctx, one["amount"])} for one in parts.value],
        "benefit": in_kroner(ctx, amount_of(parts.value)),
        "deductions": deductions(ctx),
        "payable": None if unclear else payable(ctx),
        "correction": difference.value,
        "individual_decision": decision.status == MET if decision.status in ANSWERS else None,
    }
    missing = missing_for((*known, difference))
    if UNKNOWN in {one.status for one in known}:
        ctx.flag("DEDUCTIONS_NOT_STATED")
    if unclear:
        return unknown(value=value, missing=missing)
    month, _ = month_of(ctx.as_of)
    return met(value, missing=missing, month=month, payable=value["payable"], benefit=value["benefit"])


def without_parts(ctx: Context, period: Finding, parts: Finding) -> Outcome:
    """What is certain while the benefit of the month is not: its days, and the full rates."""
    days = period.value or {"first_day": None, "last_day": None, "day_units": None}
    value = {**days, "rates": ctx.value_of("NO-BEN-02"), **dict.fromkeys(NOT_YET)}
    found = [period, *ctx.rules("NO-BEN-04", "NO-BEN-06"), parts]
    return in_parts(value, [one for one in found if one.status == UNKNOWN])


NOT_YET = ("parts", "benefit", "deductions", "payable", "correction", "individual_decision")


RULE_SET = load_rule_set(
    __file__,
    rules=(
        right_to_benefit,
        rates,
        correction,
        fractions_by_age,
        fractions_by_age_of_the_former_act,
        fractions_of_couples,
        only_one_is_new,
        parts_with_children,
        one_reduction_only,
        parts_of_the_month,
        days_of_the_month,
        unauthorised_absence,
        capped_deduction,
        coordinated_benefits,
        transitional_benefit,
        income_that_does_not_count,
        paid_work_in_the_programme,
        paid_from_attendance,
        ways_to_get_back,
        individual_decision,
        no_measure_benefit,
        part_time_because_of_the_municipality,
        days_off_inside_absence,
    ),
    conclude=conclude,
    uses=(REGIME,),
    working_days=WorkingDays(public_holidays, "norway"),
)
