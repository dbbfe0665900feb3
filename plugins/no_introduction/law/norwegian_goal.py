"""The goal of the training in Norwegian and the guide level behind it. Rules of the set `norwegian`."""

from collections.abc import Mapping
from typing import Any

from core.sdk.rules import (
    UNKNOWN,
    Context,
    Outcome,
    met,
    not_applicable,
    not_met,
    rule,
    unknown,
    unknown_with,
)

SKILLS = ("listening", "reading", "writing", "oral")


@rule("NO-NOR-06")
def goal(ctx: Context) -> Outcome:
    """Not below the guide level at the start; later lowered only when needed, a level at a time."""
    former, chosen = ctx.fact_or("former_norwegian_goal"), ctx.fact("norwegian_goal")
    return first_goal(ctx, chosen) if former is None else changed_goal(ctx, former, chosen)


def first_goal(ctx: Context, chosen: Mapping[str, str]) -> Outcome:
    """Compared with the guide level."""
    found = ctx.applicable("NO-NOR-07", "NO-NOR-08")
    if not found or found[0].status == UNKNOWN:
        return unknown_with(found) if found else not_applicable(message="no_guide")
    guide = found[0].value
    if guide["oral"] is None:
        return not_applicable(message="by_grade")
    below = [one for one in SKILLS if steps_up(ctx, chosen[one], guide[one]) > 0]
    return not_met(below=below) if below else met()


def changed_goal(ctx: Context, former: Mapping[str, str], chosen: Mapping[str, str]) -> Outcome:
    """Compared with the goal before."""
    lowered = [steps_up(ctx, chosen[one], former[one]) for one in SKILLS]
    if max(lowered) > ctx.parameter("levels_lowered_at_once"):
        return not_met(message="too_far")
    if max(lowered) > 0:
        return met(message="lowered") if ctx.fact("lowering_needed") else not_met(message="no_need")
    if ctx.fact_or("fast_progress") and min(lowered) == 0:
        return not_met(message="not_raised")
    return met(message="kept")


def steps_up(ctx: Context, lower: str, higher: str) -> int:
    """How many levels the second is above the first."""
    levels: tuple[str, ...] = ctx.parameter("language_levels")
    return levels.index(higher) - levels.index(lower)


@rule("NO-NOR-07", version="2023")
def guide_level_until_2026(ctx: Context) -> Outcome:
    """The wording for preparatory training for adults is another."""
    if ctx.fact("norwegian_training_form") == "PREPARATORY":
        return unknown("PREPARATORY_BEFORE_2026")
    return guide_level_of(ctx)


@rule("NO-NOR-07", version="2026")
def guide_level(ctx: Context) -> Outcome:
    """By education and form of training."""
    return guide_level_of(ctx)


def guide_level_of(ctx: Context) -> Outcome:
    """A grade at school, otherwise levels."""
    form, grade = ctx.fact("norwegian_training_form"), ctx.parameter("grade_in_norwegian")
    if form == "UPPER_SECONDARY":
        return met(level((None,) * len(SKILLS), grade), message="by_grade", grade=grade)
    if form == "PREPARATORY":
        levels = ctx.parameter("guide_in_preparatory_training")
        return met(level(levels, grade), message="by_grade_or_levels", grade=grade, **named(levels))
    levels = levels_by_education(ctx)
    return met(level(levels), **named(levels))


def levels_by_education(ctx: Context) -> tuple[str, ...]:
    """Listening, reading, writing and oral."""
    education = ctx.fact("edu_level")
    if education == "VGS_PLUS":
        return levels_of_highly_educated(ctx)
    levels: tuple[str, ...] = (
        ctx.parameter("guide_primary") if education == "PRIMARY" else ctx.parameter("guide_no_primary")
    )
    return levels


def levels_of_highly_educated(ctx: Context) -> tuple[str, ...]:
    """Higher when it has to be documented."""
    documented = ctx.fact("must_be_documented")
    levels: tuple[str, ...] = (
        ctx.parameter("guide_vgs_plus_documented") if documented else ctx.parameter("guide_vgs_plus")
    )
    return levels


@rule("NO-NOR-08")
def guide_level_before_2023(ctx: Context) -> Outcome:
    """For those with upper secondary education, as it is believed to have been."""
    if ctx.fact("edu_level") != "VGS_PLUS":
        return not_applicable(message="other_education")
    levels = ctx.parameter("old_guide_vgs_plus")
    return met(level(levels), **named(levels))


def level(levels: tuple[str | None, ...], grade: int | None = None) -> dict[str, Any]:
    """The guide level as an answer."""
    return {**dict(zip(SKILLS, levels, strict=True)), "grade": grade}


def named(levels: tuple[str, ...]) -> dict[str, Any]:
    """The levels by skill, for messages."""
    return dict(zip(SKILLS, levels, strict=True))
