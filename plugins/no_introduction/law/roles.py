"""Who does what, and when: what the act demands, and what the guide on cooperation advises."""

from datetime import date

from core.sdk.rules import (
    MET,
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
from plugins.no_introduction.law.calendar import limit_after, months_after
from plugins.no_introduction.law.checklists import complete, done_within
from plugins.no_introduction.law.plan import RULE_SET as PLAN
from plugins.no_introduction.law.reporting import RULE_SET as REPORTING


@rule("NO-ROL-01")
def municipality(ctx: Context) -> Outcome:
    """Somebody is responsible for each task."""
    return complete(ctx.parameter("municipality_tasks"), ctx.fact("tasks_with_responsible"))


@rule("NO-ROL-02")
def written_cooperation(ctx: Context) -> Outcome:
    """An agreement with Nav, or routines when the programme lies within Nav."""
    ctx.flag("ADVICE")
    agreed: date | None = ctx.fact_or("cooperation_written_on")
    return not_met() if agreed is None else met(agreed=agreed)


def regularly(ctx: Context, last: date | None, months: int) -> Outcome:
    """Counted from the last time, or from when the cooperation was written down."""
    ctx.flag("ADVICE")
    since: date = ctx.fact("cooperation_written_on") if last is None else last
    return done_within(since, months_after(ctx, since, months), ctx.as_of)


@rule("NO-ROL-03")
def meeting_of_leaders(ctx: Context) -> Outcome:
    """To evaluate, report and plan."""
    return regularly(ctx, ctx.fact_or("leaders_met_on"), ctx.setting("LEADERS_MEETING_MONTHS"))


@rule("NO-ROL-04")
def meeting_of_advisers(ctx: Context) -> Outcome:
    """On cases."""
    return regularly(ctx, ctx.fact_or("advisers_met_on"), ctx.setting("ADVISERS_MEETING_MONTHS"))


@rule("NO-ROL-05")
def status_report(ctx: Context) -> Outcome:
    """On results and sub-goals."""
    return regularly(ctx, ctx.fact_or("status_reported_on"), ctx.setting("STATUS_REPORT_MONTHS"))


@rule("NO-ROL-06")
def evaluation(ctx: Context) -> Outcome:
    """Of the agreement; the municipality calls the meeting."""
    return regularly(ctx, ctx.fact_or("agreement_evaluated_on"), ctx.setting("EVALUATION_MONTHS"))


def done_by(done: date | None, due: date, as_of: date) -> Outcome:
    """Met when it was done by a day, or that day has not passed."""
    if done is None:
        return met(due, message="open", due=due) if as_of <= due else not_met(due, due=due)
    return met(due, done=done) if done <= due else not_met(due, due=due)


@rule("NO-ROL-07")
def involving_nav(ctx: Context) -> Outcome:
    """Before or at the plan, when Nav is needed."""
    ctx.flag("ADVICE")
    if not ctx.fact("nav_is_needed"):
        return not_applicable()
    return done_by(ctx.fact_or("nav_involved_on"), ctx.fact("plan_date"), ctx.as_of)


@rule("NO-ROL-08")
def help_of_nav(ctx: Context) -> Outcome:
    """From the start of the programme."""
    ctx.flag("ADVICE")
    if ctx.as_of < ctx.fact("programme_start"):
        return not_applicable()
    return complete(ctx.parameter("nav_help"), ctx.fact("nav_help"))


@rule("NO-ROL-09")
def help_to_work(ctx: Context) -> Outcome:
    """When the goal is work."""
    ctx.flag("ADVICE")
    if ctx.fact("goal") != "WORK":
        return not_applicable()
    return complete(ctx.parameter("nav_help_to_work"), ctx.fact("nav_help"))


@rule("NO-ROL-10")
def following_up(ctx: Context) -> Outcome:
    """Nav takes over before the end, for those who need it."""
    ctx.flag("ADVICE")
    if not ctx.fact("needs_follow_up"):
        return not_applicable()
    return done_by(ctx.fact_or("nav_took_over_on"), ctx.fact("programme_last_day"), ctx.as_of)


@rule("NO-ROL-11")
def county(ctx: Context) -> Outcome:
    """Career guidance before the decision, registered in time."""
    decided: date = ctx.fact("decision_date")
    guided: date | None = ctx.fact_or("guided_on")
    if guided is None:
        return done_by(None, decided, ctx.as_of)
    if guided > decided:
        return not_met(decided, due=decided)
    limit = limit_after(ctx, guided, ctx.parameter("registration_months"))
    registered: date | None = ctx.fact_or("guidance_registered_on")
    if (ctx.as_of if registered is None else registered) > limit:
        return not_met(limit, message="not_registered", due=limit)
    return met(limit, done=guided)


@rule("NO-ROL-14")
def employer(ctx: Context) -> Outcome:
    """As the agreement on the practice says."""
    ctx.flag("ADVICE")
    if not ctx.fact("has_practice"):
        return not_applicable()
    return complete(ctx.parameter("employer_tasks"), ctx.fact("employer_tasks"))


@rule("NO-ROL-16")
def coordination(ctx: Context) -> Outcome:
    """With other services; a children's coordinator takes the lead."""
    if not ctx.fact("needs_other_services"):
        return not_applicable()
    if ctx.fact("has_childrens_coordinator"):
        return met("CHILDRENS_COORDINATOR", message="by_coordinator")
    return met("MUNICIPALITY") if ctx.fact("services_are_coordinated") else not_met("MUNICIPALITY")


def conclude(ctx: Context) -> Outcome:
    """What must and what should be done now; advice that is not followed is a hint and no breach."""
    musts = ctx.applicable("NO-ROL-01", "NO-ROL-11", "NO-ROL-16")
    advice = ctx.applicable(
        "NO-ROL-02",
        "NO-ROL-03",
        "NO-ROL-04",
        "NO-ROL-05",
        "NO-ROL-06",
        "NO-ROL-07",
        "NO-ROL-08",
        "NO-ROL-09",
        "NO-ROL-10",
        "NO-ROL-14",
    )
    value = {
        "must": left_undone(musts),
        "should": left_undone(advice),
    }
    message = "hints" if value["should"] and all_of(musts) == MET else ""
    return in_parts(value, musts, beside=advice, message=message)


def left_undone(found: list[Finding]) -> list[str] | None:
    """The rules that are not met; None when that is not known of all, and of none for sure."""
    undone = [one.rule_id for one in found if one.status == NOT_MET]
    return undone if undone or all_of(found) != UNKNOWN else None


RULE_SET = load_rule_set(
    __file__,
    rules=(
        municipality,
        written_cooperation,
        meeting_of_leaders,
        meeting_of_advisers,
        status_report,
        evaluation,
        involving_nav,
        help_of_nav,
        help_to_work,
        following_up,
        county,
        employer,
        coordination,
    ),
    conclude=conclude,
    uses=(PLAN, REPORTING),
)
