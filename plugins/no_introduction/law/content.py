"""What a programme must hold, and how many hours."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from core.sdk.rules import (
    MET,
    NOT_MET,
    Context,
    Finding,
    Outcome,
    any_of,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
)
from plugins.no_introduction.law.parental_guidance import (
    asks_for_guidance,
    parental,
    parental_guidance,
    parental_guidance_when_capacity_lacks,
)
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_ordinary_rules, outside_the_act, outside_the_chapter


@rule("NO-CNT-01")
def minimum(ctx: Context) -> Outcome:
    """The elements of every programme under the ordinary rules."""
    return outside_ordinary_rules(ctx) or judged(ctx, for_parents(ctx, ctx.parameter("minimum_elements")))


@rule("NO-CNT-02")
def minimum_under_the_chapter_before_2026(ctx: Context) -> Outcome:
    """Fewer elements under collective protection."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    required = for_parents(ctx, ctx.parameter("elements_for_collective"))
    return judged(ctx, required, ctx.parameter("language_offers"))


@rule("NO-CNT-03")
def minimum_under_the_chapter(ctx: Context) -> Outcome:
    """All elements but social studies."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    left_out = ctx.parameter("elements_not_for_collective")
    return judged(
        ctx, for_parents(ctx, [one for one in ctx.parameter("minimum_elements") if one not in left_out])
    )


def for_parents(ctx: Context, elements: Iterable[str]) -> list[str]:
    """The elements, and parental guidance for those who have a child."""
    extra = ctx.parameter("elements_for_parents") if ctx.fact("has_child_under18") else ()
    return [*elements, *extra]


def judged(ctx: Context, required: list[str], language_offers: Iterable[str] = ()) -> Outcome:
    """What is required, and whether the plan has it when a plan is given."""
    if ctx.fact_or("planned_elements") is None:
        return met(required, message="required", elements=required)
    lacking = lacking_elements(ctx, required, language_offers)
    return not_met(required, lacking=lacking) if lacking else met(required, elements=required)


def lacking_elements(ctx: Context, required: list[str], language_offers: Iterable[str]) -> list[str]:
    """What is required and not planned; any language offer will do as one."""
    planned = ctx.fact("planned_elements")
    has_offer = any(one in planned for one in language_offers)
    there = (*planned, "LANGUAGE_OFFER") if has_offer else planned
    return [one for one in required if one not in there]


@rule("NO-CNT-04", version="2021")
def full_time_before_2026(ctx: Context) -> Outcome:
    """Full time, with exceptions under collective protection."""
    if outside_the_chapter(ctx):
        return outside_ordinary_rules(ctx) or full_time(ctx)
    if ctx.fact("programme_start") < ctx.parameter("full_time_for_collective_from"):
        return met("ANY_EXTENT", message="any_extent")
    if not ctx.fact_or("part_time"):
        return met("FULL_TIME")
    if ctx.fact("municipality_lacks_capacity"):
        return met("PART_TIME_ALLOWED", message="no_capacity")
    return not_met("FULL_TIME")


@rule("NO-CNT-04", version="2026")
def full_time_for_all(ctx: Context) -> Outcome:
    """Full time, for all."""
    return outside_the_act(ctx) or full_time(ctx)


def full_time(ctx: Context) -> Outcome:
    """Required; not fulfilled by a plan that is stated to be part time."""
    return not_met("FULL_TIME") if ctx.fact_or("part_time") else met("FULL_TIME")


@rule("NO-CNT-05")
def hours_of_full_time(ctx: Context) -> Outcome:
    """The hours a week that count as full time; upper secondary school counts in itself."""
    if ctx.value_of("NO-CNT-04") != "FULL_TIME":
        return not_applicable(message="no_full_time")
    own_work, target = ctx.fact("considerable_own_work"), weekly_hours(ctx)
    hours: Fraction = ctx.value_of("NO-CNT-07")
    if hours >= target:
        return met(target, hours=hours, target=target, own_work=own_work)
    if ctx.fact("full_time_upper_secondary"):
        return met(target, message="upper_secondary")
    return not_met(target, flags=("HOURS_ARE_GUIDANCE",), hours=hours, target=target)


def weekly_hours(ctx: Context) -> Fraction:
    """The hours of full time, fewer when the elements ask for much work of one's own."""
    own_work = ctx.fact("considerable_own_work")
    hours: Fraction = (
        ctx.parameter("hours_with_own_work") if own_work else ctx.parameter("hours_of_full_time")
    )
    return hours


