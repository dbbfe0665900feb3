"""The municipality's time limits, and what is done before the decision."""

from datetime import date, timedelta

from core.sdk.rules import (
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
    unknown,
)
from plugins.no_introduction.law.calendar import NORWEGIAN, limit_after, programme_days
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regime import has_collective_protection

BOTH = ("decision_date", "programme_start")


def first_day(ctx: Context) -> date:
    """The day of settlement, or of the claim when the person is not settled by agreement."""
    day: date = ctx.fact("settled_date") if ctx.fact("settled_by_agreement") else ctx.fact("claim_date")
    return day


def start_limit(ctx: Context) -> date:
    """The last day for decision and start; a day off does not move it."""
    limit = limit_after(ctx, first_day(ctx), ctx.parameter("start_months"))
    if not programme_days(ctx).is_working_day(limit):
        ctx.flag("LIMIT_ON_DAY_OFF")
    return limit


@rule("NO-DL-01")
def decision_and_start(ctx: Context) -> Outcome:
    """Both on or before the last day."""
    limit = start_limit(ctx)
    decided, started = ctx.fact_or("decision_date"), ctx.fact_or("programme_start")
    days = [day for day in (decided, started) if day is not None]
    if any(day > limit for day in days):
        return not_met(limit, limit=limit, late=max(days))
    missing = [key for key, day in zip(BOTH, (decided, started), strict=True) if day is None]
    if not missing:
        return met(limit, limit=limit)
    if ctx.as_of > limit:
        return unknown("LIMIT_PASSED", message="passed", missing=missing, limit=limit)
    return unknown(message="open", missing=missing, limit=limit)


@rule("NO-DL-02")
def mapping(ctx: Context) -> Outcome:
    """Before the plan, and of all that it has to cover."""
    if has_collective_protection(ctx):
        return not_applicable()
    mapped, planned = ctx.fact_or("mapped_on"), ctx.fact_or("plan_date")
    if mapped is None:
        return not_met(message="not_done")
    if planned is not None and mapped > planned:
        return not_met(message="after_plan", mapped=mapped, planned=planned)
    return met(mapped=mapped) if ctx.fact("mapping_complete") else not_met(mapped=mapped)


@rule("NO-DL-03", version="2022")
def collective_mapping_before_june_2023(ctx: Context) -> Outcome:
    """A right without a duty."""
    return not_met("RIGHT_ONLY") if has_collective_protection(ctx) else not_applicable()


@rule("NO-DL-03", version="2023")
def collective_mapping(ctx: Context) -> Outcome:
    """A duty for those in a programme."""
    return met("RIGHT_AND_DUTY") if has_collective_protection(ctx) else not_applicable()


@rule("NO-DL-04")
def guidance(ctx: Context) -> Outcome:
    """Before the decision and after the mapping; those with collective protection need no recommendation."""
    guided, mapped = ctx.fact_or("guided_on"), ctx.fact_or("mapped_on")
    if guided is None:
        return not_met(message="not_done")
    if guided > ctx.fact("decision_date"):
        return not_met(message="after_decision", guided=guided)
    if mapped is None or mapped > guided:
        return not_met(message="before_mapping", guided=guided)
    if has_collective_protection(ctx):
        return met(message="met_right_only", guided=guided)
    return met(guided=guided) if ctx.fact("guidance_recommends") else not_met(guided=guided)


@rule("NO-DL-05")
def ready_to_decide(ctx: Context) -> Outcome:
    """Without a mapping the plan has nothing to rest on; guidance ought to be there."""
    mapped, guided = ctx.fact_or("mapped_on"), ctx.fact_or("guided_on")
    if mapped is None:
        return not_met(flags=("MAPPING_MISSING",))
    if mapped > ctx.on:
        return not_met(message="mapped_later", flags=("MAPPING_MISSING",), mapped=mapped)
    if guided is None or guided > ctx.on:
        return met(message="met_without_guidance", flags=("GUIDANCE_MISSING",))
    return met()


@rule("NO-DL-06")
def plan_and_contract(ctx: Context) -> Outcome:
    """On the day of the decision."""
    decided, planned, agreed = ctx.facts("decision_date", "plan_date", "contract_date")
    values = {"decided": decided, "planned": planned, "agreed": agreed}
    return met(**values) if decided == planned == agreed else not_met(**values)


@rule("NO-DL-07")
def offer_of_training(ctx: Context) -> Outcome:
    """Counted from the earlier of registration and claim."""
    days = [day for day in (ctx.fact_or("registered_on"), ctx.fact_or("claim_date")) if day is not None]
    first = min(days) if days else ctx.fact("registered_on")
    limit = limit_after(ctx, first, ctx.parameter("training_months"))
    if ctx.fact_or("training_offer_date", ctx.as_of) > limit:
        return not_met(limit, limit=limit)
    return met(limit, limit=limit)


@rule("NO-DL-08")
def reminders(ctx: Context) -> Outcome:
    """Some days after the first day, and on the last working day before the last."""
    first, limit = first_day(ctx), start_limit(ctx)
    days = [first + timedelta(days=number) for number in ctx.parameter("reminder_days")]
    last = programme_days(ctx).before(limit)
    return met([*days, last], days=days, last=last)


def conclude(ctx: Context) -> Outcome:
    """The limits; not met when decision, start or the offer of training came too late."""
    start, reminded, training = ctx.rule("NO-DL-01"), ctx.rule("NO-DL-08"), ctx.applicable("NO-DL-07")
    if start.status == NOT_APPLICABLE:
        return not_applicable()
    limit = None if reminded.status == UNKNOWN else start_limit(ctx)
    value = {
        "deadline": limit,
        "warn_from": limit and programme_days(ctx).before(limit),
        "reminders": reminded.value,
        "training_deadline": training[0].value if training else None,
    }
    asked = [*([start] if is_settled(start) else []), *(training if asks_for_training(ctx) else [])]
    late = "training_late" if start.status != NOT_MET and NOT_MET in {one.status for one in asked} else ""
    return in_parts(value, [reminded, *asked], beside=[start, *training], message=late, limit=limit)


def is_settled(start: Finding) -> bool:
    """Whether decision and start came in time or late, or the time for them is over."""
    return start.status != UNKNOWN or "LIMIT_PASSED" in start.flags


def asks_for_training(ctx: Context) -> bool:
    """Whether the registration from which the time for the offer is counted, or the offer, is known."""
    return ctx.given("registered_on", "training_offer_date")


RULE_SET = load_rule_set(
    __file__,
    rules=(
        decision_and_start,
        mapping,
        collective_mapping_before_june_2023,
        collective_mapping,
        guidance,
        ready_to_decide,
        plan_and_contract,
        offer_of_training,
        reminders,
    ),
    conclude=conclude,
    uses=(CALENDAR, REGIME),
    working_days=NORWEGIAN,
)
