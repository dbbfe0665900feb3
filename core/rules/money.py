"""Money of laws: exact fractions to the end, then one rounding that is named."""

from fractions import Fraction
from math import ceil, floor

HALF_UP, UP, DOWN = "half_up", "up", "down"
ROUNDINGS = (HALF_UP, UP, DOWN)
PER_UNIT = 100
"""Øre in a krone."""


def rounded(
    amount: Fraction | int, rounding: str = HALF_UP, step: Fraction | int = Fraction(1, PER_UNIT)
) -> Fraction:
    """An amount in whole steps (otherwise øre): half away from zero, away from zero, or towards zero."""
    if rounding not in ROUNDINGS:
        raise ValueError(f"rounding must be one of {', '.join(ROUNDINGS)}, not {rounding}")
    steps = abs(Fraction(amount)) / step
    whole = {HALF_UP: floor(steps + Fraction(1, 2)), UP: ceil(steps), DOWN: floor(steps)}[rounding]
    return whole * Fraction(step) * (-1 if amount < 0 else 1)
