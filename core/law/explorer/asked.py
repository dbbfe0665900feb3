"""The question that an address holds: facts, day, trials and settings, for one scenario or for two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from core.law.asking_for_tenant import Terms
from core.law.explorer.typed import UNKNOWN, Typed
from core.rules.evaluate import evaluate
from core.rules.facts import FactDeclaration, Facts, Given, value_to_json
from core.rules.question import Question
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.trail import plain
from core.rules.value_types import json_key

AS_OF, KNOWN_ON = "as-of", "known-on"
SWITCH, SETTING, SECOND = "switch.", "setting.", "second."
COMPARE, MORE_ROWS = "two-scenarios", "add-row"
SOURCE: Final = "explorer"
"""The source of every fact of the explorer: somebody typed it here."""


@dataclass(frozen=True)
class Asked:
    """``second`` is None without a comparison; ``typed`` has the values as typed and what is wrong."""

    first: Question
    second: Question | None
    typed: Typed
    add_row_to: str = ""

    @property
    def is_good(self) -> bool:
        """Whether everything could be read."""
        return not self.typed.errors

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed but the day."""
        return not set(self.typed.taken) - {AS_OF}

    def address(self, **changed: str) -> str:
        """The same question as the end of an address, with ``changed`` names in place of those asked."""
        return urlencode(sorted({**self.typed.taken, **changed}.items()))

    def alone(self) -> str:
        """The first scenario without the second, as the end of an address."""
        names = {name: text for name, text in self.typed.taken.items() if not name.startswith(SECOND)}
        names.pop(COMPARE, None)
        return urlencode(sorted(names.items()))

    def unknown_names(self, given: Mapping[str, str]) -> list[str]:
        """What the address names and the rule set does not know."""
        known = {*self.typed.taken, MORE_ROWS}
        return sorted(name for name, text in given.items() if text.strip() and name not in known)


def read_question(rule_set: RuleSet, given: Mapping[str, str], today: date, terms: Terms) -> Asked:
    """The question in an address. ``terms`` are what counts here where the address tries nothing else."""
    typed = Typed(given)
    tried = _settings(rule_set, typed)
    as_of = typed.day(AS_OF) or today
    first = Question(
        as_of,
        _facts(rule_set, typed, {}, ""),
        typed.day(KNOWN_ON),
        {**terms.switches, **_tried(rule_set, typed)},
        {**terms.practice.settings(rule_set, as_of), **tried},
    )
    typed.taken.setdefault(AS_OF, today.isoformat())
    second = None
    if typed.text(COMPARE):
        day = typed.day(f"{SECOND}{AS_OF}") or as_of
        facts = _facts(rule_set, typed, first.facts, SECOND)
        settings = {**terms.practice.settings(rule_set, day), **tried}
        second = replace(first, as_of=day, facts=facts, settings=settings)
    return Asked(first, second, typed, given.get(MORE_ROWS, ""))


def _facts(rule_set: RuleSet, typed: Typed, usual: Facts, prefix: str) -> dict[str, Given]:
    found = dict(usual)
    for key, one in rule_set.law.facts.items():
        name = f"{prefix}{one.json_key}"
        value = typed.value(name, one.type)
        if value is not None:
            found[key] = Given(value, SOURCE)
        elif typed.given.get(name) == UNKNOWN:
            found.pop(key, None)
    return found


def _tried(rule_set: RuleSet, typed: Typed) -> dict[str, date]:
    days = {key: typed.day(f"{SWITCH}{key}") for key in rule_set.law.switches}
    return {key: day for key, day in days.items() if day is not None}


def _settings(rule_set: RuleSet, typed: Typed) -> dict[str, Any]:
    values = {key: typed.value(f"{SETTING}{key}", one.type) for key, one in rule_set.law.settings.items()}
    return {key: value for key, value in values.items() if value is not None}


def answer_to(rule_set: RuleSet, question: Question) -> Result:
    """The answer; a question from an address always has a day."""
    if question.as_of is None:
        raise ValueError("a question of the explorer has a day")
    return evaluate(
        rule_set,
        question.facts,
        question.as_of,
        known_on=question.known_on,
        switches=question.switches,
        settings=question.settings,
    )


def different_facts(rule_set: RuleSet, asked: Asked) -> list[tuple[FactDeclaration, Any, Any]]:
    """The facts that are not the same in both scenarios, with their values; None for one that is unknown."""
    if asked.second is None:
        return []
    first, second = asked.first.facts, asked.second.facts
    values = [(one, first.get(key), second.get(key)) for key, one in rule_set.law.facts.items()]
    return [(one, a and a.value, b and b.value) for one, a, b in values if a != b]


def given_facts(rule_set: RuleSet, question: Question) -> list[tuple[FactDeclaration, Any]]:
    """The facts of a question with their values, in the order of the law."""
    facts = question.facts
    return [(one, facts[key].value) for key, one in rule_set.law.facts.items() if key in facts]


def as_json(question: Question) -> dict[str, Any]:
    """The question as the command that evaluates rule sets reads it."""
    return {
        "facts": {json_key(key): value_to_json(one.value) for key, one in question.facts.items()},
        "asOf": question.as_of and question.as_of.isoformat(),
        "knownOn": question.known_on and question.known_on.isoformat(),
        "switches": {key: day.isoformat() for key, day in question.switches.items()},
        "settings": plain({key: _bare(one) for key, one in question.settings.items()}),
    }


def _bare(chosen: Any) -> Any:
    """A setting's value, without where it comes from."""
    return chosen.value if isinstance(chosen, Given) else chosen
