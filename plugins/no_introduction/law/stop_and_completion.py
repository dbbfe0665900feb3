"""How a programme is stopped or ends, what is handed over before, and the certificates after."""

from datetime import date, timedelta

from core.sdk.rules import (
    MET,
    UNKNOWN,
    Context,
    Outcome,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown,
    unknown_with,
)
from plugins.no_introduction.law.checklists import complete
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_the_chapter


@rule("NO-STP-01")
def stop(ctx: Context) -> Outcome:
    """For good reason in the individual's situation, after hearing the participant; a person decides."""
    ground: str | None = ctx.fact_or("stop_ground")
    if ground is None:
        return not_applicable()
    if ground == "FACE_COVERING":
        return not_applicable(message="face_covering")
    ctx.flag("STOP_IS_A_DECISION")
    if not ctx.fact("stop_assessed_individually"):
        return not_met(message="not_assessed")
    if not happened_before(ctx.fact_or("heard_on"), stop_day(ctx)):
        return not_met()
    return met(flags=("GROUND_NOT_NAMED",) if ground == "OTHER" else ())


def stop_day(ctx: Context) -> date:
    """The day of the decision on the stop, or today while there is none."""
    decided: date | None = ctx.fact_or("stop_decided_on")
    return ctx.as_of if decided is None else decided


def happened_before(first: date | None, then: date) -> bool:
    """Whether something happened at the latest on a day."""
    return first is not None and first <= then


@rule("NO-STP-02")
def face_covering(ctx: Context) -> Outcome:
    """A written warning first, and then for a time only."""
    if ctx.fact_or("stop_ground") != "FACE_COVERING":
        return not_applicable()
    ctx.flag("STOP_IS_A_DECISION")
    if not happened_before(ctx.fact_or("warned_in_writing_on"), stop_day(ctx)):
        return not_met()
    return met() if ctx.fact("stop_is_temporary") else not_met(message="for_good")


@rule("NO-STP-03")
def not_by_a_figure(ctx: Context) -> Outcome:
    """No percentage stands in the act."""
    if ctx.fact_or("stop_ground") != "ABSENCE":
        return not_applicable()
    return not_met() if ctx.fact("stop_rests_on_a_figure") else met()


@rule("NO-END-01")
def end(ctx: Context) -> Outcome:
    """When the goal is reached or the time has run out; the value is the last day."""
    last: date = ctx.fact("programme_last_day")
    reached: date | None = ctx.fact_or("goal_reached_on")
    if reached is not None and reached <= last:
        if reached <= ctx.as_of:
            return met(reached, message="goal", last=reached)
        return not_met(reached, last=reached)
    return met(last, last=last) if last < ctx.as_of else not_met(last, last=last)


@rule("NO-END-02")
def end_by_job(ctx: Context) -> Outcome:
    """The text stood in the paragraph on those with upper secondary education."""
    outside = outside_the_chapter(ctx)
    if outside:
        return outside
    job: date | None = ctx.fact_or("near_full_time_job_on")
    if job is None:
        return not_met()
    return met(job, job=job) if ctx.fact("edu_level") == "VGS_PLUS" else unknown("JOB_END_OTHER_EDUCATION")


@rule("NO-END-03")
def hand_over(ctx: Context) -> Outcome:
    """For those who have not reached the goal; some days before the end."""
    last: date = ctx.fact("programme_last_day")
    if happened_before(ctx.fact_or("goal_reached_on"), ctx.as_of):
        return not_applicable()
    opens = last - timedelta(days=ctx.parameter("hand_over_days"))
    ctx.flag("HAND_OVER_DAY_IS_ADVICE")
    if ctx.fact_or("handed_over_on") is not None:
        return met(opens, message="done")
    return met(opens, opens=opens) if ctx.as_of < opens else not_met(opens, opens=opens, last=last)


def days_of_end(ctx: Context) -> list[date]:
    """The days that ended the programme, in one way or another; none while it runs."""
    found = ctx.applicable("NO-END-01", "NO-END-02")
    stopped: date | None = ctx.fact_or("ended_early_on")
    days = [one.value for one in found if one.status == MET]
    return days if stopped is None else [*days, stopped]


@rule("NO-CRT-01")
def certificate(ctx: Context) -> Outcome:
    """For completed programmes and for those that were broken off."""
    if ctx.fact_or("certificate_issued_on") is not None:
        return met()
    days = days_of_end(ctx)
    if days:
        return not_met(ended=min(days))
    running = ctx.rule("NO-END-01")
    return unknown_with([running]) if running.status == UNKNOWN else not_applicable()


@rule("NO-CRT-02")
def certificate_contents(ctx: Context) -> Outcome:
    """Advice, not a requirement."""
    if ctx.fact_or("certificate_issued_on") is None:
        return not_applicable()
    there = ctx.fact("certificate_contents")
    if "SENSITIVE" in there:
        return not_met([], message="sensitive", flags=("SENSITIVE_REASON",))
    early = ("REASON_AND_AMOUNT",) if ctx.fact_or("ended_early_on") is not None else ()
    return complete([*ctx.parameter("certificate_contents"), *early], there)


@rule("NO-CRT-03")
def training_certificate(ctx: Context) -> Outcome:
    """Apart from the certificate of participation."""
    ended: date | None = ctx.fact_or("training_ended_on")
    if ended is None:
        return not_applicable()
    return met() if ctx.fact("training_certificate_issued") else not_met(ended=ended)


def conclude(ctx: Context) -> Outcome:
    """Whether the programme has ended, its last day, and from when it is handed over."""
    days = days_of_end(ctx)
    certificates = ctx.applicable("NO-CRT-01")
    if days:
        return met({"ended": True, "last_day": min(days), "hand_over_from": None}, last=min(days))
    found, opening = ctx.applicable("NO-END-01", "NO-END-02"), ctx.applicable("NO-END-03")
    if not found:
        return not_applicable()
    if UNKNOWN in {one.status for one in found}:
        return unknown_with(found)
    last = ctx.rule("NO-END-01").value
    value = {"ended": False, "last_day": last, "hand_over_from": opening[0].value if opening else None}
    return in_parts(value, found, beside=[*certificates, *opening], last=last)


RULE_SET = load_rule_set(
    __file__,
    rules=(
        stop,
        face_covering,
        not_by_a_figure,
        end,
        end_by_job,
        hand_over,
        certificate,
        certificate_contents,
        training_certificate,
    ),
    conclude=conclude,
    uses=(REGIME,),
)
