"""When the law of a rule set changes: pure, from what is declared and from the dates of its switches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from core.law.known import once, reads_by_version, reads_of
from core.rules.context import Switches
from core.rules.parameters import Parameter
from core.rules.rule import AS_OF, RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.texts import Text
from core.rules.value_types import ValueType

RULE, PARAMETER, SWITCH = "rule", "parameter", "switch"
BEGINS, ENDS, NEW_VERSION, NEW_VALUE, IN_FORCE = "begins", "ends", "new_version", "new_value", "in_force"


@dataclass(frozen=True)
class Change:
    """One thing that changes on a day. ``what`` is one of the words above.

    ``moved_by`` are the dates that decide on which side of the change a matter is: keys of facts, ids of
    rules or ``as_of``. ``before`` and ``after`` are values of a parameter.
    """

    day: date
    kind: str
    what: str
    key: str
    title: Text
    reference: str
    moved_by: tuple[str, ...]
    type: ValueType | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class ChangeDay:
    """A day with everything that changes on it; ``number`` stands in the picture and in the table."""

    number: int
    day: date
    changes: tuple[Change, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of things change."""
        there = {one.kind for one in self.changes}
        return tuple(kind for kind in (RULE, PARAMETER, SWITCH) if kind in there)


def days_of_change(rule_set: RuleSet, switches: Switches) -> tuple[ChangeDay, ...]:
    """Every day on which something changes, in order."""
    changes = [*_declared(rule_set), *_of_switches(rule_set, switches)]
    by_day = groupby(sorted(changes, key=lambda one: one.day), key=lambda one: one.day)
    return tuple(ChangeDay(number, day, tuple(there)) for number, (day, there) in enumerate(by_day, start=1))


@once
def _declared(rule_set: RuleSet) -> tuple[Change, ...]:
    """What is older than the first rule is no change: it has stood since before there was a rule to read it."""
    rules = tuple(_of_rules(rule_set))
    first = min((one.day for one in rules), default=date.min)
    return *rules, *(one for one in _of_parameters(rule_set) if one.day >= first)


def _of_rules(rule_set: RuleSet) -> Iterator[Change]:
    for rule_id in rule_set.own_rules:
        versions = rule_set.rules[rule_id]
        begun = {one.valid_from for one in versions}
        first = min((day for day in begun if day is not None), default=None)
        for one in versions:
            if one.valid_from is not None:
                what = BEGINS if one.valid_from == first and None not in begun else NEW_VERSION
                yield _of_rule(one, one.valid_from, what)
            if one.valid_until is not None and one.valid_until not in begun:
                yield _of_rule(one, one.valid_until, ENDS)


def _of_rule(one: RuleVersion, day: date, what: str) -> Change:
    return Change(day, RULE, what, one.id, one.title, one.reference, one.selected_by)


def _of_parameters(rule_set: RuleSet) -> Iterator[Change]:
    moved_by = _selecting(rule_set, "parameters")
    for key in reads_of(rule_set).parameters:
        if key in rule_set.law.parameters:
            yield from _of_parameter(rule_set.law.parameters[key], moved_by.get(key, (AS_OF,)))


def _of_parameter(parameter: Parameter, moved_by: tuple[str, ...]) -> Iterator[Change]:
    before = None
    for one in parameter.values:
        yield Change(
            one.valid_from,
            PARAMETER,
            NEW_VALUE,
            parameter.key,
            parameter.title,
            one.reference,
            moved_by,
            parameter.type,
            before,
            one.value,
        )
        before = one.value


def _of_switches(rule_set: RuleSet, switches: Switches) -> Iterator[Change]:
    moved_by = _selecting(rule_set, "switches") if switches else {}
    for key in reads_of(rule_set).switches:
        if key in switches and key in rule_set.law.switches:
            one = rule_set.law.switches[key]
            by = moved_by.get(key, (AS_OF,))
            yield Change(switches[key], SWITCH, IN_FORCE, key, one.title, one.reference, by)


def _selecting(rule_set: RuleSet, kind: str) -> Mapping[str, tuple[str, ...]]:
    """For each parameter or switch the dates that select the rules reading it."""
    reads, found = reads_by_version(rule_set), dict[str, dict[str, None]]()
    for versions in rule_set.rules.values():
        for one in versions:
            for key in getattr(reads[one.id, one.version], kind):
                found.setdefault(key, {}).update(dict.fromkeys(one.selected_by))
    return {key: tuple(names) for key, names in found.items()}
