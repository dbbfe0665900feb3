"""What is registered and by when, and what figures may be shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from core.sdk.rules import (
    NOT_MET,
    UNKNOWN,
    Context,
    Finding,
    Outcome,
    in_parts,
    load_rule_set,
    met,
    not_applicable,
    not_met,
    rule,
    unknown,
)
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.calendar import limit_after
from plugins.no_introduction.law.checklists import complete, done_within
from plugins.no_introduction.law.privacy import (
    controller,
    cooperation,
    no_diagnoses,
    research,
    retention,
    sharing,
)
from plugins.no_introduction.law.regime import RULE_SET as REGIME
from plugins.no_introduction.law.regimes import outside_the_chapter


@rule("NO-IKT-01")
def internal_control(ctx: Context) -> Outcome:
    """Under the Local Government Act, not under the Integration Act."""
    return complete(ctx.parameter("internal_control"), ctx.fact("internal_control"))


@rule("NO-IKT-02")
def report_to_council(ctx: Context) -> Outcome:
    """At least once a year."""
    last: date = ctx.fact("council_report_on")
    return done_within(last, limit_after(ctx, last, ctx.parameter("council_report_months")), ctx.as_of)


@rule("NO-IKT-03")
def supervision(ctx: Context) -> Outcome:
    """Whether the state administrator may supervise a duty."""
    return met() if ctx.fact("supervised_duty") in ctx.parameter("supervised_duties") else not_met()


@rule("NO-REP-01")
def registration(ctx: Context) -> Outcome:
    """Within some months after the information exists."""
    known: date = ctx.fact("information_known_on")
    limit = limit_after(ctx, known, ctx.parameter("registration_months"))
    registered: date | None = ctx.fact_or("registered_in_nir_on")
    if registered is not None:
        return met(limit, message="done", limit=limit) if registered <= limit else not_met(limit, limit=limit)
    return met(limit, limit=limit) if ctx.as_of <= limit else not_met(limit, limit=limit)


@rule("NO-REP-02")
def data_set(ctx: Context) -> Outcome:
    """What the regulation lists, and what the directorate asks for besides."""
    there = ctx.fact("registered_information")
    found = complete(ctx.parameter("registered_information"), there)
    if found.status == NOT_MET:
        return found
    asked = complete(ctx.parameter("requested_information"), there)
    return met([], message="asked", flags=("IMDI_ASKS",), lacking=asked.value) if asked.value else found


@rule("NO-REP-03")
def year_end(ctx: Context) -> Outcome:
    """Figures of a year are corrected until a day of the next."""
    year: int = ctx.fact("statistics_year")
    if not date.min.year <= year < date.max.year:
        return unknown(missing=["statistics_year"])
    limit = date(year + 1, ctx.parameter("freeze_month"), ctx.parameter("freeze_day"))
    ctx.flag("FREEZE_DATE_MAY_VARY")
    return met(limit, limit=limit) if ctx.as_of <= limit else not_met(limit, limit=limit)


@rule("NO-REP-04")
def education(ctx: Context) -> Outcome:
    """It decides how long Norwegian is given; not asked under chapter 6A."""
    outside = outside_the_chapter(ctx)
    if outside is None:
        return not_applicable()
    if outside.status == UNKNOWN:
        return outside
    ctx.flag("RECHECK_EDUCATION")
    return met() if ctx.fact("education_registered") else not_met()


@rule("NO-REP-05")
def end_reason(ctx: Context) -> Outcome:
    """For everyone who leaves."""
    if ctx.fact_or("programme_ended_on") is None:
        return not_applicable()
    return met() if ctx.fact("end_reason_registered") else not_met()


@rule("NO-REP-06")
def result(ctx: Context) -> Outcome:
    """Per cent of all leavers, those without a reason counted; no aim stands in the law."""
    leavers, reached = counts(ctx)
    if leavers < 1:
        return not_applicable()
    share = Fraction(reached * 100, leavers)
    return met(share, reached=reached, leavers=leavers)


def counts(ctx: Context) -> tuple[int, int]:
    """The leavers, and those among them in work or education."""
    leavers, reached = ctx.facts("leavers", "leavers_in_work_or_education")
    if reached > leavers:
        ctx.flag("MORE_THAN_ALL")
    return leavers, reached


def may_show(ctx: Context) -> dict[str, bool]:
    """Which of a whole, its parts and the share may be shown: the one part would give away the other."""
    whole, part = counts(ctx)
    least = ctx.parameter("least_count_shown")
    parts = min(part, whole - part) >= least
    return {"count": whole >= least, "parts": parts, "share": parts}


@rule("NO-STA-02")
def small_numbers(ctx: Context) -> Outcome:
    """Hidden outside the case team."""
    if not ctx.fact("shown_outside_team"):
        return not_applicable()
    shown = may_show(ctx)
    least = ctx.parameter("least_count_shown")
    ctx.flag("STRICTER_THAN_SSB")
    return met(shown) if all(shown.values()) else not_met(shown, least=least)


def conclude(ctx: Context) -> Outcome:
    """Whether registration is in time, complete and reasoned; and which figures may be shown."""
    found = ctx.applicable("NO-REP-01", "NO-REP-02", "NO-REP-04", "NO-REP-05")
    if "NO-REP-01" not in {one.rule_id for one in found}:
        return not_applicable()
    values = {one.rule_id: one.value for one in found}
    figures = ctx.applicable("NO-STA-02") if ctx.given("leavers", "leavers_in_work_or_education") else []
    limit = values["NO-REP-01"]
    value = {"register_by": limit, "missing": values.get("NO-REP-02"), **shown(figures)}
    if figures and not ctx.given("information_known_on", "registered_information"):
        message = "figures_hidden" if NOT_MET in {one.status for one in figures} else "figures"
        return in_parts(value, figures, beside=found, message=message)
    return in_parts(value, [*found, *figures], message="" if limit else "not_met_no_limit", limit=limit)


def shown(figures: Iterable[Finding]) -> dict[str, bool | None]:
    """Which of the figures may be shown; None when nobody asks, or when they stay in the team."""
    known: Mapping[str, bool] = next((one.value for one in figures if one.value), {})
    return {f"show_{part}": known.get(part) for part in ("count", "parts", "share")}


RULE_SET = load_rule_set(
    __file__,
    rules=(
        internal_control,
        report_to_council,
        supervision,
        registration,
        data_set,
        year_end,
        education,
        end_reason,
        result,
        small_numbers,
        retention,
        research,
        controller,
        no_diagnoses,
        sharing,
        cooperation,
    ),
    conclude=conclude,
    uses=(REGIME, CALENDAR),
)
