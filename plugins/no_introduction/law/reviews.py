"""When the plan is gone through again, and what a printed trail has to show."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.sdk.rules import (
    NOT_APPLICABLE,
    Context,
    Outcome,
    birthday,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.calendar import months_after
from plugins.no_introduction.law.checklists import complete, done_within
from plugins.no_introduction.law.plan import RULE_SET as PLAN
from plugins.no_introduction.law.plan import outside_section_15


def last_looked_at(ctx: Context) -> date:
    """The day of the last review, or of the plan when there was none."""
    last: date | None = ctx.fact_or("last_review_on")
    return ctx.fact("plan_date") if last is None else last


@rule("NO-REV-01")
def after_a_change(ctx: Context) -> Outcome:
    """The act names no interval; a material change always calls for a review."""
    outside = outside_section_15(ctx)
    if outside:
        return outside
    changed: date | None = ctx.fact_or("material_change_on")
    last = last_looked_at(ctx)
    return not_met(changed=changed) if changed is not None and changed > last else met(last=last)


@rule("NO-REV-02")
def interval(ctx: Context) -> Outcome:
    """As the tenant has chosen, within what is reasonable."""
    months = ctx.setting("REVIEW_MONTHS")
    if not ctx.parameter("review_months_min") <= months <= ctx.parameter("review_months_max"):
        return unknown("REVIEW_MONTHS_OUTSIDE", message="outside", months=months)
    last = last_looked_at(ctx)
    return done_within(last, months_after(ctx, last, months), ctx.as_of)


@rule("NO-REV-03")
def triggers(ctx: Context) -> Outcome:
    """What has happened since the plan was last looked at, and what is near."""
    last, today = last_looked_at(ctx), ctx.as_of
    changes = ctx.fact("changes_in_life")
    listed = [(one["kind"], one["day"]) for one in changes if counts(ctx, one["kind"], one["working_days"])]
    happened = dict.fromkeys(kind for kind, day in [*listed, *near(ctx)] if last < day <= today)
    if happened:
        return not_met(list(happened), happened=list(happened))
    ctx.facts("programme_last_day", "birth_date")
    return met([])


def counts(ctx: Context, kind: str, working_days: int | None) -> bool:
    """Everything in the list does, but for leave that is known to be short."""
    return kind != "LEAVE" or working_days is None or working_days > ctx.parameter("short_leave_days")


def near(ctx: Context) -> Iterable[tuple[str, date]]:
    """The days from which something that is known beforehand calls for a review."""
    last_day: date | None = ctx.fact_or("programme_last_day")
    if last_day is not None:
        yield "END", last_day - timedelta(days=ctx.parameter("days_before_end"))
    threshold: date | None = ctx.fact_or("work_hours_from")
    if threshold is not None:
        yield "WORK_HOURS", threshold - timedelta(days=ctx.parameter("days_before_work_hours"))
    born: date | None = ctx.fact_or("birth_date")
    if born is not None:
        yield "AGE", birthday(born, ctx.parameter("age_of_review"))


@rule("NO-REV-04")
def trail(ctx: Context) -> Outcome:
    """What supervision looks for in these years."""
    return complete(ctx.parameter("plan_trail"), ctx.fact("plan_trail"))


def conclude(ctx: Context) -> Outcome:
    """The day of the next review, and why one is due now."""
    routine = ctx.rule("NO-REV-02")
    if routine.status == NOT_APPLICABLE:
        return not_applicable()
    changed, opening = ctx.applicable("NO-REV-01"), ctx.applicable("NO-REV-03")
    value = {"next_review": routine.value, "triggers": opening[0].value if opening else []}
    return in_parts(value, [*changed, *opening, routine], due=routine.value)


RULE_SET = load_rule_set(
    __file__, rules=(after_a_change, interval, triggers, trail), conclude=conclude, uses=(PLAN, CALENDAR)
)
