"""What is an individual decision, and until when it can be appealed."""

from collections.abc import Iterable
from datetime import date

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
)
from plugins.no_introduction.law.calendar import NORWEGIAN, appeal_limit
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR


@rule("NO-PRC-01")
def individual_decision(ctx: Context) -> Outcome:
    """By the matter; a change of plan when it is material, a deduction when it is large."""
    matter = ctx.fact("matter")
    if matter not in ctx.parameter("individual_decisions"):
        return not_met()
    if matter == "PLAN_CHANGE":
        return met() if ctx.fact("change_is_material") else not_met(message="not_material")
    if matter == "DEDUCTION":
        return met() if ctx.fact("deduction_is_large") else not_met(message="small_deduction")
    return met()


@rule("NO-PRC-02")
def appeal(ctx: Context) -> Outcome:
    """To the state administrator, counted from when the notice arrived; the value is the last day."""
    if NOT_MET in [one.status for one in ctx.rules("NO-PRC-01", "NO-PRC-03")]:
        return not_applicable()
    limit = appeal_limit(ctx, ctx.fact("notice_arrived_on"))
    appealed: date | None = ctx.fact_or("appealed_on")
    if appealed is None:
        return (
            met(limit, limit=limit) if ctx.as_of <= limit else not_met(limit, message="passed", limit=limit)
        )
    if appealed <= limit:
        return met(limit, message="in_time", appealed=appealed, limit=limit)
    return not_met(limit, flags=("APPEAL_LATE",), appealed=appealed, limit=limit)


@rule("NO-PRC-03")
def ones_own_matter(ctx: Context) -> Outcome:
    """The benefit of somebody else cannot be appealed."""
    return not_met() if ctx.fact("about_another_participant") else met()


@rule("NO-PRC-04")
def child_welfare(ctx: Context) -> Outcome:
    """Serious concern is reported whatever confidentiality says."""
    if not ctx.fact("serious_concern_for_child"):
        return not_applicable()
    reported: date | None = ctx.fact_or("concern_reported_on")
    return not_met() if reported is None else met(reported=reported)


@rule("NO-PRC-05")
def responsibility(ctx: Context) -> Outcome:
    """Stays with the municipality."""
    return met("MUNICIPALITY", message="hired") if ctx.fact("done_by_others") else met("MUNICIPALITY")


def conclude(ctx: Context) -> Outcome:
    """Whether it is an individual decision that can be appealed, and until when."""
    decision, own, limit = ctx.rules("NO-PRC-01", "NO-PRC-03", "NO-PRC-02")
    if decision.status == NOT_APPLICABLE:
        return not_applicable()
    value = {
        "individual_decision": decision.value,
        "can_be_appealed": both((decision.value, own.value)),
        "appeal_until": limit.value,
    }
    if decision.status == NOT_MET:
        return in_parts(value, [decision])
    unclear = [one for one in (own, limit) if one.status == UNKNOWN]
    return in_parts(value, [decision, *unclear], message=said_of(own, limit), limit=limit.value)


def both(answers: Iterable[bool | None]) -> bool | None:
    """Yes when all are, no when one is no, otherwise not known."""
    found = set(answers)
    return False if False in found else (None if None in found else True)


def said_of(own: Finding, limit: Finding) -> str:
    """The message of an individual decision."""
    if own.status == NOT_MET:
        return "not_for_others"
    return "passed" if limit.status == NOT_MET else MET


RULE_SET = load_rule_set(
    __file__,
    rules=(individual_decision, appeal, ones_own_matter, child_welfare, responsibility),
    conclude=conclude,
    uses=(CALENDAR,),
    working_days=NORWEGIAN,
)
