"""The act that applies, as the rules of the other sets ask for it."""

from core.sdk.rules import Context


def is_under_integration_act(ctx: Context) -> bool:
    """Without a date of the permit the answer is what that act would give, and a flag says so."""
    if "permit_decision_date" in ctx.rule("NO-REG-01").missing:
        ctx.flag("ACT_NOT_KNOWN")
        return True
    return bool(ctx.value_of("NO-REG-01") == "INTEGRATION_ACT")
