"""A rule set with a fact of every type, for the form of the explorer."""

from core.sdk.rules import Context, Outcome, load_rule_set, met, not_met, rule


@rule("LAB-01")
def absences(ctx: Context) -> Outcome:
    """How many there are, as the setting says."""
    ctx.setting("MODE")
    count = len(ctx.fact("absences"))
    return met(count, count=count) if count else not_met()


@rule("LAB-02")
def hours(ctx: Context) -> Outcome:
    """Reads everything else."""
    ctx.fact_or("count")
    ctx.fact_or("paid")
    ctx.fact_or("words")
    ctx.fact_or("note")
    ctx.fact_or("home")
    ctx.fact_or("count")
    if ctx.fact_or("sick"):
        return met(ctx.fact("hours"), flags=("DOUBTFUL",))
    return met(ctx.fact("hours"))


def conclude(ctx: Context) -> Outcome:
    """Hours and the first day."""
    return met({"hours": ctx.value_of("LAB-02"), "day": ctx.fact("began")})


RULE_SET = load_rule_set(__file__, rules=(absences, hours), conclude=conclude)
