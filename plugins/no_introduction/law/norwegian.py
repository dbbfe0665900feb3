"""Training in Norwegian: who has the right and the duty, until when, the goal, and the final tests."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from core.sdk.rules import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    Context,
    Finding,
    Outcome,
    birthday,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.calendar import age, last_programme_day
from plugins.no_introduction.law.norwegian_goal import (
    SKILLS,
    goal,
    guide_level,
    guide_level_before_2023,
    guide_level_until_2026,
)
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_ordinary_rules, outside_the_act, outside_the_chapter
from plugins.no_introduction.law.training import end_as_decided, end_of_training, no_count_start


@rule("NO-NOR-01")
def right_and_duty(ctx: Context) -> Outcome:
    """By age and permit."""
    wrong = outside_the_act(ctx) or outside_the_ages(ctx)
    if wrong:
        return wrong
    if ctx.rule("NO-REG-02").status == MET:
        return met("RIGHT_ONLY", message="right_only")
    group = outside_ordinary_rules(ctx) or training_group(ctx)
    if group == "SECTION_27":
        return met("RIGHT_AND_DUTY")
    if group == "SECTION_28":
        return met("DUTY_ONLY", message="duty_only")
    return not_met("NONE") if group == "OUTSIDE" else group


def outside_the_ages(ctx: Context) -> Outcome | None:
    """Why the age stands against a right; None when it does not."""
    born, permit, today = *ctx.facts("birth_date", "permit_decision_date"), ctx.as_of
    least, until = ctx.parameter("training_age_from"), ctx.parameter("training_age_until")
    if age(ctx, permit, born) < least:
        return not_met("NONE", message="too_young", least=least)
    if age(ctx, today, born) >= until:
        return not_met("NONE", message="too_old", day=birthday(born, until), until=until)
    return None


def training_group(ctx: Context) -> Any:
    """As stated, otherwise by the permit."""
    stated = ctx.fact_or("training_group")
    permit = ctx.fact("permit_type") if stated is None else ctx.fact_or("permit_type")
    by_permit = permit in ctx.parameter("permits_of_section_27", on=ctx.as_of)
    if by_permit and stated not in {None, "SECTION_27"}:
        ctx.flag("GROUP_CONTRADICTS_PERMIT")
    return "SECTION_27" if by_permit and stated is None else ctx.fact("training_group")


def outside_group(ctx: Context, group: str) -> Outcome | None:
    """Why a rule about one group is not about this person; None when it is."""
    outside = outside_ordinary_rules(ctx)
    return outside or (None if training_group(ctx) == group else not_applicable(message="other_group"))


@rule("NO-NOR-02", version="2021")
def end_for_older_permits(ctx: Context) -> Outcome:
    """The same lengths, counted from where the municipality has decided."""
    wrong = outside_group(ctx, "SECTION_27") or no_count_start(ctx)
    if wrong:
        return wrong
    months = months_of_norwegian(ctx)
    return ends(ctx, end_as_decided(ctx, months), months)


@rule("NO-NOR-02", version="2023")
def end(ctx: Context) -> Outcome:
    """Counted from the offer."""
    wrong = outside_group(ctx, "SECTION_27")
    if wrong:
        return wrong
    months = months_of_norwegian(ctx)
    return ends(ctx, end_of_training(ctx, months), months)


def months_of_norwegian(ctx: Context) -> int:
    """Fewer for those with upper secondary education."""
    short, day = ctx.fact("edu_level") == "VGS_PLUS", ctx.as_of
    months: int = (
        ctx.parameter("months_of_norwegian_vgs_plus", on=day)
        if short
        else ctx.parameter("months_of_norwegian", on=day)
    )
    return months


def ends(ctx: Context, last: date, months: int) -> Outcome:
    """The last day, or the earlier day on which the level was reached."""
    end = min(last, ctx.fact_or("minimum_level_reached_on", last))
    if end != last:
        return met(end, message="level_reached", day=end)
    return met(last, last=last, months=months, leave=ctx.fact("approved_leave_days"))


@rule("NO-NOR-03")
def hours_of_those_with_duty_only(ctx: Context) -> Outcome:
    """Until the hours are done or the level is reached."""
    outside = outside_group(ctx, "SECTION_28")
    if outside:
        return outside
    hours, reached = ctx.parameter("duty_hours"), ctx.fact_or("minimum_level_reached_on")
    if reached is not None and reached <= ctx.as_of:
        return met(hours, message="level_reached", day=reached)
    done = ctx.fact("norwegian_hours_done")
    return (met if done >= hours else not_met)(hours, hours=hours, done=done)


@rule("NO-NOR-04")
def right_under_the_chapter(ctx: Context) -> Outcome:
    """One year from the start."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    start = ctx.fact("norwegian_start")
    flag_for_chapter(ctx)
    last = last_programme_day(ctx, start, ctx.parameter("months_under_the_chapter"))
    return met(last, start=start, last=last)


