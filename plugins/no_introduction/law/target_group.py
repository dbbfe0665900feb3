"""Who has a right and a duty to take part in the programme, only a right, or may be offered it."""

from datetime import date

from core.sdk.rules import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Context,
    Finding,
    Outcome,
    all_of,
    any_of,
    load_rule_set,
    met,
    missing_for,
    not_applicable,
    not_met,
    rule,
    unknown,
    unknown_with,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.calendar import age, months_after
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regime import has_collective_protection
from plugins.no_introduction.law.which_act import is_under_integration_act

LETTERS = (
    ("S28", "a"),
    ("S35_3", "b"),
    ("S38_1", "c"),
    ("S38_5", "d"),
    ("S34", "e"),
    ("FAMILY", "f"),
    ("S53", "g"),
)
WITHOUT_AGREEMENT = ("f", "g")


def letter(ctx: Context) -> str:
    """The letter of section 9 that the permit falls under; empty for none."""
    if has_collective_protection(ctx):
        return "e"
    return dict(LETTERS).get(ctx.fact("permit_type"), "")


def age_at_permit(ctx: Context) -> int:
    """The age that counts, whatever the age on any later day."""
    permit, born = ctx.facts("permit_decision_date", "birth_date")
    return age(ctx, permit, born)


def has_happened(ctx: Context, day: date | None) -> bool:
    """Whether something with a date has happened by the day of the decision."""
    return day is not None and day <= ctx.on


@rule("NO-TGT-01")
def right_age(ctx: Context) -> Outcome:
    """The highest age is included, which the sources do not all say."""
    years = age_at_permit(ctx)
    lowest, highest = ctx.parameter("age_min"), ctx.parameter("age_max")
    if years == highest:
        ctx.flag("AGE_55")
    within = lowest <= years <= highest
    return met(age=years) if within else not_met(age=years, lowest=lowest, highest=highest)


@rule("NO-TGT-02")
def right_age_when_raised(ctx: Context) -> Outcome:
    """Pending law without a transition rule for permits granted before it."""
    if not ctx.switch("AGE60_IN_FORCE"):
        return not_applicable()
    years, highest = age_at_permit(ctx), ctx.parameter("age_max_pending")
    if not ctx.parameter("age_min") <= years <= highest:
        return not_met(age=years, highest=highest)
    before = years > ctx.parameter("age_max") and not ctx.switch(
        "AGE60_IN_FORCE", on=ctx.fact("permit_decision_date")
    )
    return unknown("AGE60_TRANSITION") if before else met(age=years, highest=highest)


@rule("NO-TGT-03")
def permit_that_counts(ctx: Context) -> Outcome:
    """Letters a to g."""
    found = letter(ctx)
    return met(found, letter=found) if found else not_met()


@rule("NO-TGT-04", version="2021")
def reference_person_without_permanent_residence(ctx: Context) -> Outcome:
    """The text did not yet name those with permanent residence."""
    if letter(ctx) != "f":
        return not_applicable()
    permanent: date | None = ctx.fact_or("reference_permanent_on")
    if permanent is not None and permanent <= ctx.fact("family_application_date"):
        return unknown("FAMILY_OF_PERMANENT_RESIDENT")
    return under_five_years(ctx)


@rule("NO-TGT-04", version="2023")
def reference_person(ctx: Context) -> Outcome:
    """With or without permanent residence."""
    return under_five_years(ctx) if letter(ctx) == "f" else not_applicable()


def under_five_years(ctx: Context) -> Outcome:
    """Settled for less than five years when the family applied."""
    applied, settled = ctx.facts("family_application_date", "reference_settled_date")
    limit = months_after(ctx, settled, ctx.parameter("reference_person_months_max"))
    return met(limit=limit) if applied < limit else not_met(limit=limit)


@rule("NO-TGT-05", version="2021")
def settled_by_agreement(ctx: Context) -> Outcome:
    """Not asked of family and of independent permits."""
    if letter(ctx) in WITHOUT_AGREEMENT:
        return not_applicable()
    return met() if ctx.fact("settled_by_agreement") else not_met()


@rule("NO-TGT-05", version="2023")
def settled_by_agreement_or_once_family(ctx: Context) -> Outcome:
    """Nor of who became a refugee after a family permit."""
    if letter(ctx) in WITHOUT_AGREEMENT:
        return not_applicable()
    if ctx.fact("settled_by_agreement"):
        return met()
    if letter(ctx) == "a" and ctx.fact("had_family_permit"):
        return met(message="met_once_family")
    return not_met()


