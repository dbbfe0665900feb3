"""How the introduction benefit is paid, corrected and got back."""

from fractions import Fraction

from core.sdk.rules import Context, Outcome, met, not_applicable, not_met, rule, unknown
from plugins.no_introduction.law.benefit_month import DAY, month_of, payable
from plugins.no_introduction.law.regime import has_collective_protection


@rule("NO-BEN-03")
def correction(ctx: Context) -> Outcome:
    """What is still to be paid for the month, or was paid too much."""
    month, _ = month_of(ctx.as_of)
    this_year = month.replace(month=ctx.parameter("basic_amount_month"))
    change = this_year if this_year <= month else this_year.replace(year=month.year - 1)
    last_known = ctx.parameter("grunnbelop", on=change) == ctx.parameter("grunnbelop", on=change - DAY)
    flags = ("BASIC_AMOUNT_NOT_ADOPTED",) if last_known else ()
    paid: Fraction | None = ctx.fact_or("already_paid")
    if paid is None:
        return unknown(*flags, message="missing", missing=("already_paid",))
    due = payable(ctx)
    too_little, too_much = max(Fraction(0), due - paid), max(Fraction(0), paid - due)
    if too_little:
        return met(too_little, flags=flags, amount=too_little)
    if too_much:
        return met(-too_much, message="paid_too_much", flags=flags, amount=too_much)
    return not_met(Fraction(0), flags=flags)


@rule("NO-BEN-18")
def paid_from_attendance(ctx: Context) -> Outcome:
    """Whether the attendance of the month is registered, so that the month can be paid."""
    return met() if ctx.fact("attendance_registered") else not_met()


@rule("NO-BEN-19")
def ways_to_get_back(ctx: Context) -> Outcome:
    """What the municipality may do about money that was paid and not due."""
    too_much = max(Fraction(0), ctx.fact("already_paid") - payable(ctx))
    refund = max(Fraction(0), ctx.fact_or("back_paid_benefits", Fraction(0)))
    ways = ["REFUND"] if refund else []
    if too_much:
        ways = ["SET_OFF", *(["REPAYMENT"] if ctx.fact("wilful_or_grossly_negligent") else []), *ways]
    if not ways:
        return not_met(ways)
    return met(ways, message="met" if too_much else "refund", amount=too_much, refund=refund)


@rule("NO-BEN-21")
def no_measure_benefit(ctx: Context) -> Outcome:
    """Met when the person does not receive the benefit for labour market measures."""
    return not_met() if ctx.fact("receives_tiltakspenger") else met()


@rule("NO-BEN-22")
def part_time_because_of_the_municipality(ctx: Context) -> Outcome:
    """Full benefit all the same, for those with collective protection."""
    if not has_collective_protection(ctx):
        return not_applicable()
    return met() if ctx.fact("part_time_because_of_municipality") else not_met()
