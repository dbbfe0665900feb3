"""Practice at a workplace: of Nav or of the municipality, how long, and when it is reviewed."""

from datetime import date

from core.sdk.rules import (
    Context,
    Outcome,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.calendar import last_programme_day, months_after


@rule("NO-WPL-01")
def three_party_agreement(ctx: Context) -> Outcome:
    """Who signs, and what it says."""
    outside = outside_the_measure(ctx)
    if outside:
        return outside
    parties, contents = ctx.facts("practice_parties", "practice_contents")
    lacking = [one for one in ctx.parameter("required_parties") if one not in parties]
    lacking += [one for one in ctx.parameter("required_contents") if one not in contents]
    return not_met(lacking, lacking=lacking) if lacking else met()


def outside_the_measure(ctx: Context) -> Outcome | None:
    """Why the regulation on labour market measures is not about this practice; None when it is."""
    return None if ctx.value_of("NO-WPL-05") == "NAV_MEASURE" else not_applicable(message="by_municipality")


@rule("NO-WPL-02")
def length(ctx: Context) -> Outcome:
    """A year, longer with reduced work capacity; Nav looks at the length now and then."""
    outside = outside_the_measure(ctx)
    if outside:
        return outside
    first, last = ctx.facts("practice_first_day", "practice_last_day")
    flag_wrong_order(ctx, first, last)
    latest = latest_last_day(ctx, first, last)
    if last > latest:
        return not_met(latest, last=last, latest=latest)
    due = length_review_due(ctx, first, last)
    if min(ctx.as_of, last) > due:
        return not_met(latest, message="review_late", due=due)
    return met(latest, last=last, latest=latest)


def flag_wrong_order(ctx: Context, first: date, last: date) -> None:
    """A last day before the first is for a person to look at."""
    if last < first:
        ctx.flag("DAYS_IN_WRONG_ORDER")


def latest_last_day(ctx: Context, first: date, last: date) -> date:
    """The last day allowed; whether capacity is reduced is asked only when it matters."""
    usual, longer = ctx.parameter("measure_months"), ctx.parameter("extra_months_reduced_capacity")
    latest = last_programme_day(ctx, first, usual)
    if last > latest and ctx.fact("reduced_work_capacity"):
        return last_programme_day(ctx, first, usual + longer)
    return latest


def length_review_due(ctx: Context, first: date, last: date) -> date:
    """The day by which Nav looks at the length again; earlier looks are asked for only when they matter."""
    months = ctx.parameter("months_between_length_reviews")
    due = months_after(ctx, first, months)
    return months_after(ctx, ctx.fact("last_length_review"), months) if min(ctx.as_of, last) > due else due


@rule("NO-WPL-03")
def discussed(ctx: Context) -> Outcome:
    """With those whom the employees have elected; and without employment."""
    outside = outside_the_measure(ctx)
    if outside:
        return outside
    talked, employed = ctx.facts("discussed_with_employees", "employed_at_practice")
    if employed:
        return not_met(message="employed")
    return met() if talked else not_met()


@rule("NO-WPL-04")
def mentor(ctx: Context) -> Outcome:
    """Half a year, as a rule."""
    outside = outside_the_measure(ctx)
    if outside:
        return outside
    if not ctx.fact("has_mentor"):
        return not_applicable(message="no_mentor")
    first, last = ctx.facts("mentor_first_day", "mentor_last_day")
    flag_wrong_order(ctx, first, last)
    latest = last_programme_day(ctx, first, ctx.parameter("mentor_months"))
    if last > latest:
        return not_met(latest, flags=("MENTOR_LONGER",), last=last, latest=latest)
    return met(latest, last=last, latest=latest)


@rule("NO-WPL-05")
def framework(ctx: Context) -> Outcome:
    """Which rules a practice is under follows from its kind."""
    by_nav = ctx.fact("practice_type") in ctx.parameter("practice_of_nav")
    return met("NAV_MEASURE") if by_nav else met("MUNICIPALITY", message="by_municipality")


@rule("NO-WPL-06")
def reviews(ctx: Context) -> Outcome:
    """Soon after the start, and then regularly."""
    if ctx.fact("practice_type") in ctx.parameter("practice_without_review"):
        return not_applicable(message="visit")
    first, last, held = ctx.facts("practice_first_day", "practice_last_day", "practice_reviews")
    due = review_due(ctx, first, [one["day"] for one in held])
    if min(ctx.as_of, last) > due:
        return not_met(due, due=due)
    return not_applicable(message="none_left", last=last) if due > last else met(due, due=due)


def review_due(ctx: Context, first: date, held: list[date]) -> date:
    """The day by which the next review is held."""
    if held:
        return months_after(ctx, max(held), ctx.setting("PRACTICE_REVIEW_MONTHS"))
    return months_after(ctx, first, ctx.setting("PRACTICE_FIRST_REVIEW_MONTHS"))


def conclude(ctx: Context) -> Outcome:
    """Under which rules, how long, and when the next review is due; not met when something is lacking."""
    framework = ctx.value_of("NO-WPL-05")
    found = ctx.applicable("NO-WPL-01", "NO-WPL-02", "NO-WPL-03", "NO-WPL-04", "NO-WPL-06")
    values = {one.rule_id: one.value for one in found}
    value = {
        "framework": framework,
        "latest_last_day": values.get("NO-WPL-02"),
        "next_review": values.get("NO-WPL-06"),
    }
    return in_parts(value, [ctx.rule("NO-WPL-05"), *found])


RULE_SET = load_rule_set(
    __file__,
    rules=(three_party_agreement, length, discussed, mentor, framework, reviews),
    conclude=conclude,
    uses=(CALENDAR,),
)
