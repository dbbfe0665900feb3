"""Whether a person counts as having completed upper secondary education."""

from typing import Any

from core.sdk.rules import (
    MET,
    UNKNOWN,
    Context,
    Outcome,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
)
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regime import has_collective_protection

UPPER_SECONDARY, PRIMARY = "VGS_PLUS", "PRIMARY"


@rule("NO-EDU-01", version="2021")
def without_definition(ctx: Context) -> Outcome:
    """As stated: no written definition was found."""
    ctx.flag("NO_WRITTEN_DEFINITION")
    return as_stated(ctx)


@rule("NO-EDU-01", version="2023")
def by_the_list(ctx: Context) -> Outcome:
    """By the list for general study competence; as stated while nobody has looked there."""
    fulfilled = ctx.fact_or("gsu_education_met")
    if fulfilled is None:
        return as_stated(ctx)
    return met() if fulfilled else not_met()


def as_stated(ctx: Context) -> Outcome:
    """By the level that the municipality has entered."""
    if ctx.fact("edu_level") == UPPER_SECONDARY:
        return met(message="met_as_stated")
    return not_met(message="not_met_as_stated")


@rule("NO-EDU-02")
def ukrainian_school(ctx: Context) -> Outcome:
    """Only asked for when it was looked at, or when no level is entered."""
    completed = ctx.fact_or("ukrainian_upper_secondary")
    if completed is None and ctx.fact_or("edu_level") is not None:
        return not_applicable(message="level_stated")
    if not ctx.fact("ukrainian_upper_secondary"):
        return not_applicable()
    return met() if has_collective_protection(ctx) else not_met()


@rule("NO-EDU-03")
def evidence(ctx: Context) -> Outcome:
    """What the level rests on, and whether it was corrected."""
    if ctx.fact_or("edu_corrected_on") is not None:
        ctx.flag("REVIEW_AFTER_CORRECTION")
    if ctx.fact("edu_evidence") == "OWN_STATEMENT":
        return met(message="met_by_statement", flags=("OWN_STATEMENT_ONLY",))
    return met()


def has_upper_secondary(ctx: Context) -> bool:
    """Whether the level counts as upper secondary; for the other rule sets too."""
    counts = _counts(ctx)
    stated = ctx.fact_or("edu_level")
    if stated is not None and (stated == UPPER_SECONDARY) != counts:
        ctx.flag("LEVEL_STATED_DIFFERENTLY")
    return counts


def _counts(ctx: Context) -> bool:
    found = ctx.applicable("NO-EDU-01", "NO-EDU-02")
    if any(one.status == MET for one in found):
        return True
    if any(one.status == UNKNOWN for one in found[1:]):
        ctx.value_of("NO-EDU-01")
        return bool(ctx.value_of("NO-EDU-02"))
    return bool(ctx.value_of("NO-EDU-01"))


def conclude(ctx: Context) -> Outcome:
    """The level that the other rules go by."""
    if has_upper_secondary(ctx):
        return met(UPPER_SECONDARY, message="met_upper_secondary")
    abroad: Any = ctx.fact_or("ukrainian_upper_secondary")
    stated = ctx.fact_or("edu_level", UPPER_SECONDARY if abroad else None)
    if stated == UPPER_SECONDARY:
        return met(PRIMARY, message="met_does_not_count")
    return met(ctx.fact("edu_level"))


RULE_SET = load_rule_set(
    __file__,
    rules=(without_definition, by_the_list, ukrainian_school, evidence),
    conclude=conclude,
    uses=(REGIME,),
)
