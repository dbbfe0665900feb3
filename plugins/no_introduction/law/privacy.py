"""The rules of the set `reporting` that protect personal data."""

from datetime import date

from core.sdk.rules import Context, Outcome, met, not_applicable, not_met, rule
from plugins.no_introduction.law.calendar import limit_after


@rule("NO-PRV-01")
def retention(ctx: Context) -> Outcome:
    """Deleted when the time has passed, at the latest."""
    start: date = ctx.fact("kept_since")
    is_test = ctx.fact("kept_data") == "TESTS"
    years = ctx.parameter("test_data_years") if is_test else ctx.parameter("register_data_years")
    limit = limit_after(ctx, start, 12 * years)
    return met(limit, limit=limit) if ctx.as_of <= limit else not_met(limit, limit=limit)


@rule("NO-PRV-02")
def research(ctx: Context) -> Outcome:
    """The opt-out is a field of its own."""
    return not_met() if ctx.fact("opted_out_of_research") else met()


@rule("NO-PRV-03")
def controller(ctx: Context) -> Outcome:
    """By register."""
    match ctx.fact("register"):
        case "OWN":
            return met("MUNICIPALITY", message="own")
        case "NIR":
            return met("IMDI", message="nir")
        case _:
            return met("HK_DIR", message="tests")


@rule("NO-PRV-04")
def no_diagnoses(ctx: Context) -> Outcome:
    """The kind of certificate and its period are enough."""
    if "DIAGNOSIS" in ctx.fact("absence_record"):
        return not_met(flags=("DIAGNOSIS_STORED",))
    return met()


@rule("NO-PRV-05")
def sharing(ctx: Context) -> Outcome:
    """Between public bodies, for the tasks of the act; statistics when they are enough."""
    if ctx.fact("health_personnel_information"):
        return not_met(message="health")
    if not ctx.fact("needed_for_the_act"):
        return not_met()
    return met(message="statistics") if ctx.fact("statistics_are_enough") else met()


@rule("NO-PRV-06")
def cooperation(ctx: Context) -> Outcome:
    """With those who give the person other services."""
    return met() if ctx.fact("needed_for_cooperation") else not_applicable()
