"""Which final goals the programme may have."""

from datetime import date

from core.sdk.rules import (
    MET,
    NOT_MET,
    Context,
    Finding,
    Outcome,
    all_of,
    any_of,
    birthday,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown_with,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.calendar import age
from plugins.no_introduction.law.education import RULE_SET as EDUCATION
from plugins.no_introduction.law.education import has_upper_secondary
from plugins.no_introduction.law.regime import has_collective_protection
from plugins.no_introduction.law.which_act import is_under_integration_act

BY_EDUCATION = ("NO-GOAL-08", "NO-GOAL-02", "NO-GOAL-03", "NO-GOAL-04", "NO-GOAL-05")


@rule("NO-GOAL-01")
def one_goal(ctx: Context) -> Outcome:
    """Whether a goal is set."""
    return met(ctx.fact("goal"))


@rule("NO-GOAL-02")
def with_upper_secondary(ctx: Context) -> Outcome:
    """From 2026."""
    return met(ctx.parameter("goals_with_upper_secondary")) if has_upper_secondary(ctx) else not_applicable()


@rule("NO-GOAL-03")
def with_upper_secondary_before_2026(ctx: Context) -> Outcome:
    """Unless the rule for collective protection goes first."""
    if not has_upper_secondary(ctx):
        return not_applicable()
    collective = ctx.applicable("NO-GOAL-08")
    if collective:
        return not_applicable() if any_of(collective) == MET else unknown_with(collective)
    return met(ctx.parameter("goals_with_upper_secondary"))


@rule("NO-GOAL-04")
def without_upper_secondary(ctx: Context) -> Outcome:
    """From 2026."""
    return (
        not_applicable() if has_upper_secondary(ctx) else met(ctx.parameter("goals_without_upper_secondary"))
    )


@rule("NO-GOAL-05")
def without_upper_secondary_before_2026(ctx: Context) -> Outcome:
    """School below upper secondary was a goal too."""
    return (
        not_applicable() if has_upper_secondary(ctx) else met(ctx.parameter("goals_without_upper_secondary"))
    )


@rule("NO-GOAL-06", version="2021")
def young_before_2026(ctx: Context) -> Outcome:
    """The main rule, with exceptions that the law did not count up."""
    return of_young(ctx, "MAIN_RULE")


@rule("NO-GOAL-06", version="2026")
def young(ctx: Context) -> Outcome:
    """The rule."""
    return of_young(ctx)


def of_young(ctx: Context, *flags: str) -> Outcome:
    """Complete upper secondary education, unless a reason against it is recorded."""
    if has_upper_secondary(ctx):
        return not_applicable()
    born: date = ctx.fact("birth_date")
    limit: int = ctx.parameter("complete_school_below_age")
    flag_other_days(ctx, birthday(born, limit))
    if age(ctx, ctx.on, born) >= limit:
        return not_met()
    if False in {ctx.fact_or("wants_upper_secondary"), ctx.fact_or("can_complete_upper_secondary")}:
        return met(ctx.parameter("goals_of_young_with_reason"), message="met_with_reason")
    ctx.facts("wants_upper_secondary", "can_complete_upper_secondary")
    return met(ctx.parameter("goals_of_young"), flags=flags)


def flag_other_days(ctx: Context, turning: date) -> None:
    """Flag an age that is another one on another day that the law might mean."""
    days = (ctx.fact_or("permit_decision_date"), ctx.fact_or("programme_start"))
    if any(day is not None and (day < turning) != (ctx.on < turning) for day in days):
        ctx.flag("DAY_OF_AGE_OPEN")


@rule("NO-GOAL-07")
def older(ctx: Context) -> Outcome:
    """By the age on the day of the permit, as for the target group."""
    born: date = ctx.fact("birth_date")
    limit: int = ctx.parameter("only_work_above_age")
    if age(ctx, ctx.on, born) <= limit:
        return not_met()
    if age(ctx, ctx.fact("permit_decision_date"), born) <= limit:
        return not_met(message="not_met_at_permit", flags=("DAY_OF_AGE_OPEN",))
    return met(ctx.parameter("goals_of_older"))


@rule("NO-GOAL-08")
def collective_protection_before_2026(ctx: Context) -> Outcome:
    """Chapter 6A had its own words for those with upper secondary education."""
    if not has_collective_protection(ctx):
        return not_applicable()
    if has_upper_secondary(ctx):
        return met(ctx.parameter("goals_with_collective_protection"))
    return met(ctx.value_of("NO-GOAL-05"), message="met_as_others")


@rule("NO-GOAL-09")
def change(ctx: Context) -> Outcome:
    """A change takes a decision, before it takes effect."""
    changed = ctx.fact_or("goal_changed_on")
    if changed is None:
        return not_applicable()
    decided = ctx.fact("goal_change_decision_date")
    return met(decided=decided) if decided <= changed else not_met(decided=decided, changed=changed)


def deciding(ctx: Context) -> list[Finding]:
    """The narrowest rule goes first."""
    for found in (ctx.applicable("NO-GOAL-07"), ctx.applicable("NO-GOAL-06")):
        if found and all_of(found) != NOT_MET:
            return found
    return ctx.applicable(*BY_EDUCATION)


def conclude(ctx: Context) -> Outcome:
    """The goals that are allowed; not met when another one is set."""
    if not is_under_integration_act(ctx):
        return not_applicable(message="former_act")
    found = deciding(ctx)
    allowed = next((one.value for one in found if one.status == MET), None)
    if allowed is None:
        return unknown_with(found) if found else not_applicable()
    goal = ctx.fact_or("goal", allowed[0])
    return met(allowed) if goal in allowed else not_met(allowed)


RULE_SET = load_rule_set(
    __file__,
    rules=(
        one_goal,
        with_upper_secondary,
        with_upper_secondary_before_2026,
        without_upper_secondary,
        without_upper_secondary_before_2026,
        young_before_2026,
        young,
        older,
        collective_protection_before_2026,
        change,
    ),
    conclude=conclude,
    uses=(CALENDAR, EDUCATION),
)
