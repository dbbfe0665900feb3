"""What an integration plan has to hold, and how it is made, by the law of the day it is drawn up."""

from core.sdk.rules import (
    NOT_MET,
    UNKNOWN,
    Context,
    Finding,
    Outcome,
    all_of,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
)
from plugins.no_introduction.law.checklists import complete, lacking, lists_of
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_ordinary_rules, outside_the_act, outside_the_chapter
from plugins.no_introduction.law.which_act import is_under_integration_act


def outside_act_of(ctx: Context) -> Outcome | None:
    """Why no rule of the act is about this plan; None when they are, as for a plan that says its rules."""
    return None if ctx.fact_or("plan_rules") else outside_the_act(ctx)


def outside_ordinary_plans(ctx: Context) -> Outcome | None:
    """Why the ordinary rules are not about this plan: by what it says itself, otherwise by the permit."""
    stated = ctx.fact_or("plan_rules")
    if stated is None:
        return outside_ordinary_rules(ctx)
    return None if stated == "ORDINARY" else not_applicable(message="collective_protection")


def outside_chapter_6a(ctx: Context) -> Outcome | None:
    """Why chapter 6A is not about this plan: by what it says itself, otherwise by the permit."""
    stated = ctx.fact_or("plan_rules")
    if stated is None:
        return outside_the_chapter(ctx)
    return None if stated == "CHAPTER_6A" else not_applicable(message="no_collective_protection")


def outside_section_15(ctx: Context) -> Outcome | None:
    """Why the section on plans is not about this matter: for some years it left out chapter 6A."""
    return outside_ordinary_plans(ctx) if ctx.parameter("groups_without_full_plan") else outside_act_of(ctx)


@rule("NO-PLN-01")
def contents(ctx: Context) -> Outcome:
    """For those under the ordinary rules."""
    return outside_ordinary_plans(ctx) or complete(ctx.parameter("plan_contents"), ctx.fact("plan_contents"))


@rule("NO-PLN-02")
def reasons(ctx: Context) -> Outcome:
    """Why these elements."""
    return outside_section_15(ctx) or complete(ctx.parameter("plan_reasons"), ctx.fact("plan_contents"))


@rule("NO-PLN-03")
def made_together(ctx: Context) -> Outcome:
    """With the participant, on what is known, and with word of the right to have prior learning assessed."""
    outside = outside_act_of(ctx)
    if outside:
        return outside
    if not ctx.fact("plan_made_with_participant"):
        return not_met(message="not_together")
    rests_on = ctx.fact("plan_rests_on")
    missing = lacking(basis(ctx), rests_on)
    if missing:
        return not_met(lacking=missing)
    if ctx.fact("needs_prior_learning_assessment") and not ctx.fact("told_of_prior_learning_assessment"):
        return not_met(message="not_told")
    return met(flags=() if "GUIDANCE" in rests_on else ("PLAN_WITHOUT_GUIDANCE",))


def basis(ctx: Context) -> list[str]:
    """What the plan rests on; earlier elements when there were any."""
    earlier = ("EARLIER_ELEMENTS",) if ctx.fact("elements_before_settlement") else ()
    return [*ctx.parameter("plan_basis"), *earlier]


@rule("NO-PLN-04")
def contents_before_2026(ctx: Context) -> Outcome:
    """The long-term goal stood in the contract."""
    return outside_section_15(ctx) or complete(ctx.parameter("plan_contents"), ctx.fact("plan_contents"))


@rule("NO-PLN-05")
def contents_in_the_chapter(ctx: Context) -> Outcome:
    """A short plan."""
    return outside_chapter_6a(ctx) or complete(ctx.parameter("plan_contents_s34"), ctx.fact("plan_contents"))


@rule("NO-PLN-06")
def full_contents_in_the_chapter(ctx: Context) -> Outcome:
    """Follows from the repeal of the exception, and is not said in plain words."""
    outside = outside_chapter_6a(ctx)
    if outside:
        return outside
    ctx.flag("S34_PLAN_FROM_2026")
    return complete(ctx.parameter("plan_contents_s34"), ctx.fact("plan_contents"))


@rule("NO-PLN-07")
def joint_plan(ctx: Context) -> Outcome:
    """One plan for programme and Norwegian."""
    return outside_section_15(ctx) or (met() if ctx.fact("plan_is_joint") else not_met())


@rule("NO-PLN-08")
def disagreement(ctx: Context) -> Outcome:
    """The municipality decides; both views are kept."""
    outside = outside_section_15(ctx)
    if outside:
        return outside
    if not ctx.fact("plan_disputed"):
        return not_applicable()
    return met() if ctx.fact("both_views_recorded") else not_met(flags=("VIEWS_NOT_RECORDED",))


@rule("NO-PLN-09")
def former_plan(ctx: Context) -> Outcome:
    """Kept so that old matters can be read."""
    if ctx.fact_or("plan_rules") or is_under_integration_act(ctx):
        return not_applicable()
    ctx.flag("FORMER_ACT")
    return complete(ctx.parameter("former_plan_contents"), ctx.fact("plan_contents"))


def conclude(ctx: Context) -> Outcome:
    """What the plan has to hold and lacks; not met when something is lacking in it or in how it was made."""
    written = ctx.applicable("NO-PLN-01", "NO-PLN-02", "NO-PLN-04", "NO-PLN-05", "NO-PLN-06", "NO-PLN-09")
    if not written:
        return not_applicable()
    made = ctx.applicable("NO-PLN-03", "NO-PLN-07", "NO-PLN-08")
    missing, steps = lists_of(written), [one.rule_id for one in made if one.status == NOT_MET]
    value = {
        "required": [each for one in written for each in required(ctx, one)],
        "missing": missing if missing or all_of(written) != UNKNOWN else None,
        "steps": steps if steps or all_of(made) != UNKNOWN else None,
    }
    message = "steps" if steps and not missing else ""
    return in_parts(value, [*written, *made], message=message, lacking=missing)


def required(ctx: Context, written: Finding) -> list[str]:
    """What a rule on the contents asks for; nothing while it is not known whether it applies."""
    day, names = ctx.fact_or("plan_date", ctx.as_of), ()
    if not {*written.missing} <= {"plan_contents"}:
        return []
    match written.rule_id:
        case "NO-PLN-01" | "NO-PLN-04":
            names = ctx.parameter("plan_contents", on=day)
        case "NO-PLN-05" | "NO-PLN-06":
            names = ctx.parameter("plan_contents_s34", on=day)
        case "NO-PLN-02":
            names = ctx.parameter("plan_reasons", on=day)
        case _:
            names = ctx.parameter("former_plan_contents", on=day)
    return [*names]


RULE_SET = load_rule_set(
    __file__,
    rules=(
        contents,
        reasons,
        made_together,
        contents_before_2026,
        contents_in_the_chapter,
        full_contents_in_the_chapter,
        joint_plan,
        disagreement,
        former_plan,
    ),
    conclude=conclude,
    uses=(REGIME,),
)