@rule("NO-TGT-06")
def lived_under_two_years(ctx: Context) -> Outcome:
    """On the day of the decision."""
    limit = months_after(ctx, ctx.fact("residence_start"), ctx.parameter("residence_months_max"))
    return met(limit=limit) if ctx.on < limit else not_met(limit=limit)


@rule("NO-TGT-07")
def neither_nordic_nor_eea(ctx: Context) -> Outcome:
    """Who holds a permit of section 9 needs none as a Nordic citizen or under the EEA agreement."""
    stated: bool | None = ctx.fact_or("nordic_or_eea")
    if stated and ctx.fact_or("permit_type") in dict(LETTERS):
        ctx.flag("NORDIC_CONTRADICTS_PERMIT")
    if stated is not None:
        return not_met() if stated else met()
    return met(message="met_by_permit") if letter(ctx) else unknown(missing=["nordic_or_eea"])


@rule("NO-TGT-08")
def no_job_of_thirty_hours(ctx: Context) -> Outcome:
    """A job that has ended no longer counts."""
    if has_happened(ctx, ctx.fact_or("job_ended_on")):
        return met(message="met_again")
    limit = ctx.parameter("job_hours_exempt")
    hours = ctx.fact("job_hours_per_week")
    return met(hours=hours, limit=limit) if hours < limit else not_met(hours=hours, limit=limit)


@rule("NO-TGT-09")
def job_close_to_full_time(ctx: Context) -> Outcome:
    """The municipality may refuse, and need not."""
    if not has_collective_protection(ctx):
        return not_applicable()
    if has_happened(ctx, ctx.fact_or("job_ended_on")) or not ctx.fact("job_close_to_full_time"):
        return met()
    return not_met(flags=["MUNICIPALITY_MAY_REFUSE"])


@rule("NO-TGT-10", version="before")
def duty_before_the_chapter(ctx: Context) -> Outcome:
    """As for all others."""
    return met("RIGHT_AND_DUTY") if has_collective_protection(ctx) else not_applicable()


@rule("NO-TGT-10", version="right")
def right_under_the_chapter(ctx: Context) -> Outcome:
    """A right alone."""
    return met("RIGHT_ONLY") if has_collective_protection(ctx) else not_applicable()


@rule("NO-TGT-10", version="duty")
def duty_again(ctx: Context) -> Outcome:
    """Follows from the repeal, and is not said in plain words."""
    if not has_collective_protection(ctx):
        return not_applicable()
    return met("RIGHT_AND_DUTY", flags=["S34_DUTY_FROM_2026"])


@rule("NO-TGT-11")
def may_be_offered(ctx: Context) -> Outcome:
    """Three groups, all within the two years."""
    residence = ctx.rule("NO-TGT-06")
    if residence.status == UNKNOWN:
        return unknown_with([residence])
    if residence.status == NOT_MET:
        return not_met(message="not_met_residence")
    permit, years = letter(ctx), age_at_permit(ctx)
    if years < ctx.parameter("age_min"):
        return not_met(message="not_met_young")
    return offer_to_family(ctx, permit) or offer_to_others(ctx, permit, years)


def offer_to_family(ctx: Context, permit: str) -> Outcome | None:
    """Family of other persons than in letter f, and of persons who have lived here for five years."""
    if not permit and ctx.fact("permit_type") == "FAMILY_OTHER":
        return met("FAMILY", message="met_family")
    if permit == "f" and ctx.rule("NO-TGT-04").status == NOT_MET:
        return met("FAMILY", message="met_family", flags=["FAMILY_AFTER_FIVE_YEARS"])
    return None


def offer_to_others(ctx: Context, permit: str, years: int) -> Outcome:
    """Those above the age limit, and those without an agreement."""
    if not permit:
        return not_met()
    raised = ctx.rule("NO-TGT-02").status != NOT_APPLICABLE
    if years > (ctx.parameter("age_max_pending") if raised else ctx.parameter("age_max")):
        return met("AGE", message="met_age")
    if ctx.rule("NO-TGT-05").status == NOT_MET:
        return met("AGREEMENT", message="met_agreement")
    return not_met()


def fallen_away(ctx: Context) -> bool:
    """Whether the person has broken off or turned down."""
    return has_happened(ctx, ctx.fact_or("interrupted_on"))


