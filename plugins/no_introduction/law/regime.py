"""Which act applies to a person's matter, and whether the chapter on collective protection does."""

from datetime import date

from core.sdk.rules import (
    Context,
    Outcome,
    all_of,
    load_rule_set,
    met,
    not_met,
    rule,
    unknown,
    unknown_with,
)


@rule("NO-REG-01")
def act(ctx: Context) -> Outcome:
    """By the day of the permit, or of the arrival for those who applied from abroad."""
    permit: date = ctx.fact("permit_decision_date")
    start: date = ctx.parameter("integration_act_from")
    if permit >= start:
        return met("INTEGRATION_ACT", permit=permit)
    if ctx.fact("applied_from_abroad"):
        arrival: date = ctx.fact("arrival_date")
        if arrival >= start:
            return met("INTEGRATION_ACT", message="met_by_arrival", arrival=arrival)
    return not_met("INTRO_ACT", permit=permit)


def has_collective_protection(ctx: Context) -> bool:
    """As stated, otherwise by the kind of permit; a flag when the two contradict each other."""
    stated, permit = ctx.fact_or("is_s34"), ctx.fact_or("permit_type")
    if stated is None:
        return bool(ctx.fact("permit_type") == "S34")
    if permit is not None and stated != (permit == "S34"):
        ctx.flag("S34_CONTRADICTS_PERMIT")
    return bool(stated)


@rule("NO-REG-02")
def collective_chapter(ctx: Context) -> Outcome:
    """The same text in three periods."""
    if not has_collective_protection(ctx):
        return not_met()
    permit: date = ctx.fact("permit_decision_date")
    return met(permit=permit) if permit >= ctx.parameter("collective_permits_from") else not_met()


@rule("NO-REG-03")
def ordinary_rules(ctx: Context) -> Outcome:
    """Whoever does not hold the permit of section 34 in person."""
    return not_met() if has_collective_protection(ctx) else met()


@rule("NO-REG-04")
def new_rights_after_collective_protection(ctx: Context) -> Outcome:
    """Met when nothing stands in the way of new rights."""
    earlier: date | None = ctx.fact_or("s34_decision_date")
    if earlier is None or has_collective_protection(ctx):
        return met()
    return not_met(flags=("NO_NEW_RIGHTS",))


@rule("NO-REG-05")
def pending_law(ctx: Context) -> Outcome:
    """Which amendments an administrator has switched on."""
    day = ctx.as_of
    switches = {
        "AGE60_IN_FORCE": ctx.switch("AGE60_IN_FORCE", on=day),
        "DECLARATION_IN_FORCE": ctx.switch("DECLARATION_IN_FORCE", on=day),
    }
    in_force = [key for key, on in switches.items() if on]
    return met(in_force, switches=in_force) if in_force else not_met(in_force)


@rule("NO-REG-06")
def temporary_deviations(ctx: Context) -> Outcome:
    """A table that is empty today."""
    groups = ctx.parameter("deviating_groups")
    return unknown("TEMPORARY_DEVIATION") if groups else not_met()


def conclude(ctx: Context) -> Outcome:
    """The act; and under it no new rights when an earlier decision stands in the way."""
    chosen = ctx.value_of("NO-REG-01")
    earlier = ctx.applicable("NO-REG-04") if ctx.given("s34_decision_date") else []
    match all_of(earlier):
        case "unknown":
            return unknown_with(earlier, chosen)
        case "not_met":
            return met(chosen, message="no_new_rights")
        case _:
            return met(chosen)


RULE_SET = load_rule_set(
    __file__,
    rules=(
        act,
        collective_chapter,
        ordinary_rules,
        new_rights_after_collective_protection,
        pending_law,
        temporary_deviations,
    ),
    conclude=conclude,
)