@rule("NO-CNT-06")
def weeks_of_the_year(ctx: Context) -> Outcome:
    """All weeks but those of the holiday."""
    extent = ctx.value_of("NO-CNT-04")
    if extent == "ANY_EXTENT":
        return not_applicable(message="no_full_time")
    required: int = ctx.parameter("weeks_per_year") - ctx.parameter("holiday_weeks")
    planned = ctx.fact_or("planned_weeks_per_year")
    if planned is None:
        return met(required, message="required", required=required)
    return (met if planned >= required else not_met)(required, required=required, planned=planned)


@rule("NO-CNT-07")
def hours_a_week(ctx: Context) -> Outcome:
    """Lessons and other hours together, each counted as it is."""
    lessons, other = ctx.facts("lessons_per_week", "other_hours_per_week")
    longer = ctx.setting("LESSONS_COUNT_LONGER")
    minutes = ctx.parameter("lesson_counts_minutes") if longer else ctx.parameter("lesson_minutes")
    hours = (lessons * minutes + other * ctx.parameter("other_hour_minutes")) / MINUTES_IN_AN_HOUR
    return met(hours, flags=("LESSON_MINUTES",) if lessons else (), hours=hours, minutes=minutes)


MINUTES_IN_AN_HOUR = Fraction(60)


@rule("NO-CNT-08")
def no_programme_time(ctx: Context) -> Outcome:
    """Own study without follow-up, and long school holidays."""
    hours, school_year = ctx.facts("unfollowed_study_hours", "follows_school_year")
    if school_year:
        return not_met(message="school_year")
    return not_met(hours=hours) if hours > 0 else met()


@rule("NO-CNT-09")
def life_skills(ctx: Context) -> Outcome:
    """Hours by education."""
    return outside_life_skills(ctx) or judged_hours(ctx, *hours_by_education(ctx))


def hours_by_education(ctx: Context) -> tuple[int, int]:
    """Migration, health and diversity; career competence."""
    if ctx.fact("edu_level") == "VGS_PLUS":
        return ctx.parameter("life_skills_health_vgs_plus"), ctx.parameter("life_skills_career_vgs_plus")
    return ctx.parameter("life_skills_health"), ctx.parameter("life_skills_career")


@rule("NO-CNT-10")
def life_skills_before_2026(ctx: Context) -> Outcome:
    """The same hours for all."""
    health, career = ctx.parameter("old_life_skills_health"), ctx.parameter("old_life_skills_career")
    return outside_life_skills(ctx) or judged_hours(ctx, health, career)


def outside_life_skills(ctx: Context) -> Outcome | None:
    """Why life skills are no element of this programme; None when they are."""
    if outside_the_chapter(ctx):
        return outside_ordinary_rules(ctx)
    if ctx.as_of < ctx.parameter("life_skills_for_collective_from", on=ctx.as_of):
        return not_applicable(message="collective_protection")
    return None


def judged_hours(ctx: Context, health: int, career: int) -> Outcome:
    """What is required, and whether the plan has it when hours are given."""
    required: dict[str, Any] = {"health": health, "career": career}
    if ctx.fact_or("life_skills_health_hours") is None and ctx.fact_or("life_skills_career_hours") is None:
        return met(required, message="required", **required)
    planned_health, planned_career = ctx.facts("life_skills_health_hours", "life_skills_career_hours")
    enough = planned_health >= health and planned_career >= career
    return (met if enough else not_met)(
        required, **required, planned_health=planned_health, planned_career=planned_career
    )