@rule("NO-TGT-12")
def not_broken_off(ctx: Context) -> Outcome:
    """The municipality's duties fall away; a person looks at the reasons."""
    return not_met(flags=["DUTIES_FALL_AWAY"]) if fallen_away(ctx) else met()


@rule("NO-TGT-12", version="work")
def not_broken_off_but_for_work(ctx: Context) -> Outcome:
    """Those with collective protection who left for work in Norway could come back."""
    if not fallen_away(ctx):
        return met()
    if has_collective_protection(ctx) and ctx.fact("left_for_work"):
        return met(message="met_work")
    return not_met(flags=["DUTIES_FALL_AWAY"])


@rule("NO-TGT-13")
def may_complete(ctx: Context) -> Outcome:
    """Whoever had started when the permit changed."""
    changed: date | None = ctx.fact_or("permit_ended_on")
    if changed is None and ctx.rule("NO-REG-04").status == NOT_MET:
        changed = ctx.fact_or("permit_decision_date")
    if changed is None or not has_happened(ctx, changed):
        return not_applicable()
    return met() if ctx.fact("programme_start") <= changed else not_met()


@rule("NO-TGT-14")
def former_act(ctx: Context) -> Outcome:
    """Kept so that old matters can be read."""
    if ctx.value_of("NO-REG-01") == "INTEGRATION_ACT":
        return not_applicable()
    ctx.flag("FORMER_ACT")
    findings = ctx.rules("NO-TGT-01", "NO-TGT-03", "NO-TGT-05", "NO-TGT-06")
    match all_of(findings):
        case "met":
            return met() if ctx.fact("needs_basic_qualification") else not_met()
        case "unknown":
            return unknown_with(findings)
        case _:
            return not_met()


def conclude(ctx: Context) -> Outcome:
    """What a person has, from the strongest ground to the weakest."""
    if not is_under_integration_act(ctx):
        return as_found(ctx.rule("NO-TGT-14"), "RIGHT_AND_DUTY")
    complete = ctx.applicable("NO-TGT-13")
    outside = [*ctx.rules("NO-REG-04", "NO-TGT-07", "NO-TGT-08", "NO-TGT-12"), *complete]
    if any_of(complete) == MET:
        return not_met("NONE", message="may_complete", flags=["MAY_COMPLETE"])
    if all_of(outside) == NOT_MET:
        return not_met("NONE", message="outside", missing=missing_for(complete))
    inside = [right_by_age(ctx), *ctx.rules("NO-TGT-03", "NO-TGT-04", "NO-TGT-05", "NO-TGT-06")]
    only_offered = all_of(inside) == NOT_MET
    if only_offered:
        inside = [ctx.rule("NO-TGT-11")]
    if all_of(inside) == NOT_MET:
        return not_met("NONE")
    if all_of([*outside, *inside]) == UNKNOWN:
        return unknown_with([*outside, *inside])
    return met("DISCRETIONARY", message="offered") if only_offered else with_right(ctx)


def as_found(found: Finding, value: str) -> Outcome:
    """The finding of the former act as the answer."""
    if found.status == UNKNOWN:
        return unknown_with([found])
    return met(value, message="former_act") if found.status == MET else not_met("NONE")


def right_by_age(ctx: Context) -> Finding:
    """By the limit in force, or by the raised one."""
    usual = ctx.rule("NO-TGT-01")
    if usual.status != NOT_MET:
        return usual
    raised = ctx.rule("NO-TGT-02")
    return usual if raised.status == NOT_APPLICABLE else raised


def with_right(ctx: Context) -> Outcome:
    """A right, and a duty unless the chapter on collective protection takes it away."""
    special, _ = ctx.rules("NO-TGT-10", "NO-TGT-09")
    return met(special.value if special.status == MET else "RIGHT_AND_DUTY")


RULE_SET = load_rule_set(
    __file__,
    rules=(
        right_age,
        right_age_when_raised,
        permit_that_counts,
        reference_person_without_permanent_residence,
        reference_person,
        settled_by_agreement,
        settled_by_agreement_or_once_family,
        lived_under_two_years,
        neither_nordic_nor_eea,
        no_job_of_thirty_hours,
        job_close_to_full_time,
        duty_before_the_chapter,
        right_under_the_chapter,
        duty_again,
        may_be_offered,
        not_broken_off,
        not_broken_off_but_for_work,
        may_complete,
        former_act,
    ),
    conclude=conclude,
    uses=(REGIME, CALENDAR),
)
