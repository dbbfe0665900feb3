"""Time off and leave: what is allowed, and on how many working days the benefit is kept."""

from datetime import date
from fractions import Fraction
from typing import Any

from core.sdk.rules import (
    Context,
    Outcome,
    add_months,
    age_on,
    birthday,
    met,
    not_applicable,
    not_met,
    rounded,
    rule,
    unknown,
)
from plugins.no_introduction.law.absence_days import DAY, working_days_of
from plugins.no_introduction.law.absence_limits import (
    first_and_last,
    is_kind,
    over_new_year,
    within,
    working_days,
)


@rule("NO-LVE-01")
def pregnancy(ctx: Context) -> Outcome:
    """Check-ups without a limit, other days with one."""
    if is_kind(ctx, "PREGNANCY_CHECKUP"):
        return met(working_days(ctx), message="checkup")
    if not is_kind(ctx, "PREGNANCY"):
        return not_applicable()
    return within(ctx, ctx.parameter("pregnancy_days"))


@rule("NO-LVE-02")
def birth(ctx: Context) -> Outcome:
    """The father when the parents live together and he cares for the child."""
    if is_kind(ctx, "BIRTH_MOTHER"):
        return within(ctx, ctx.parameter("birth_days_mother"))
    if not is_kind(ctx, "BIRTH_FATHER"):
        return not_applicable()
    if not ctx.fact("lives_with_mother_and_cares"):
        return not_met(0, message="not_caring")
    return within(ctx, ctx.parameter("birth_days_father"))


@rule("NO-LVE-03")
def breastfeeding(ctx: Context) -> Outcome:
    """The hours a day with benefit."""
    if not is_kind(ctx, "BREASTFEEDING"):
        return not_applicable()
    _, last = first_and_last(ctx)
    turns = birthday(ctx.fact("child_birth_date"), ctx.parameter("breastfeeding_until_age"))
    if last >= turns:
        return not_met(Fraction(0), turns=turns)
    most: Fraction = ctx.parameter("breastfeeding_hours")
    hours = min(most, max(Fraction(0), ctx.fact("breastfeeding_hours_a_day")))
    return met(hours, hours=hours, turns=turns)


def granted_within(ctx: Context, limit: int) -> Outcome:
    """Leave that the municipality may grant, up to a number of days in a calendar year."""
    if over_new_year(ctx):
        return unknown("SPLIT_BY_CALENDAR_YEAR", message="two_years")
    granted: bool | None = ctx.fact_or("leave_granted")
    if granted is None:
        return unknown("MUNICIPALITY_MAY_GRANT", message="missing", missing=("leave_granted",))
    return within(ctx, limit) if granted else not_met(0, message="refused")


@rule("NO-LVE-04")
def welfare_leave(ctx: Context) -> Outcome:
    """May be granted."""
    if not is_kind(ctx, "WELFARE"):
        return not_applicable()
    return granted_within(ctx, ctx.parameter("welfare_days"))


@rule("NO-LVE-05")
def peace_work(ctx: Context) -> Outcome:
    """May be granted."""
    if not is_kind(ctx, "PEACE"):
        return not_applicable()
    return granted_within(ctx, ctx.parameter("peace_days"))


@rule("NO-LVE-06")
def parental_leave(ctx: Context) -> Outcome:
    """Without benefit, in the child's first year, with room for what is reserved for the other parent."""
    if not is_kind(ctx, "PARENTAL_LEAVE"):
        return not_applicable()
    refused = _outside_the_first_year(ctx)
    if refused is not None:
        return refused
    first, last = first_and_last(ctx)
    months = ctx.parameter("parental_months") - max(0, ctx.fact("leave_months_used"))
    end = add_months(first, months) - DAY
    if last > end:
        return not_met(0, message="too_long", end=end)
    room = len(working_days_of(ctx, first, end)) - _reserved_for_the_other(ctx)
    days = working_days(ctx)
    if days > room:
        return not_met(0, message="reserved", days=days, room=max(0, room))
    follow_up = add_months(first, ctx.parameter("parental_months_before_follow_up"))
    if last < follow_up:
        return met(0, follow_up=follow_up)
    return met(0, message="follow_up", flags=("FOLLOW_UP_DUE",), follow_up=follow_up)


def _outside_the_first_year(ctx: Context) -> Outcome | None:
    first, last = first_and_last(ctx)
    born: date = ctx.fact("child_birth_date")
    if ctx.fact_or("adoption_date") is not None:
        ctx.flag("ADOPTION_YEAR")
        limit = ctx.parameter("adoption_below_age")
        return not_met(0, message="too_old", limit=limit) if age_on(first, born) >= limit else None
    turns = birthday(born, ctx.parameter("parental_until_age"))
    return not_met(0, message="after_the_year", turns=turns) if last >= turns else None


def _reserved_for_the_other(ctx: Context) -> int:
    if not ctx.fact("partner_also_participant"):
        return 0
    return max(0, ctx.parameter("parental_days_reserved") - max(0, ctx.fact("partner_parental_days")))


@rule("NO-LVE-07")
def leave_for_long_illness(ctx: Context) -> Outcome:
    """Without benefit, on a doctor's certificate."""
    if not is_kind(ctx, "LONG_ILLNESS"):
        return not_applicable()
    if ctx.fact("certificate") != "DOCTOR":
        return not_met(0, message="no_doctor")
    return _within_months(ctx, ctx.parameter("long_illness_months"))


def _within_months(ctx: Context, most: int) -> Outcome:
    first, last = first_and_last(ctx)
    end = add_months(first, most - max(0, ctx.fact("leave_months_used"))) - DAY
    return not_met(0, message="too_long", end=end) if last > end else met(0, end=end)


@rule("NO-LVE-08")
def religious_days(ctx: Context) -> Outcome:
    """Chosen working days, told in time."""
    if not is_kind(ctx, "RELIGIOUS_DAY"):
        return not_applicable()
    if over_new_year(ctx):
        return unknown("SPLIT_BY_CALENDAR_YEAR", message="two_years")
    first, _ = first_and_last(ctx)
    latest = first - DAY * ctx.parameter("religious_notice_days")
    if ctx.fact("notice_date") > latest:
        return not_met(0, message="too_late", latest=latest)
    return within(ctx, ctx.parameter("religious_days"))


@rule("NO-LVE-09")
def holiday(ctx: Context) -> Outcome:
    """The municipality sets the time."""
    return within(ctx, ctx.value_of("NO-LVE-10"))


@rule("NO-LVE-10")
def holiday_days(ctx: Context) -> Outcome:
    """The days of holiday, fewer in a programme shorter than a year."""
    if not is_kind(ctx, "HOLIDAY"):
        return not_applicable()
    months = max(0, ctx.fact("programme_months"))
    days, year = ctx.parameter("holiday_days"), ctx.parameter("holiday_full_months")
    share = Fraction(days * min(months, year), year)
    value = int(rounded(share, ctx.parameter("holiday_rounding"), 1))
    shown: dict[str, Any] = {"days": value, "months": months}
    return met(value, flags=("HOLIDAY_PRO_RATA",), **shown) if months < year else not_met(value, **shown)


@rule("NO-LVE-11")
def leave_for_a_job(ctx: Context) -> Outcome:
    """Only the former act has it."""
    if not is_kind(ctx, "FULL_TIME_JOB"):
        return not_applicable()
    if ctx.value_of("NO-REG-01") != "INTRO_ACT":
        return not_met(0, message="no_counterpart")
    return _within_months(ctx, ctx.parameter("job_leave_months"))
