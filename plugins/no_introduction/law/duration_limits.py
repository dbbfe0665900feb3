"""How long the programme may be, by education, goal and the day of the offer: a part of `duration`."""

from datetime import date

from core.sdk.rules import (
    MET,
    Context,
    Finding,
    Outcome,
    any_of,
    met,
    not_applicable,
    not_met,
    rule,
    unknown,
    unknown_with,
)
from plugins.no_introduction.law.education import has_upper_secondary
from plugins.no_introduction.law.regime import has_collective_protection
from plugins.no_introduction.law.which_act import is_under_integration_act

COMPLETE, PART = ("VGS_FULL", "VOCATIONAL_CERT"), "VGS_PART"
COLLECTIVE = ("NO-DUR-09", "NO-DUR-11")
BEFORE_2026 = ("NO-DUR-01", "NO-DUR-02", "NO-DUR-03", *COLLECTIVE)
FROM_2026 = ("NO-DUR-04", "NO-DUR-05", "NO-DUR-06", "NO-DUR-07")
ALL_LIMITS = ("NO-DUR-10", "NO-DUR-12", "NO-DUR-14", *BEFORE_2026, *FROM_2026, "NO-DUR-13")


def allowed(
    most: int, extension: int, may_extend: str, least: int | None = None, message: str = MET
) -> Outcome:
    """The answer of a rule on the length."""
    length = {
        "min": least,
        "max": most,
        "ext": extension,
        "cap": most + extension,
        "extension": may_extend if extension else "NONE",
    }
    return met(length, message=message, max=most, ext=extension)


def is_with_upper_secondary(ctx: Context) -> bool:
    """Under the Integration Act, with upper secondary education."""
    return is_under_integration_act(ctx) and has_upper_secondary(ctx)


def is_without_upper_secondary(ctx: Context) -> bool:
    """Under the Integration Act, without upper secondary education."""
    return is_under_integration_act(ctx) and not has_upper_secondary(ctx)


def are_limits_widened(ctx: Context) -> bool:
    """Whether the new limits for upper secondary education apply."""
    return any_of(ctx.applicable("NO-DUR-08")) == MET


def same_as(found: list[Finding]) -> Outcome:
    """The limits of those among ``found`` that are met."""
    value = next((one.value for one in found if one.status == MET), None)
    if value is None:
        return unknown_with(found) if found else not_applicable()
    return met(value, max=value["max"])


@rule("NO-DUR-01")
def upper_secondary_before_2026(ctx: Context) -> Outcome:
    """Unless the rules for collective protection go first."""
    if not is_with_upper_secondary(ctx):
        return not_applicable()
    collective = ctx.applicable(*COLLECTIVE)
    if collective:
        return not_applicable() if any_of(collective) == MET else unknown_with(collective)
    most, extension = ctx.parameter("with_upper_secondary_max"), ctx.parameter("with_upper_secondary_ext")
    return allowed(most, extension, "MAY", ctx.parameter("shortest_before_2026"))


@rule("NO-DUR-02")
def complete_school_before_2026(ctx: Context) -> Outcome:
    """Until the new limits apply."""
    if not is_without_upper_secondary(ctx) or ctx.fact("goal") not in COMPLETE or are_limits_widened(ctx):
        return not_applicable()
    most, extension = ctx.parameter("complete_before_2026_max"), ctx.parameter("complete_before_2026_ext")
    return allowed(most, extension, "MAY", ctx.parameter("shortest_before_2026"))


@rule("NO-DUR-03")
def other_goals_before_2026(ctx: Context) -> Outcome:
    """For parts of upper secondary education until the new limits apply."""
    if not is_without_upper_secondary(ctx) or ctx.fact("goal") in COMPLETE:
        return not_applicable()
    if ctx.fact("goal") == PART and are_limits_widened(ctx):
        return not_applicable()
    most, extension = ctx.parameter("other_before_2026_max"), ctx.parameter("other_before_2026_ext")
    return allowed(most, extension, "MAY", ctx.parameter("shortest_before_2026"))


@rule("NO-DUR-04")
def upper_secondary(ctx: Context) -> Outcome:
    """From 2026."""
    if not is_with_upper_secondary(ctx):
        return not_applicable()
    return allowed(
        ctx.parameter("with_upper_secondary_max"), ctx.parameter("with_upper_secondary_ext"), "MAY"
    )


@rule("NO-DUR-05")
def work(ctx: Context) -> Outcome:
    """From 2026; a goal that has no limit at all is for a person to look at."""
    if not is_without_upper_secondary(ctx) or ctx.fact("goal") in {PART, *COMPLETE}:
        return not_applicable()
    if ctx.fact("goal") != "WORK":
        return unknown("GOAL_WITHOUT_LIMIT", message="goal_without_limit")
    return allowed(ctx.parameter("work_max"), ctx.parameter("work_ext"), "MAY")


