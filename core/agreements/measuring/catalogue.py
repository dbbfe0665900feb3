"""The measures that plugins declare, and asking those that are switched on here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.plugin_host.checks import check_prefix
from core.plugin_host.declarations import (
    GoalMeasure,
    Measured,
    MeasureQuestion,
)
from core.tenancy.kinds import host


@dataclass(frozen=True)
class Answers:
    """What was measured, by question. ``failed`` are the measures whose plugin could not answer."""

    found: dict[MeasureQuestion, Measured] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()


def read_measure(plugin: str, measure: GoalMeasure) -> GoalMeasure:
    """Check the key of a declared measure. Raises BadPluginError."""
    check_prefix(plugin, measure.key)
    return measure


def measures_here() -> dict[str, GoalMeasure]:
    """Every measure of the plugins that the tenant in scope has on, by its key."""
    on = host().in_force()
    declared = host().declared("register_goal_measures")
    return {one.value.key: one.value for one in declared if one.plugin in on}


def ask(questions: Iterable[MeasureQuestion]) -> Answers:
    """Ask each plugin once for all of its measures; answers to other questions are not heard."""
    by_plugin: dict[str, list[MeasureQuestion]] = defaultdict(list)
    for one in sorted(set(questions), key=lambda one: (one.measure, one.agreement_id, one.first)):
        by_plugin[one.measure.partition(".")[0]].append(one)
    found: dict[MeasureQuestion, Measured] = {}
    failed: set[str] = set()
    for plugin, wanted in by_plugin.items():
        answer = host().ask(plugin, "provide_measured", wanted=wanted)
        if answer.error:
            failed |= {one.measure for one in wanted}
        else:
            found |= {one.question: one for one in answer.value if one.question in set(wanted)}
    return Answers(found, frozenset(failed))