def flag_for_chapter(ctx: Context) -> None:
    """A plan is needed; and in a programme the training is an element all the same."""
    if ctx.fact_or("norwegian_plan_made") is False:
        ctx.flag("NORWEGIAN_PLAN_MISSING")
    if ctx.as_of >= ctx.parameter("norwegian_element_from") and ctx.fact_or("in_programme"):
        ctx.flag("NORWEGIAN_IN_PROGRAMME")


@rule("NO-NOR-05")
def extended_under_the_chapter(ctx: Context) -> Outcome:
    """So many months, not too many at a time."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    level, extensions = ctx.facts("edu_level", "norwegian_extensions")
    at_once = ctx.parameter("extension_at_once")
    most = (
        ctx.parameter("extension_most_vgs_plus") if level == "VGS_PLUS" else ctx.parameter("extension_most")
    )
    if any(one["months"] > at_once for one in extensions):
        return not_met(most, message="too_much_at_once", at_once=at_once)
    total = sum(one["months"] for one in extensions)
    return (met if total <= most else not_met)(most, total=total, most=most)


@rule("NO-NOR-09")
def final_tests(ctx: Context) -> Outcome:
    """A duty for those with right and duty; the first attempts are free."""
    outside = outside_group(ctx, "SECTION_27")
    if outside:
        return outside
    attempts = [one["skill"] for one in ctx.fact("final_tests")]
    skills, free = ctx.parameter("tested_skills"), ctx.parameter("free_attempts")
    still_free = [one for one in skills if attempts.count(one) < free]
    untaken = [one for one in skills if one not in attempts]
    return not_met(still_free, untaken=untaken, free=free) if untaken else met(still_free)


def conclude(ctx: Context) -> Outcome:
    """What is known of the right, its end, and the level to aim at."""
    right = ctx.rule("NO-NOR-01")
    if right.status == NOT_APPLICABLE:
        return not_applicable()
    ending = ctx.applicable("NO-NOR-02", "NO-NOR-04")
    hours, extensions = ctx.applicable("NO-NOR-03"), ctx.applicable("NO-NOR-05")
    levels = ctx.applicable("NO-NOR-07", "NO-NOR-08")
    last = last_day(ctx, answered(ending))
    value = {
        "right": right.value,
        "last_day": last,
        "duty_hours": answered(hours),
        "extension_months": answered(extensions),
        **guide(answered(levels)),
    }
    asked = ending if ctx.given("training_offer_date", "training_counted_from", "norwegian_start") else []
    asked = [*asked, *(levels if ctx.given("norwegian_training_form") else [])]
    return in_parts(
        value,
        [right, *asked],
        beside=[*ending, *hours, *extensions, *levels],
        message="until" if last and right.status == MET else "",
        last=last,
    )


def answered(findings: Iterable[Finding]) -> Any:
    """The value of the first that is met or not met."""
    return next((one.value for one in findings if one.status in {MET, NOT_MET}), None)


def last_day(ctx: Context, last: date | None) -> date | None:
    """The end of the training, or the birthday that ends it when that is known to come first."""
    born = ctx.fact_or("birth_date")
    if last is None or born is None:
        return last
    return min(last, birthday(born, ctx.parameter("training_age_until")))


def guide(level: Mapping[str, Any] | None) -> dict[str, Any]:
    """The guide level, where it is known."""
    return {one: level and level[one] for one in (*SKILLS, "grade")}


RULE_SET = load_rule_set(
    __file__,
    rules=(
        right_and_duty,
        end_for_older_permits,
        end,
        hours_of_those_with_duty_only,
        right_under_the_chapter,
        extended_under_the_chapter,
        goal,
        guide_level_until_2026,
        guide_level,
        guide_level_before_2023,
        final_tests,
    ),
    conclude=conclude,
    uses=(CALENDAR, REGIME),
)