@rule("NO-DUR-06")
def part_of_school(ctx: Context) -> Outcome:
    """When the new limits apply."""
    if not is_without_upper_secondary(ctx) or ctx.fact("goal") != PART or not are_limits_widened(ctx):
        return not_applicable()
    return allowed(ctx.parameter("part_max"), ctx.parameter("part_ext"), "SHALL")


@rule("NO-DUR-07")
def complete_school(ctx: Context) -> Outcome:
    """When the new limits apply; trade training is longer and cannot be extended."""
    if not is_without_upper_secondary(ctx) or ctx.fact("goal") not in COMPLETE:
        return not_applicable()
    if not are_limits_widened(ctx):
        return not_applicable()
    if ctx.fact("goal") == "VOCATIONAL_CERT":
        most, extension = ctx.parameter("vocational_max"), ctx.parameter("vocational_ext")
        return allowed(most, extension, "SHALL", message="met_vocational")
    return allowed(ctx.parameter("complete_max"), ctx.parameter("complete_ext"), "SHALL")


@rule("NO-DUR-08")
def new_limits_for_school(ctx: Context) -> Outcome:
    """By the day of the question, or of the offer when that is later."""
    start: date = ctx.parameter("school_limits_from")
    day = max(ctx.as_of, ctx.on)
    return met(start=start) if day >= start else not_met(start=start)


@rule("NO-DUR-09")
def collective_upper_secondary(ctx: Context) -> Outcome:
    """Without a shortest length."""
    if not is_with_upper_secondary(ctx) or not has_collective_protection(ctx):
        return not_applicable()
    special = ctx.applicable("NO-DUR-11")
    if special:
        return not_applicable() if any_of(special) == MET else unknown_with(special)
    return allowed(ctx.parameter("collective_max"), ctx.parameter("collective_ext"), "MAY")


@rule("NO-DUR-10")
def collective_without_upper_secondary(ctx: Context) -> Outcome:
    """As for others."""
    if not is_without_upper_secondary(ctx) or not has_collective_protection(ctx):
        return not_applicable()
    return same_as(ctx.applicable("NO-DUR-02", "NO-DUR-03"))


@rule("NO-DUR-11")
def collective_ukrainian_school(ctx: Context) -> Outcome:
    """Upper secondary from Ukraine without the year that higher education here asks for."""
    if not is_with_upper_secondary(ctx) or not has_collective_protection(ctx):
        return not_applicable()
    if ctx.fact("goal") != "HIGHER_PREP" or not ctx.fact("ukrainian_upper_secondary"):
        return not_applicable()
    if ctx.fact("gsu_education_met"):
        return not_applicable()
    return allowed(
        ctx.parameter("collective_ukrainian_max"), ctx.parameter("collective_ukrainian_ext"), "MAY"
    )


@rule("NO-DUR-12")
def collective_from_2026(ctx: Context) -> Outcome:
    """As for others."""
    return same_as(ctx.applicable(*FROM_2026)) if has_collective_protection(ctx) else not_applicable()


@rule("NO-DUR-13")
def former_act(ctx: Context) -> Outcome:
    """Leave came on top."""
    if is_under_integration_act(ctx):
        return not_applicable()
    ctx.flag("LEAVE_ON_TOP")
    return allowed(ctx.parameter("former_act_max"), ctx.parameter("former_act_ext"), "MAY")


@rule("NO-DUR-14")
def kept_limits(ctx: Context) -> Outcome:
    """Programmes that were offered under the limits of then."""
    return same_as(ctx.applicable(*BEFORE_2026))


@rule("NO-DUR-15", version="2025")
def boundary_of_2025(ctx: Context) -> Outcome:
    """Only matters where the new limits for school apply."""
    widened = any_of(ctx.applicable("NO-DUR-06", "NO-DUR-07")) == MET
    return met(flags=("BOUNDARY_1_JAN",)) if widened else not_applicable()


@rule("NO-DUR-15", version="2026")
def boundary_of_2026(ctx: Context) -> Outcome:
    """Matters to all under the Integration Act."""
    return met(flags=("BOUNDARY_1_JAN",)) if is_under_integration_act(ctx) else not_applicable()


@rule("NO-DUR-16")
def day_of_offer(ctx: Context) -> Outcome:
    """The day that selects the limits; never the start of the programme."""
    offer = ctx.fact_or("offer_date")
    if offer is not None:
        return met(offer, day=offer)
    decision = ctx.fact_or("decision_date")
    if decision is None:
        return unknown(message="missing", missing=("offer_date",))
    return met(decision, message="met_by_decision", flags=("OFFER_DATE_MISSING",), day=decision)
