"""The integration contract, and the declaration that is to take its place."""

from datetime import date

from core.sdk.rules import (
    NOT_APPLICABLE,
    Context,
    Outcome,
    in_parts,
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


OF_THE_DOCUMENT = (
    "contract_signed_by",
    "contract_contents",
    "contract_date",
    "declaration_contents",
    "plan_date",
)


def conclude(ctx: Context) -> Outcome:
    """Which document goes with the plan, what it has to hold, and what it lacks."""
    contract, declaration = ctx.rules("NO-CTR-01", "NO-CTR-02")
    refused = ctx.applicable("NO-CTR-03")
    one, document = (
        (contract, "CONTRACT") if declaration.status == NOT_APPLICABLE else (declaration, "DECLARATION")
    )
    if one.status == NOT_APPLICABLE:
        return not_applicable()
    if any(name not in OF_THE_DOCUMENT for name in one.missing):
        return unknown_with([one])
    value = {
        "document": document,
        "required": required(ctx, document),
        "missing": one.value,
        "document_of_new_plans": new_document(ctx),
    }
    return in_parts(value, [one], beside=refused, document=document)


def required(ctx: Context, document: str) -> list[str]:
    """What the document has to hold, and who signs it."""
    day = ctx.fact_or("plan_date", ctx.as_of)
    if document == "CONTRACT":
        return [*ctx.parameter("contract_contents", on=day), *ctx.parameter("contract_parties", on=day)]
    return [*ctx.parameter("declaration_contents", on=day), "PARTICIPANT"]


def new_document(ctx: Context) -> str:
    """What goes with a plan that is drawn up on the day of the question."""
    return "DECLARATION" if ctx.switch("DECLARATION_IN_FORCE", on=ctx.as_of) else "CONTRACT"


RULE_SET = load_rule_set(__file__, rules=(contract, declaration, refusal), conclude=conclude, uses=(PLAN,))
