"""How long the programme may be, whether it may be extended, and its last day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.sdk.rules import (
    MET,
    NOT_APPLICABLE,
    UNKNOWN,
    Context,
    Outcome,
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
from plugins.no_introduction.law import duration_limits as limits
from plugins.no_introduction.law.calendar import NORWEGIAN, last_programme_day, programme_days
from plugins.no_introduction.law.calendar import RULE_SET as CALENDAR
from plugins.no_introduction.law.duration_limits import ALL_LIMITS, BEFORE_2026, FROM_2026, same_as
from plugins.no_introduction.law.education import RULE_SET as EDUCATION

Length = Mapping[str, Any]


@rule("NO-DUR-17")
def individual_length(ctx: Context) -> Outcome:
    """The limits, and whether the length that is set keeps them."""
    found = same_as(ctx.applicable(*ALL_LIMITS))
    if found.status != MET:
        return found
    chosen = ctx.fact_or("set_months")
    if chosen is None:
        return met(found.value, message="met_not_set", max=found.value["max"])
    least, most = found.value["min"] or 0, found.value["max"]
    numbers = {"months": chosen, "min": least, "max": most}
    if chosen > most:
        return not_met(found.value, message="too_long", flags=("LENGTH_ABOVE_LIMIT",), **numbers)
    if chosen < least:
        return not_met(found.value, message="too_short", flags=("LENGTH_BELOW_LIMIT",), **numbers)
    if chosen < most and not ctx.fact_or("length_reason_recorded", default=False):
        return met(found.value, message="met_shorter", flags=("REASON_FOR_SHORTER",), **numbers)
    return met(found.value, **numbers)


@rule("NO-DUR-20")
def base_last_day(ctx: Context) -> Outcome:
    """With the length that is set."""
    start, months = ctx.facts("programme_start", "set_months")
    last = last_programme_day(ctx, start, months)
    return met(last, day=last, months=months)


@rule("NO-DUR-21")
def last_day(ctx: Context) -> Outcome:
    """With the extension, and the days that absence adds."""
    start: date = ctx.fact("programme_start")
    most: Length = ctx.value_of("NO-DUR-17")
    planned = last_programme_day(ctx, start, length_or_longest(ctx, most) + extension_of(ctx, most))
    added = max(0, ctx.fact_or("added_days", 0))
    if not added:
        return met(planned, day=planned)
    last = programme_days(ctx).add(planned, added)
    return met(last, message="met_with_added_days", day=last, added=added)


@rule("NO-DUR-22")
def last_possible_day(ctx: Context) -> Outcome:
    """Without the days that absence adds."""
    start: date = ctx.fact("programme_start")
    most: Length = ctx.value_of("NO-DUR-17")
    left = most["cap"] - used_before(ctx)
    last = last_programme_day(ctx, start, left)
    months = ctx.fact_or("set_months", 0) + extension_of(ctx, most)
    if months > left:
        return not_met(last, day=last, flags=("PAST_LAST_POSSIBLE_DAY",))
    return met(last, day=last)


@rule("NO-DUR-23")
def used_elsewhere(ctx: Context) -> Outcome:
    """Moving does not start the time anew."""
    moved = ctx.fact_or("moved_on")
    if moved is None:
        return not_applicable()
    used: int = ctx.fact("used_months_before")
    return met(used, months=used, moved=moved, flags=("TRANSFER_NOT_CONFIRMED",))


def length_or_longest(ctx: Context, most: Length) -> int:
    """The months that are set, or the most that are possible."""
    chosen: int | None = ctx.fact_or("set_months")
    if chosen is None:
        ctx.flag("LENGTH_NOT_SET")
        return int(most["max"]) - used_before(ctx)
    return chosen


def extension_of(ctx: Context, most: Length) -> int:
    """The months of extension, never more than may be given."""
    given: int = ctx.fact_or("ext_months", 0)
    if given > most["ext"]:
        ctx.flag("EXTENSION_ABOVE_CAP")
    return max(0, min(given, most["ext"]))


def used_before(ctx: Context) -> int:
    """The months of programme in another municipality."""
    return int(ctx.value_of("NO-DUR-23")) if ctx.applicable("NO-DUR-23") else 0


@rule("NO-EXT-01")
def extension_before_2026(ctx: Context) -> Outcome:
    """At the municipality's discretion."""
    return when_it_helps(ctx, same_as(ctx.applicable(*BEFORE_2026)))


