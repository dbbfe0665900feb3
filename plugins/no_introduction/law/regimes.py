"""For rules that apply under the ordinary rules of the act alone, or under its chapter 6A alone."""

from core.sdk.rules import MET, UNKNOWN, Context, Outcome, not_applicable, unknown_with
from plugins.no_introduction.law.which_act import is_under_integration_act


def outside_the_act(ctx: Context) -> Outcome | None:
    """Why no rule of the act is about this matter; None when they are."""
    return None if is_under_integration_act(ctx) else not_applicable(message="former_act")


def outside_ordinary_rules(ctx: Context) -> Outcome | None:
    """Why the ordinary rules are not about this matter; None when they are."""
    if chapter(ctx) == MET:
        return not_applicable(message="collective_protection")
    return outside_the_act(ctx) or _unless_known(ctx)


def under_the_chapter(ctx: Context) -> Outcome | None:
    """Why chapter 6A takes a rule away from this matter; None when it does not."""
    if chapter(ctx) == MET:
        return not_applicable(message="collective_protection")
    return _unless_known(ctx)


def outside_the_chapter(ctx: Context) -> Outcome | None:
    """Why chapter 6A is not about this matter; None when it is."""
    if chapter(ctx) == MET:
        return None
    return _unless_known(ctx) or not_applicable(message="no_collective_protection")


def chapter(ctx: Context) -> str:
    """Met under chapter 6A; a permit of section 34 without its date is taken for one of it, with a flag."""
    found = ctx.rule("NO-REG-02")
    if found.missing == ("permit_decision_date",):
        ctx.flag("ACT_NOT_KNOWN")
        return MET
    return found.status


def _unless_known(ctx: Context) -> Outcome | None:
    return unknown_with([ctx.rule("NO-REG-02")]) if chapter(ctx) == UNKNOWN else None
