"""Figures, targets and trends as people read them."""

from collections import Counter

from flask_babel import gettext as _
from flask_babel import ngettext

from core.agreements.measuring.figures import FEWEST, TITLES, Figure, Interval, Outcome, Trend
from core.agreements.measuring.models import GoalValue
from core.agreements.measuring.reading import Counted, Goal, Goals
from core.agreements.measuring.terms import Agreed
from core.plugin_host.declarations import GoalMeasure
from core.web.formats import written_number, written_percent
from core.web.languages import current_language

SIGNS = {
    Outcome.REACHED: "good",
    Outcome.ON_THE_WAY: "waiting",
    Outcome.NOT_REACHED: "bad",
    Outcome.TOO_FEW: "neutral",
    Outcome.TOO_EARLY: "neutral",
    Outcome.NO_DATA: "neutral",
    Outcome.DESCRIBED: "draft",
}
"""The sign beside the word of an outcome, for ``ui.tag``."""


def amount(number: float, unit: str) -> str:
    """A number with its unit."""
    if unit == "percent":
        return written_percent(number)
    if unit == "days":
        return ngettext("%(count)s day", "%(count)s days", round(number), count=written_number(number))
    if unit == "months":
        return ngettext("%(count)s month", "%(count)s months", round(number), count=written_number(number))
    return written_number(number)


def short_amount(number: float, unit: str) -> str:
    """A number of a scale."""
    return written_percent(number) if unit == "percent" else written_number(number)


def target_of(goal: Agreed, measure: GoalMeasure | None) -> str:
    """What was agreed, with its direction."""
    if goal.target is None:
        return _("Described, without a number")
    words = amount(goal.target, goal.unit)
    better_more = measure.more_is_better if measure else goal.more_is_better
    return _("At least %(target)s", target=words) if better_more else _("At most %(target)s", target=words)


def figure_of(counted: Counted | None) -> str:
    """The figure of a period; a share of few is told without a percentage."""
    if counted is None or counted.figure is None or not counted.figure.has_data:
        return ""
    if counted.is_hidden:
        return _("Fewer than %(count)s", count=FEWEST)
    return number_of(counted.figure)


def number_of(figure: Figure) -> str:
    """A figure with data."""
    if figure.is_few:
        return _("%(hits)s of %(of)s", hits=figure.hits, of=figure.of)
    if figure.is_share:
        share = amount(round(figure.number or 0.0), figure.unit)
        return _("%(share)s (%(hits)s of %(of)s)", share=share, hits=figure.hits, of=figure.of)
    return amount(figure.number or 0.0, figure.unit)


def noted_figure(goal: Agreed, row: GoalValue) -> str:
    """What a person typed."""
    return number_of(Figure(goal.unit, row.of, row.hits, row.value))


def over_how_many(counted: Counted | None) -> str:
    """The number that the figure was counted over."""
    if counted is None or counted.figure is None or not counted.figure.of or counted.is_hidden:
        return ""
    return written_number(counted.figure.of)


def interval_of(counted: Counted | None) -> str:
    """Between which percentages the share lies by 95 percent."""
    if counted is None or counted.figure is None or counted.is_hidden:
        return ""
    found = counted.figure.interval
    return _interval(found) if found else ""


def _interval(found: Interval) -> str:
    low, high = written_percent(round(found.low)), written_percent(round(found.high))
    return _("%(low)s to %(high)s", low=low, high=high)


def outcome_title(outcome: Outcome) -> str:
    """The word for how a goal stands."""
    return TITLES[outcome].in_language(current_language())


def trend_title(trend: Trend) -> str:
    """Where the figures go."""
    words = {
        Trend.BETTER: _("Better than in the period before"),
        Trend.WORSE: _("Worse than in the period before"),
        Trend.UNCLEAR: _("No clear change since the period before"),
        Trend.NONE: _("There are not two periods to compare yet"),
    }
    return words[trend]


def summary_of(goals: Goals) -> list[tuple[str, str, int]]:
    """How many goals stand in each way: word, sign and count, the best first."""
    counts = Counter(one.outcome for one in goals.every())
    return [(outcome_title(one), SIGNS[one], counts[one]) for one in Outcome if counts[one]]


def why_no_figure(goal: Goal) -> str:
    """Why a counted goal has no figure; empty when it has one."""
    if goal.agreed.is_described or figure_of(goal.current):
        return ""
    if goal.failed:
        return _("The figure could not be computed now. Look again later.")
    if goal.current is None:
        return _("Counting begins when all parties have signed.")
    if goal.measure is not None:
        return _("Nothing was due in this period yet, so there is nothing to count.")
    if goal.agreed.waits_for:
        return _(
            "There are no data yet, because this is not registered here yet: %(what)s.",
            what=goal.agreed.waits_for,
        )
    return _("There are no data yet. Nothing counts this goal by itself.")
