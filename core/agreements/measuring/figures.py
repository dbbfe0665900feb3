"""What a number says: its value, how sure it is, whether the goal is reached, where it goes. All pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from core.plugin_host.wording import Wording

FEWEST: Final = 5
"""A share of fewer says too little: it is told as so many of so many, and neither reached nor missed."""

WHOLE: Final = 100
SURE: Final = 1.959964
"""The deviate of the normal distribution for 95 percent."""

PERCENT: Final = "percent"


@dataclass(frozen=True)
class Interval:
    """Between which two percentages the true share lies, by 95 percent (E. B. Wilson, 1927)."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether the two have anything in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Figure:
    """A number with what it was counted over: ``hits`` of ``of`` for a share, else a ``value``.

    ``of`` is None where nobody has said; 0 means that there was nothing to count yet.
    """

    unit: str
    of: int | None = None
    hits: int | None = None
    value: float | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT

    @property
    def has_data(self) -> bool:
        """Whether anything was counted."""
        if self.is_share:
            return bool(self.of) and self.hits is not None
        return self.of != 0 and self.value is not None

    @property
    def is_few(self) -> bool:
        """Whether it is a share of so few that a percentage would say too much."""
        return self.is_share and self.has_data and (self.of or 0) < FEWEST

    @property
    def number(self) -> float | None:
        """The percentage or the value; None without data."""
        if not self.has_data:
            return None
        return WHOLE * (self.hits or 0) / (self.of or 1) if self.is_share else self.value

    @property
    def interval(self) -> Interval | None:
        """How sure a share is; None where that cannot be said."""
        if not self.is_share or not self.has_data or self.is_few:
            return None
        return wilson(self.hits or 0, self.of or 1)


def wilson(hits: int, of: int) -> Interval:
    """The interval of a share by the score of Wilson, in percent. Raises ValueError for what is no share."""
    if of < 1 or not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    share, spread = hits / of, SURE**2 / of
    centre = (share + spread / 2) / (1 + spread)
    reach = SURE * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    low = 0.0 if hits == 0 else max(0.0, centre - reach)
    high = 1.0 if hits == of else min(1.0, centre + reach)
    return Interval(WHOLE * low, WHOLE * high)


class Outcome(StrEnum):
    """How a goal stands in a period."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    NOT_REACHED = "not_reached"
    TOO_FEW = "too_few"
    TOO_EARLY = "too_early"
    NO_DATA = "no_data"
    DESCRIBED = "described"


TITLES: Final = {
    Outcome.REACHED: Wording(nb="Nådd", da="Nået", en="Reached"),
    Outcome.ON_THE_WAY: Wording(nb="Underveis", da="Undervejs", en="On the way"),
    Outcome.NOT_REACHED: Wording(nb="Ikke nådd", da="Ikke nået", en="Not reached"),
    Outcome.TOO_FEW: Wording(nb="For få til å si noe", da="For få til at sige noget", en="Too few to say"),
    Outcome.TOO_EARLY: Wording(nb="For tidlig å si", da="For tidligt at sige", en="Too early to say"),
    Outcome.NO_DATA: Wording(nb="Ingen tall ennå", da="Ingen tal endnu", en="No data yet"),
    Outcome.DESCRIBED: Wording(nb="Beskrives", da="Beskrives", en="Described"),
}


def meets(figure: Figure, target: float, *, more_is_better: bool) -> bool:
    """Whether a figure with data is as good as the target; a share is compared without rounding."""
    reached, wanted = figure.value or 0.0, target
    if figure.is_share:
        reached, wanted = WHOLE * (figure.hits or 0), target * (figure.of or 0)
    return reached >= wanted if more_is_better else reached <= wanted


def outcome_of(
    figure: Figure | None, target: float, *, more_is_better: bool, is_over: bool, is_counted: bool
) -> Outcome:
    """How a counted goal stands. ``is_counted``: something counts it here; ``is_over``: its period is."""
    if figure is None or not figure.has_data:
        return Outcome.TOO_EARLY if is_counted and not is_over else Outcome.NO_DATA
    if figure.is_few:
        return Outcome.TOO_FEW
    good = meets(figure, target, more_is_better=more_is_better)
    if is_over or figure.unit != "count":
        return Outcome.REACHED if good else _missed(is_over=is_over)
    # A number only grows: what is enough stays enough, and what is too much stays too much.
    if more_is_better:
        return Outcome.REACHED if good else Outcome.ON_THE_WAY
    return Outcome.ON_THE_WAY if good else Outcome.NOT_REACHED


def _missed(*, is_over: bool) -> Outcome:
    return Outcome.NOT_REACHED if is_over else Outcome.ON_THE_WAY


class Trend(StrEnum):
    """Where the last two figures go; ``unclear`` when they are too close to tell."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    NONE = "none"


def trend_of(figures: Iterable[Figure | None], *, more_is_better: bool) -> Trend:
    """The trend of figures in order of time; those without data, and shares of too few, are passed over."""
    known = [one for one in figures if one is not None and one.has_data and not one.is_few]
    if len(known) < len(("before", "now")):
        return Trend.NONE
    before, now = known[-2:]
    if before.interval and now.interval and before.interval.meets(now.interval):
        return Trend.UNCLEAR
    difference = (now.number or 0.0) - (before.number or 0.0)
    if difference == 0:
        return Trend.UNCLEAR
    return Trend.BETTER if (difference > 0) is more_is_better else Trend.WORSE
