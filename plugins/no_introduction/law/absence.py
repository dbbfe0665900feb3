"""Whether an absence is allowed, and on how many of its working days the benefit is kept."""

from collections.abc import Iterable
from datetime import date

from core.sdk.rules import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Context,
    Finding,
    Outcome,
    WorkingDays,
    add_months,
    all_of,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown,
    unknown_with,
)
from plugins.no_introduction.law.absence_days import DAY, working_days_of
from plugins.no_introduction.law.absence_leave import (
    birth,
    breastfeeding,
    holiday,
    holiday_days,
    leave_for_a_job,
    leave_for_long_illness,
    parental_leave,
    peace_work,
    pregnancy,
    religious_days,
    welfare_leave,
)
from plugins.no_introduction.law.absence_limits import first_and_last, is_kind, within, working_days
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.norway.working_days import public_holidays


@rule("NO-ABS-01")
def own_illness(ctx: Context) -> Outcome:
    """With a doctor's certificate, or a self-certificate that is valid."""
    if not is_kind(ctx, "OWN_ILLNESS"):
        return not_applicable()
    if ctx.fact("certificate") == "DOCTOR":
        return met(working_days(ctx))
    return met(ctx.value_of("NO-ABS-02")) if _is_met(ctx) else not_met(ctx.value_of("NO-ABS-02"))


def _is_met(ctx: Context) -> bool:
    return ctx.rule("NO-ABS-02").status == MET


@rule("NO-ABS-02")
def self_certificate(ctx: Context) -> Outcome:
    """Valid after some weeks in the programme, for some calendar days at a time."""
    if not is_kind(ctx, "OWN_ILLNESS", "CHILD_ILLNESS") or ctx.fact("certificate") == "DOCTOR":
        return not_applicable()
    if ctx.fact("certificate") == "NONE":
        return not_met(0, message="no_certificate")
    first, last = first_and_last(ctx)
    withdrawn: date | None = ctx.fact_or("self_certification_withdrawn_on")
    if withdrawn is not None and withdrawn <= first:
        return not_met(0, message="withdrawn", day=withdrawn)
    since = first_day_of_self_certificates(ctx)
    if first < since:
        return _too_early(ctx, since)
    doctor = first + DAY * max(0, ctx.parameter("self_certificate_days") - _days_counted_together(ctx))
    if last < doctor:
        return met(working_days(ctx), doctor=doctor)
    return not_met(len(working_days_of(ctx, first, doctor - DAY)), message="doctor", doctor=doctor)


def _too_early(ctx: Context, since: date) -> Outcome:
    child = ctx.rule("NO-ABS-03")
    return unknown_with([child]) if child.status == UNKNOWN else not_met(0, message="too_early", since=since)


def first_day_of_self_certificates(ctx: Context) -> date:
    """The first day on which the participant may certify illness without a doctor."""
    start: date = ctx.fact("programme_start")
    return start + DAY * 7 * ctx.parameter("self_certificate_after_weeks")


def _days_counted_together(ctx: Context) -> int:
    """The uncertified days of an earlier absence that is so near that they count too."""
    earlier: date | None = ctx.fact_or("previous_absence_last_day")
    first, _ = first_and_last(ctx)
    if earlier is None or first > earlier + DAY * ctx.parameter("self_certificate_gap_days"):
        return 0
    days: int = max(0, ctx.fact("previous_uncertified_days"))
    return days


@rule("NO-ABS-03")
def child_ill_in_the_first_weeks(ctx: Context) -> Outcome:
    """The text makes no exception, older guidance does: a person decides."""
    if not is_kind(ctx, "CHILD_ILLNESS") or ctx.fact("certificate") != "SELF":
        return not_applicable()
    first, _ = first_and_last(ctx)
    since = first_day_of_self_certificates(ctx)
    if first < since:
        return unknown("CHILD_ILLNESS_FIRST_WEEKS", message="early", since=since)
    return not_met(since=since)


@rule("NO-ABS-04")
def withdrawal_of_self_certificates(ctx: Context) -> Outcome:
    """After many self-certified absences, or on doubt; re-assessed within some months."""
    withdrawn: date | None = ctx.fact_or("self_certification_withdrawn_on")
    if withdrawn is not None:
        until = add_months(withdrawn, ctx.parameter("withdrawal_months"))
        return met({"reassess_by": until}, message="withdrawn", day=withdrawn, until=until)
    number, doubt = ctx.fact_or("self_certified_absences"), ctx.fact_or("reasonable_doubt")
    limit = ctx.parameter("withdrawal_absences")
    if doubt or (number is not None and number >= limit):
        return met({"reassess_by": None}, limit=limit)
    asked = {"self_certified_absences": number, "reasonable_doubt": doubt}
    missing = [key for key, value in asked.items() if value is None]
    return unknown(message="missing", missing=missing) if missing else not_met(limit=limit)


@rule("NO-ABS-05")
def age_of_the_child(ctx: Context) -> Outcome:
    """To the end of the calendar year in which the child reaches the age."""
    if not is_kind(ctx, "CHILD_ILLNESS"):
        return not_applicable()
    _, last = first_and_last(ctx)
    years = last.year - ctx.fact("child_birth_date").year
    if years <= ctx.parameter("child_age"):
        return met(working_days(ctx), years=years)
    if ctx.fact("chronic_child") and years <= ctx.parameter("child_age_chronic"):
        return met(working_days(ctx), years=years)
    return not_met(0, years=years)


@rule("NO-ABS-06")
def days_for_children(ctx: Context) -> Outcome:
    """The days in the last twelve months, more for those alone, with many children or a child at risk."""
    return within(ctx, _limit_for_children(ctx)) if is_kind(ctx, "CHILD_ILLNESS") else not_applicable()


