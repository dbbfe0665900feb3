"""A question to a rule set as JSON: the facts of one matter, and the day it is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.rules.evaluate import evaluate
from core.rules.facts import AN_OBJECT, Facts, WrongFactsError
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.value_types import ValueType
from core.rules.wrong import WrongNameError, WrongValueError, shown

FIELDS = frozenset({"id", "facts", "asOf", "knownOn", "switches", "settings"})
DATE = ValueType("date")
NO_DAY = (
    "asOf is missing: the day on which the question is asked, as --as-of 2026-01-31, "
    'or as "asOf": "2026-01-31" beside the facts'
)


@dataclass(frozen=True)
class Question:
    """One matter; what is not given is taken from a question that holds for all."""

    as_of: date | None = None
    facts: Facts = field(default_factory=dict)
    known_on: date | None = None
    switches: Mapping[str, date] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


def question_from_json(rule_set: RuleSet, given: Any, source: str, usual: Question) -> Question:
    """A question from an object with ``facts`` and perhaps ``asOf``, ``switches`` …, or from the facts alone.

    Raises WrongFactsError with every problem at once.
    """
    if not isinstance(given, Mapping):
        raise WrongFactsError((f"expected {AN_OBJECT}, got {shown(given)}",))
    if "facts" not in given:
        return replace(usual, facts=_facts_alone(rule_set, given, source))
    read = _Reading(given)
    read.names()
    as_of, known_on = read.part("asOf", DATE.parse), read.part("knownOn", DATE.parse)
    facts = read.object("facts", "", lambda one: rule_set.facts_from_json(one, source))
    switches = read.object("switches", "switches.", rule_set.switches_from_json)
    settings = read.object("settings", "settings.", rule_set.settings_from_json)
    if read.problems:
        raise WrongFactsError(tuple(read.problems))
    return Question(
        as_of or usual.as_of,
        facts,
        known_on or usual.known_on,
        {**usual.switches, **switches},
        {**usual.settings, **settings},
    )


def _facts_alone(rule_set: RuleSet, given: Mapping[str, Any], source: str) -> Facts:
    known = {one.json_key for one in rule_set.law.facts.values()}
    beside = [name for name in given if name in FIELDS and name not in known]
    if beside:
        raise WrongFactsError(
            (f'{beside[0]}: belongs beside the facts, as in {{"facts": {{…}}, "{beside[0]}": …}}',)
        )
    return rule_set.facts_from_json(given, source)


class _Reading:
    """Reads the parts of a question, and remembers what is wrong with each."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.problems: list[str] = []

    def names(self) -> None:
        """Refuse parts that no question has."""
        for name in self.given:
            if name not in FIELDS:
                self.problems.append(
                    WrongNameError("part of a question", name, sorted(FIELDS)).sentence(name)
                )

    def part(self, name: str, read: Callable[[Any], Any]) -> Any:
        """A part as it is read; None when it is not there, or wrong."""
        if self.given.get(name) is None:
            return None
        try:
            return read(self.given[name])
        except WrongValueError as error:
            self.problems.append(error.sentence(name))
        return None

    def object(self, name: str, place: str, read: Callable[[Any], Mapping[str, Any]]) -> Mapping[str, Any]:
        """A part that has names and values; ``place`` stands before each name in what is wrong."""
        given = self.given.get(name) or {}
        if not isinstance(given, Mapping):
            self.problems.append(f"{name}: expected an object with names and values, got {shown(given)}")
            return {}
        try:
            return read(given)
        except WrongFactsError as error:
            self.problems += [f"{place}{one}" for one in error.problems]
        return {}


def answer(rule_set: RuleSet, question: Question) -> Result:
    """The answer to a question. Raises WrongFactsError when it has no day."""
    if question.as_of is None:
        raise WrongFactsError((NO_DAY,))
    return evaluate(
        rule_set,
        question.facts,
        question.as_of,
        known_on=question.known_on,
        switches=question.switches,
        settings=question.settings,
    )
