"""How the time of training in Norwegian and social studies is counted."""

from datetime import date, timedelta

from core.sdk.rules import Context, Outcome, unknown
from plugins.no_introduction.law.calendar import months_after


def end_of_training(ctx: Context, months: int) -> date:
    """So many months after the offer, and approved leave on top."""
    return later_by_leave(ctx, months_after(ctx, offered_on(ctx), months))


def offered_on(ctx: Context) -> date:
    """The offer of training, otherwise that of the programme."""
    offered: date = (
        ctx.fact_or("training_offer_date") or ctx.fact_or("offer_date") or ctx.fact("training_offer_date")
    )
    return offered


def later_by_leave(ctx: Context, day: date) -> date:
    """Leave is counted in calendar days."""
    return day + timedelta(days=ctx.fact("approved_leave_days"))


def no_count_start(ctx: Context) -> Outcome | None:
    """For older permits the sources do not say where the count begins; None when a person has decided it."""
    if ctx.fact_or("training_counted_from") is not None:
        ctx.flag("COUNT_START_NOT_CONFIRMED")
        return None
    return unknown("COUNT_START_NOT_CONFIRMED", message="count_start", missing=("training_counted_from",))


def end_as_decided(ctx: Context, months: int) -> date:
    """So many months after the day that the municipality has decided, and approved leave on top."""
    return later_by_leave(ctx, months_after(ctx, ctx.fact("training_counted_from"), months))