def _limit_for_children(ctx: Context) -> int:
    alone, risk = ctx.facts("alone_with_care", "higher_absence_risk")
    if risk:
        at_risk: int = ctx.parameter("child_days_alone_risk") if alone else ctx.parameter("child_days_risk")
        return at_risk
    if ctx.fact("children_in_care") > ctx.parameter("many_children_above"):
        many: int = ctx.parameter("child_days_alone_many") if alone else ctx.parameter("child_days_many")
        return many
    few: int = ctx.parameter("child_days_alone") if alone else ctx.parameter("child_days")
    return few


@rule("NO-ABS-07")
def benefit_stops_in_long_illness(ctx: Context) -> Outcome:
    """The municipality may decide so, but not for days that are self-certified."""
    if not is_kind(ctx, "OWN_ILLNESS"):
        return not_applicable()
    if ctx.fact("certificate") == "SELF":
        return not_met(message="self_certified")
    stopped: date | None = ctx.fact_or("benefit_stopped_from")
    if stopped is not None:
        return met({"stopped_from": stopped}, message="stopped", day=stopped)
    return met({"stopped_from": None}) if ctx.fact("long_illness") else not_met()


def conclude(ctx: Context) -> Outcome:
    """Allowed when all that decides about the kind is met."""
    ctx.facts("absence_kind", "absence_first_day")
    first, last = first_and_last(ctx)
    if last < first:
        return unknown("DAYS_IN_WRONG_ORDER", message="wrong_order", first=first, last=last)
    found = deciding(ctx)
    status = all_of(found) if found else NOT_MET
    if status == NOT_APPLICABLE:
        return not_applicable()
    if status == UNKNOWN:
        value = dict.fromkeys(("allowed", "with_benefit", "days_with_benefit", "hours_with_benefit"))
        return in_parts({**value, "days": working_days(ctx)}, found)
    days, paid = working_days(ctx), _days_with_benefit(ctx, found)
    allowed, kept, hours = status == MET, status == MET and paid == days, None
    if is_kind(ctx, "BREASTFEEDING"):
        allowed, kept, hours = True, status == MET, ctx.value_of("NO-LVE-03")
    value = {
        "allowed": allowed,
        "with_benefit": kept,
        "days": days,
        "days_with_benefit": paid,
        "hours_with_benefit": hours,
    }
    return met(value, days=days, paid=paid) if allowed else not_met(value, days=days, paid=paid)


def deciding(ctx: Context) -> list[Finding]:
    """The rules that decide about the kind; none for absence that nobody has permitted."""
    if is_kind(ctx, "OWN_ILLNESS"):
        return ctx.rules("NO-ABS-01")
    if is_kind(ctx, "CHILD_ILLNESS"):
        return ctx.rules("NO-ABS-05", "NO-ABS-06", "NO-ABS-02")
    return _about_a_birth(ctx) or _about_leave(ctx)


def _about_a_birth(ctx: Context) -> list[Finding]:
    found: list[Finding] = []
    match ctx.fact("absence_kind"):
        case "PREGNANCY" | "PREGNANCY_CHECKUP":
            found = ctx.rules("NO-LVE-01")
        case "BIRTH_MOTHER" | "BIRTH_FATHER":
            found = ctx.rules("NO-LVE-02")
        case "BREASTFEEDING":
            found = ctx.rules("NO-LVE-03")
        case "PARENTAL_LEAVE":
            found = ctx.rules("NO-LVE-06")
    return found


def _about_leave(ctx: Context) -> list[Finding]:
    found: list[Finding] = []
    match ctx.fact("absence_kind"):
        case "WELFARE":
            found = ctx.rules("NO-LVE-04")
        case "PEACE":
            found = ctx.rules("NO-LVE-05")
        case "LONG_ILLNESS":
            found = ctx.rules("NO-LVE-07")
        case "RELIGIOUS_DAY":
            found = ctx.rules("NO-LVE-08")
        case "HOLIDAY":
            found = ctx.rules("NO-LVE-09")
        case "FULL_TIME_JOB":
            found = ctx.rules("NO-LVE-11")
    return found


def _days_with_benefit(ctx: Context, found: Iterable[Finding]) -> int:
    """The fewest that a rule leaves, up to the day before the benefit stops; hours are no days."""
    if is_kind(ctx, "BREASTFEEDING"):
        return 0
    days = [one.value for one in found if one.status in {MET, NOT_MET}]
    if is_kind(ctx, "OWN_ILLNESS"):
        days.append(_days_before_the_stop(ctx))
    return min(days, default=0)


def _days_before_the_stop(ctx: Context) -> int:
    stop = ctx.rule("NO-ABS-07")
    first, last = first_and_last(ctx)
    stopped = stop.value["stopped_from"] if stop.status == MET else None
    return len(working_days_of(ctx, first, last if stopped is None else min(last, stopped - DAY)))


RULE_SET = load_rule_set(
    __file__,
    rules=(
        own_illness,
        self_certificate,
        child_ill_in_the_first_weeks,
        withdrawal_of_self_certificates,
        age_of_the_child,
        days_for_children,
        benefit_stops_in_long_illness,
        pregnancy,
        birth,
        breastfeeding,
        welfare_leave,
        peace_work,
        parental_leave,
        leave_for_long_illness,
        religious_days,
        holiday,
        holiday_days,
        leave_for_a_job,
    ),
    conclude=conclude,
    uses=(REGIME,),
    working_days=WorkingDays(public_holidays, "norway"),
)
