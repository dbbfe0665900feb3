"""Examples of what a rule set can be asked: a whole question, and a value for each fact."""

from collections.abc import Iterable
from typing import Any

from core.rules.cases import Case, answer_to, cases_of
from core.rules.facts import FactDeclaration, value_to_json
from core.rules.findings import UNKNOWN
from core.rules.rule_set import RuleSet
from core.rules.trail import plain
from core.rules.value_types import ValueType, json_key

SIMPLE = {
    "boolean": True,
    "integer": 12,
    "decimal": 29.5,
    "money": 29.5,
    "date": "2026-01-31",
    "text": "text",
    "list": [],
}


def example_question(rule_set: RuleSet) -> dict[str, Any]:
    """The first worked case that has an answer, as JSON that can be asked as it is."""
    cases = cases_of(rule_set)
    case = next((one for one in cases if answer_to(one, rule_set).status != UNKNOWN), None)
    return _question(case or cases[0]) if cases else {"facts": {}, "asOf": SIMPLE["date"]}


def _question(case: Case) -> dict[str, Any]:
    made: dict[str, Any] = {
        "facts": {json_key(key): value_to_json(one.value) for key, one in case.facts.items()},
        "asOf": case.as_of.isoformat(),
        "knownOn": plain(case.known_on),
        "switches": plain(case.switches),
        "settings": plain(case.settings),
    }
    return {name: value for name, value in made.items() if value or name == "facts"}


def example_values(rule_set: RuleSet, facts: Iterable[FactDeclaration]) -> dict[str, Any]:
    """A value for each fact, by key: the first that a worked case gives, or one made up."""
    given: dict[str, Any] = {}
    for case in cases_of(rule_set):
        for key, one in case.facts.items():
            if one.value != ():
                given.setdefault(key, value_to_json(one.value))
    return {one.key: given.get(one.key, made_up(one.type)) for one in facts}


def made_up(kind: ValueType) -> Any:
    """A value of a type."""
    if kind.choices:
        first = next(iter(kind.choices))
        return [first] if kind.kind == "list" else first
    if kind.fields:
        fields = {one.json_key: made_up(one.type) for one in kind.fields.values()}
        return [fields] if kind.kind == "records" else fields
    return SIMPLE[kind.kind]