@rule("NO-EXT-02")
def extension_of_school(ctx: Context) -> Outcome:
    """Not at discretion: when it can help it shall be given."""
    return when_it_helps(ctx, same_as(ctx.applicable("NO-DUR-06", "NO-DUR-07")))


def when_it_helps(ctx: Context, found: Outcome) -> Outcome:
    """The most months of extension, if there are any and they help."""
    if found.status != MET or not found.value["ext"]:
        return not_applicable() if found.status == MET else found
    most: int = found.value["ext"]
    return met(most, ext=most) if ctx.fact("extension_helps_goal") else not_met(0, ext=most)


@rule("NO-EXT-03")
def no_extension(ctx: Context) -> Outcome:
    """A request is answered with reasons, never dropped."""
    found = same_as(ctx.applicable(*FROM_2026))
    if found.status != MET or found.value["ext"]:
        return not_applicable() if found.status == MET else found
    requested = ctx.fact_or("extension_requested_on")
    if requested is None:
        return not_met(0)
    return not_met(0, message="requested", flags=("REASONED_REFUSAL",), requested=requested)


@rule("NO-EXT-04")
def decision_on_extension(ctx: Context) -> Outcome:
    """A request, and an extension, takes a decision."""
    if ctx.fact_or("extension_requested_on") is None and not ctx.fact_or("ext_months"):
        return not_applicable()
    decided = ctx.fact_or("extension_decided_on")
    if decided is None:
        return unknown(message="undecided", missing=("extension_decided_on",))
    return met(decided=decided)


def conclude(ctx: Context) -> Outcome:
    """The limits, and the last days as far as the first day is known."""
    length = ctx.rule("NO-DUR-17")
    if length.status == NOT_APPLICABLE:
        return not_applicable()
    if length.status == UNKNOWN:
        return unknown_with([length])
    ctx.applicable("NO-DUR-15", "NO-EXT-01", "NO-EXT-02", "NO-EXT-03")
    base, last, latest = ctx.rules("NO-DUR-20", "NO-DUR-21", "NO-DUR-22")
    value = {
        **length.value,
        "base_last_day": base.value,
        "last_day": last.value,
        "max_last_day": latest.value,
    }
    asked = [length, *([last, latest] if ctx.given("programme_start") else [])]
    extends = MET if length.value["ext"] else "met_fixed"
    return in_parts(
        value,
        asked,
        beside=[base, last, latest],
        message=extends if all_of(asked) == MET else "",
        max=length.value["max"],
        ext=length.value["ext"],
    )


RULE_SET = load_rule_set(
    __file__,
    rules=(
        limits.upper_secondary_before_2026,
        limits.complete_school_before_2026,
        limits.other_goals_before_2026,
        limits.upper_secondary,
        limits.work,
        limits.part_of_school,
        limits.complete_school,
        limits.new_limits_for_school,
        limits.collective_upper_secondary,
        limits.collective_without_upper_secondary,
        limits.collective_ukrainian_school,
        limits.collective_from_2026,
        limits.former_act,
        limits.kept_limits,
        limits.boundary_of_2025,
        limits.boundary_of_2026,
        limits.day_of_offer,
        individual_length,
        base_last_day,
        last_day,
        last_possible_day,
        used_elsewhere,
        extension_before_2026,
        extension_of_school,
        no_extension,
        decision_on_extension,
    ),
    conclude=conclude,
    uses=(CALENDAR, EDUCATION),
    working_days=NORWEGIAN,
)
