"""Social studies: how many hours, what is left, until when, and who is responsible."""

from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from core.sdk.rules import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Context,
    Finding,
    Outcome,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown_with,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_ordinary_rules, outside_the_chapter, under_the_chapter
from plugins.no_introduction.law.training import end_as_decided, end_of_training, no_count_start


@rule("NO-SOC-01")
def hours(ctx: Context) -> Outcome:
    """More for newer permits, also when only the arrival is newer."""
    outside = under_the_chapter(ctx)
    if outside:
        return outside
    permit, first = ctx.fact("permit_decision_date"), ctx.parameter("more_social_hours_from")
    newer = permit >= first or (ctx.fact("applied_from_abroad") and ctx.fact("arrival_date") >= first)
    number = ctx.parameter("social_hours") if newer else ctx.parameter("social_hours_older_permits")
    return met(number, hours=number)


@rule("NO-SOC-02")
def hours_left(ctx: Context) -> Outcome:
    """What is done in a reception centre counts, up to a limit."""
    required: int = ctx.value_of("NO-SOC-01")
    done, reception, understood = ctx.facts("social_hours_done", "reception_hours", "language_understood")
    left = max(Fraction(0), required - done - min(reception, ctx.parameter("reception_hours_most")))
    value = {"hours": left, "modules": ceil(left / ctx.parameter("module_hours"))}
    if not understood:
        return not_met(value, message="language")
    return not_met(value, **value) if left else met(value)


@rule("NO-SOC-03", version="2021")
def time_for_older_permits(ctx: Context) -> Outcome:
    """Counted from where the municipality has decided."""
    wrong = outside_the_time(ctx) or no_count_start(ctx)
    return wrong or in_time(ctx, end_as_decided(ctx, ctx.parameter("months_of_social_studies", on=ctx.as_of)))


@rule("NO-SOC-03", version="2023")
def time(ctx: Context) -> Outcome:
    """Counted from the offer."""
    wrong = outside_the_time(ctx)
    return wrong or in_time(
        ctx, end_of_training(ctx, ctx.parameter("months_of_social_studies", on=ctx.as_of))
    )


def outside_the_time(ctx: Context) -> Outcome | None:
    """Why the time is not limited here; None when it is."""
    outside = outside_ordinary_rules(ctx)
    return outside or while_county_is_responsible(ctx.rule("NO-SOC-05"))


def while_county_is_responsible(responsible: Finding) -> Outcome | None:
    """The time is not limited when the county is responsible."""
    if responsible.status == UNKNOWN:
        return unknown_with([responsible])
    return not_applicable(message="county") if responsible.status == MET else None


def in_time(ctx: Context, last: date) -> Outcome:
    """Whether the test was taken by the last day, once that is over."""
    if ctx.fact_or("social_test_taken") is False and ctx.fact_or("social_test_on") is not None:
        ctx.flag("TEST_CONTRADICTS_ITS_DAY")
    if ctx.as_of <= last:
        return met(last, last=last)
    if not ctx.fact("social_test_taken"):
        return not_met(last, message="not_taken", last=last)
    day = ctx.fact("social_test_on")
    return (
        met(last, message="taken", day=day, last=last) if day <= last else not_met(last, day=day, last=last)
    )


@rule("NO-SOC-04")
def none_under_the_chapter(ctx: Context) -> Outcome:
    """Neither right nor duty."""
    return outside_the_chapter(ctx) or met()


@rule("NO-SOC-05", version="2021")
def responsible_before_combined_offers(ctx: Context) -> Outcome:
    """The county for those in upper secondary school full time."""
    return by_county() if ctx.fact("full_time_upper_secondary") else by_municipality()


@rule("NO-SOC-05", version="2023")
def responsible(ctx: Context) -> Outcome:
    """The county also for combined offers of its own, and when nobody can tell."""
    if ctx.fact("full_time_upper_secondary"):
        return by_county()
    combined = ctx.fact("combined_offer") in ctx.parameter("combined_offers_of_county")
    return by_county(message="combined") if combined else by_municipality()


def by_county(message: str = "met") -> Outcome:
    """The county is responsible."""
    return met("COUNTY", message=message)


def by_municipality() -> Outcome:
    """The municipality is responsible."""
    return not_met("MUNICIPALITY")


def conclude(ctx: Context) -> Outcome:
    """The hours, and what is known of the rest; none under chapter 6A."""
    exempt = ctx.applicable("NO-SOC-04")
    if exempt:
        return unknown_with(exempt) if exempt[0].status == UNKNOWN else not_met(answer(hours=0))
    required, left, responsible = ctx.rules("NO-SOC-01", "NO-SOC-02", "NO-SOC-05")
    if required.status == NOT_APPLICABLE:
        return not_applicable()
    time_limit = ctx.applicable("NO-SOC-03")
    value = answer(
        hours=required.value,
        left=left.value,
        last_day=time_limit[0].value if time_limit else None,
        responsible=responsible.value,
    )
    late = NOT_MET in {one.status for one in time_limit}
    return in_parts(
        value,
        [required, *asked(ctx, left, responsible, time_limit)],
        beside=[left, responsible, *time_limit],
        message="late" if late else "",
        hours=required.value,
    )


def asked(ctx: Context, left: Finding, responsible: Finding, time_limit: list[Finding]) -> list[Finding]:
    """What decides besides the hours: a time that is over, and what is asked for and not known."""
    found = [one for one in time_limit if one.status == NOT_MET]
    if ctx.given("training_offer_date", "training_counted_from", "social_test_taken"):
        found += time_limit
    if left.status == UNKNOWN and ctx.given("social_hours_done", "reception_hours", "language_understood"):
        found.append(left)
    if responsible.status == UNKNOWN and ctx.given("full_time_upper_secondary", "combined_offer"):
        found.append(responsible)
    return found


def answer(
    *,
    hours: int | None,
    left: dict[str, Any] | None = None,
    last_day: date | None = None,
    responsible: str | None = None,
) -> dict[str, Any]:
    """The set's answer."""
    hours_left, modules_left = (left["hours"], left["modules"]) if left else (None, None)
    return {
        "hours": hours,
        "hours_left": hours_left,
        "modules_left": modules_left,
        "last_day": last_day,
        "responsible": responsible,
    }


RULE_SET = load_rule_set(
    __file__,
    rules=(
        hours,
        hours_left,
        time_for_older_permits,
        time,
        none_under_the_chapter,
        responsible_before_combined_offers,
        responsible,
    ),
    conclude=conclude,
    uses=(CALENDAR, REGIME),
)
