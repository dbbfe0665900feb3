"""For rules that apply under the ordinary rules of the act alone, or under its chapter 6A alone."""

from core.sdk.rules import MET, UNKNOWN, Context, Finding, Outcome, not_applicable, unknown_with
from plugins.no_introduction.law.which_act import is_under_integration_act


def outside_the_act(ctx: Context) -> Outcome | None:
    """Why no rule of the act is about this matter; None when they are."""
    return None if is_under_integration_act(ctx) else not_applicable(message="former_act")


def outside_ordinary_rules(ctx: Context) -> Outcome | None:
    """Why the ordinary rules are not about this matter; None when they are."""
    chapter = ctx.rule("NO-REG-02")
    if chapter.status == MET:
        return not_applicable(message="collective_protection")
    return outside_the_act(ctx) or _unless_known(chapter)


def under_the_chapter(ctx: Context) -> Outcome | None:
    """Why chapter 6A takes a rule away from this matter; None when it does not."""
    chapter = ctx.rule("NO-REG-02")
    if chapter.status == MET:
        return not_applicable(message="collective_protection")
    return _unless_known(chapter)


def outside_the_chapter(ctx: Context) -> Outcome | None:
    """Why chapter 6A is not about this matter; None when it is."""
    chapter = ctx.rule("NO-REG-02")
    if chapter.status == MET:
        return None
    return _unless_known(chapter) or not_applicable(message="no_collective_protection")


def _unless_known(finding: Finding) -> Outcome | None:
    return unknown_with([finding]) if finding.status == UNKNOWN else None
