"""Whether there is room: the smallest rule set."""

from core.sdk.rules import Context, Outcome, load_rule_set, met, not_met, rule


@rule("SEM-ROOM-01")
def enough_room(ctx: Context) -> Outcome:
    """Counted on the day of the question."""
    most = ctx.parameter("guests_max") + ctx.setting("SPARE_CHAIRS")
    return met(most=most) if ctx.fact("guests") <= most else not_met(most=most)


def conclude(ctx: Context) -> Outcome:
    """The only rule decides."""
    return met() if ctx.value_of("SEM-ROOM-01") else not_met()


RULE_SET = load_rule_set(__file__, rules=(enough_room,), conclude=conclude)
