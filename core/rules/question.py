"""A question to a rule set as JSON: the facts of one matter, and the day it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.rules.evaluate import evaluate
from core.rules.facts import Facts, WrongFactsError
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.value_types import ValueType, WrongValueError

FIELDS = frozenset({"id", "facts", "asOf", "knownOn", "switches", "settings"})
DATE = ValueType("date")


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

    Raises WrongFactsError.
    """
    whole = isinstance(given, Mapping) and isinstance(given.get("facts"), Mapping)
    if not whole:
        return replace(usual, facts=rule_set.facts_from_json(given, source))
    unknown = sorted(set(given) - FIELDS)
    if unknown:
        raise WrongFactsError((f"{unknown[0]}: a question has {', '.join(sorted(FIELDS))}",))
    try:
        return Question(
            _date(given, "asOf") or usual.as_of,
            rule_set.facts_from_json(given["facts"], source),
            _date(given, "knownOn") or usual.known_on,
            {**usual.switches, **switches_from_json(rule_set, given.get("switches", {}))},
            {**usual.settings, **rule_set.settings_from_json(given.get("settings", {}))},
        )
    except WrongValueError as error:
        raise WrongFactsError((str(error),)) from error


def _date(given: Mapping[str, Any], name: str) -> date | None:
    value = given.get(name)
    return None if value is None else DATE.parse(value)


def switches_from_json(rule_set: RuleSet, given: Mapping[str, Any]) -> dict[str, date]:
    """The day from which each switch is on. Raises WrongValueError."""
    for name in given:
        if name not in rule_set.law.switches:
            raise WrongValueError(f"one of the switches {', '.join(rule_set.law.switches) or '(none)'}", name)
    return {name: DATE.parse(value) for name, value in given.items()}


def answer(rule_set: RuleSet, question: Question) -> Result:
    """The answer to a question. Raises WrongFactsError when it has no day."""
    if question.as_of is None:
        raise WrongFactsError(("asOf: the day on which the question is asked is missing",))
    return evaluate(
        rule_set,
        question.facts,
        question.as_of,
        known_on=question.known_on,
        switches=question.switches,
        settings=question.settings,
    )
