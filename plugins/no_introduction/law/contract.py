"""The integration contract, and the declaration that is to take its place."""

from datetime import date

from core.sdk.rules import (
    NOT_MET,
    UNKNOWN,
    Context,
    Outcome,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown_with,
)
from plugins.no_introduction.law.checklists import lacking
from plugins.no_introduction.law.plan import RULE_SET as PLAN
from plugins.no_introduction.law.plan import outside_section_15


@rule("NO-CTR-01")
def contract(ctx: Context) -> Outcome:
    """Between municipality and participant, signed on the day of the plan; nobody else has to sign."""
    if ctx.switch("DECLARATION_IN_FORCE"):
        return not_applicable()
    outside = outside_section_15(ctx)
    if outside:
        return outside
    signed_by, contents = ctx.facts("contract_signed_by", "contract_contents")
    missing = lacking(ctx.parameter("contract_contents"), contents)
    missing += lacking(ctx.parameter("contract_parties"), signed_by)
    if missing:
        return not_met(missing, lacking=missing)
    planned, signed = ctx.facts("plan_date", "contract_date")
    if signed != planned:
        return not_met(missing, message="other_day", planned=planned, signed=signed)
    return met(missing, signed=signed)


@rule("NO-CTR-02")
def declaration(ctx: Context) -> Outcome:
    """For plans drawn up when the amendment is in force; contracts from before stay valid."""
    if not ctx.switch("DECLARATION_IN_FORCE"):
        return not_applicable()
    outside = outside_section_15(ctx)
    if outside:
        return outside
    contents = ctx.fact("declaration_contents")
    missing = lacking(ctx.parameter("declaration_contents"), contents)
    signed: date | None = ctx.fact_or("declaration_signed_on")
    if signed is None:
        missing += ["PARTICIPANT"]
    return not_met(missing, lacking=missing) if missing else met(missing, signed=signed)


@rule("NO-CTR-03")
def refusal(ctx: Context) -> Outcome:
    """Not regulated: it is written down, and neither start nor benefit waits."""
    refused: date | None = ctx.fact_or("signature_refused_on")
    if refused is None:
        return not_applicable()
    ctx.flag("REFUSAL_NOT_REGULATED")
    return met(refused=refused) if ctx.fact("refusal_recorded") else not_met(refused=refused)


def conclude(ctx: Context) -> Outcome:
    """Which document goes with the plan, and what it lacks."""
    found = ctx.applicable("NO-CTR-01", "NO-CTR-02")
    if not found:
        return not_applicable()
    ctx.applicable("NO-CTR-03")
    one = found[0]
    if one.status == UNKNOWN:
        return unknown_with(found)
    document = "CONTRACT" if one.rule_id == "NO-CTR-01" else "DECLARATION"
    value = {"document": document, "missing": one.value}
    return (not_met if one.status == NOT_MET else met)(value, document=document)


RULE_SET = load_rule_set(__file__, rules=(contract, declaration, refusal), conclude=conclude, uses=(PLAN,))
