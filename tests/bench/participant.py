"""One participant asked by every rule set, with the whole trail, and the three formulas of the floor."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.rules.evaluate import evaluate
from core.rules.facts import Facts
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from plugins.no_introduction.law import rule_sets
from tests.bench.floor_law import FORMULAS, Person, in_short
from tests.bench.measuring import WARM_UP, DifferentPagesError, Timed, medians, took
from tests.bench.people import AS_OF, person


@dataclass(frozen=True)
class Asked(Timed):
    """A rule set, with the number of readings in the trails of its rules."""

    readings: int


@cache
def all_sets() -> dict[str, RuleSet]:
    """Every rule set of the programme, by key."""
    return {one.key: one for one in rule_sets()}


@cache
def names_known(key: str) -> frozenset[str]:
    """The facts that a rule set reads, by their names in JSON."""
    return frozenset(one.json_key for one in all_sets()[key].law.facts.values())


def facts_for(key: str, whole: Person) -> Facts:
    """Of a person's facts those that a rule set knows."""
    known = {name: value for name, value in whole.items() if name in names_known(key)}
    return all_sets()[key].facts_from_json(known, "form:participant")


def answers(facts: dict[str, Facts]) -> dict[str, Result]:
    """The answers of rule sets to their facts."""
    return {key: evaluate(all_sets()[key], one, AS_OF) for key, one in facts.items()}


def measure_participants(people: int) -> Iterator[Asked]:
    """Each formula's rule set beside it, medians of many people."""
    for key in FORMULAS:
        facts = [facts_for(key, person(number)) for number in range(people)]
        readings = [one[2] for one in _asked(key, facts[:WARM_UP])]
        times = [(product, floor) for product, floor, readings in _asked(key, facts)]
        yield Asked(key.replace("_", " "), *medians(times), max(readings))


def _asked(key: str, facts: list[Facts]) -> Iterator[tuple[float, float, int]]:
    """Milliseconds of the rule set and of the formula for each person, and the readings."""
    for one in facts:
        plain = {name: given.value for name, given in one.items()}
        product, result = took(evaluate, all_sets()[key], one, AS_OF)
        floor, expected = took(FORMULAS[key], plain, AS_OF)
        refuse_other_answers(key, in_short(key, result.value), expected)
        yield product, floor, readings_of(result)


def refuse_other_answers(key: str, found: Any, expected: Any) -> None:
    """Raise DifferentPagesError unless both answer the same."""
    if found != expected:
        raise DifferentPagesError(f"{key}: one answers {found}, the other {expected}")


def readings_of(result: Result) -> int:
    """How many readings the findings and the conclusion rest on."""
    return sum(len(one.trail) for one in (result.conclusion, *result.findings.values()))
