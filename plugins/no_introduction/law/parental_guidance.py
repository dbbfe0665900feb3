"""Parental guidance in the programme: how many meetings or talks. Rules of the set `content`."""

from core.sdk.rules import Context, Finding, Outcome, any_of, met, not_applicable, not_met, rule
from plugins.no_introduction.law.regimes import outside_the_act


@rule("NO-CNT-11")
def parental_guidance(ctx: Context) -> Outcome:
    """The number of meetings or talks, under a certified leader."""
    wrong = outside_guidance(ctx) or uncertified(ctx)
    if wrong:
        return wrong
    meetings = ctx.fact("guidance_meetings")
    least, most = usual_meetings(ctx)
    if meetings > most:
        return not_met(message="too_many", meetings=meetings, most=most)
    return (met if meetings >= least else not_met)(meetings=meetings, least=least, most=most)


@rule("NO-CNT-12")
def parental_guidance_when_capacity_lacks(ctx: Context) -> Outcome:
    """Fewer meetings, with the reason on record."""
    wrong = outside_guidance(ctx) or uncertified(ctx)
    if wrong:
        return wrong
    meetings = ctx.fact("guidance_meetings")
    if meetings >= usual_meetings(ctx)[0]:
        return not_applicable(message="not_needed")
    least = least_meetings(ctx)
    if meetings < least:
        return not_met(meetings=meetings, least=least)
    recorded = ctx.fact("capacity_reason_recorded")
    return met(meetings=meetings, least=least) if recorded else not_met(message="no_reason")


def outside_guidance(ctx: Context) -> Outcome | None:
    """Why parental guidance is no element of this programme; None when it is."""
    outside = outside_the_act(ctx)
    return outside or (None if ctx.fact("has_child_under18") else not_applicable(message="no_child"))


def uncertified(ctx: Context) -> Outcome | None:
    """The complaint about a leader without certificate."""
    return None if ctx.fact("guidance_leader_certified") else not_met(message="not_certified")


def usual_meetings(ctx: Context) -> tuple[int, int]:
    """At least and at most."""
    if ctx.fact("guidance_form") == "GROUP":
        return ctx.parameter("group_meetings_least"), ctx.parameter("group_meetings_most")
    return ctx.parameter("talks_least"), ctx.parameter("talks_most")


def least_meetings(ctx: Context) -> int:
    """How few meetings are allowed when capacity is lacking."""
    group = ctx.fact("guidance_form") == "GROUP"
    least: int = ctx.parameter("group_meetings_exception") if group else ctx.parameter("talks_exception")
    return least


def parental(ctx: Context) -> list[Finding]:
    """The usual number of meetings, or the lower one when capacity lacks: whichever decides."""
    found = ctx.applicable("NO-CNT-11", "NO-CNT-12")
    return [one for one in found if one.status == any_of(found)]


def asks_for_guidance(ctx: Context) -> bool:
    """Whether anything is known about the parental guidance."""
    return ctx.given("guidance_meetings", "guidance_form", "guidance_leader_certified")