@rule("NO-CNT-13")
def fitted(ctx: Context) -> Outcome:
    """A point of the checklist."""
    return outside_the_act(ctx) or (met() if ctx.fact("content_fitted") else not_met())


@rule("NO-CNT-14")
def coordinated(ctx: Context) -> Outcome:
    """A point of the checklist."""
    return outside_the_act(ctx) or (met() if ctx.fact("services_coordinated") else not_met())


def conclude(ctx: Context) -> Outcome:
    """What is required on the day; not met when the plan as given falls short of it."""
    minima = ctx.applicable("NO-CNT-01", "NO-CNT-02", "NO-CNT-03")
    if not minima:
        return not_applicable()
    extent, weeks = ctx.rules("NO-CNT-04", "NO-CNT-06")
    life_skills, guidance = ctx.applicable("NO-CNT-09", "NO-CNT-10"), parental(ctx)
    hours, elements = first_answer(life_skills), first_answer(minima)
    value = {
        "elements": elements and elements.value,
        "missing_elements": elements and lacking_in_plan(ctx, elements),
        "extent": extent.value,
        "weekly_hours": target_hours(ctx, extent),
        "weeks_per_year": weeks.value,
        "life_skills_health_hours": hours and hours.value["health"],
        "life_skills_career_hours": hours and hours.value["career"],
        "guidance_enough": {MET: True, NOT_MET: False}.get(any_of(guidance)),
    }
    asked, beside = [*minima, extent, weeks, *points(ctx)], ctx.applicable("NO-CNT-05")
    for part, is_asked in ((life_skills, asks_for_life_skills(ctx)), (guidance, asks_for_guidance(ctx))):
        (asked if is_asked else beside).extend(part)
    return in_parts(value, asked, beside=beside, elements=value["elements"])


def asks_for_life_skills(ctx: Context) -> bool:
    """Whether the decision that settles the hours, or the hours of the plan, are known."""
    return ctx.given("decision_date", "life_skills_health_hours", "life_skills_career_hours")


def points(ctx: Context) -> list[Finding]:
    """What else is stated about the programme."""
    found: list[Finding] = []
    if ctx.given("unfollowed_study_hours", "follows_school_year"):
        found += ctx.applicable("NO-CNT-08")
    if ctx.given("content_fitted"):
        found += ctx.applicable("NO-CNT-13")
    return [*found, *(ctx.applicable("NO-CNT-14") if ctx.given("services_coordinated") else ())]


def first_answer(findings: Iterable[Finding]) -> Finding | None:
    """The first that is met or not met."""
    return next((one for one in findings if one.status in {MET, NOT_MET}), None)


def lacking_in_plan(ctx: Context, minimum: Finding) -> Any:
    """The elements that the plan lacks; None when no plan is given."""
    if ctx.fact_or("planned_elements") is None:
        return None
    offers = ctx.parameter("language_offers") if minimum.rule_id == "NO-CNT-02" else ()
    return lacking_elements(ctx, minimum.value, offers)


def target_hours(ctx: Context, extent: Finding) -> Fraction | None:
    """The hours a week of full time, where it is required and known which."""
    known = extent.value == "FULL_TIME" and ctx.fact_or("considerable_own_work") is not None
    return weekly_hours(ctx) if known else None


RULE_SET = load_rule_set(
    __file__,
    rules=(
        minimum,
        minimum_under_the_chapter_before_2026,
        minimum_under_the_chapter,
        full_time_before_2026,
        full_time_for_all,
        hours_of_full_time,
        weeks_of_the_year,
        hours_a_week,
        no_programme_time,
        life_skills,
        life_skills_before_2026,
        parental_guidance,
        parental_guidance_when_capacity_lacks,
        fitted,
        coordinated,
    ),
    conclude=conclude,
    uses=(REGIME,),
)
