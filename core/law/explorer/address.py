"""A question as the address that asks it: the reverse of reading what is typed."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from core.law.explorer.asked import AS_OF, KNOWN_ON, SETTING, SWITCH
from core.law.explorer.typed import KNOWN, NO, YES
from core.rules.cases import Case
from core.rules.rule_set import RuleSet
from core.rules.texts import decimal_text
from core.rules.value_types import ValueType

Typed = Iterator[tuple[str, str]]


def address_of(rule_set: RuleSet, case: Case) -> str:
    """The end of the address that asks the explorer what a worked case asks."""
    law = rule_set.law
    typed = [(AS_OF, case.as_of.isoformat())]
    if case.known_on is not None:
        typed.append((KNOWN_ON, case.known_on.isoformat()))
    for key, given in case.facts.items():
        typed += _typed(law.facts[key].json_key, given.value, law.facts[key].type)
    typed += [(f"{SWITCH}{key}", day.isoformat()) for key, day in case.switches.items()]
    for key, value in case.settings.items():
        typed += _typed(f"{SETTING}{key}", value, law.settings[key].type)
    return urlencode(sorted(typed))


def _typed(name: str, value: Any, kind: ValueType) -> Typed:
    """What somebody types under a name to give a value; nothing for what is unknown."""
    if value is None:
        return
    if kind.kind == "record":
        yield from _fields(name, value, kind)
    elif kind.kind == "records":
        yield from _rows(name, value, kind)
    elif kind.kind == "list" and kind.choices:
        yield name, KNOWN
        yield from ((f"{name}.{key}", YES) for key in value)
    else:
        yield name, _text(value)


def _fields(name: str, value: Mapping[str, Any], kind: ValueType) -> Typed:
    for key, one in kind.fields.items():
        yield from _typed(f"{name}.{one.json_key}", value.get(key), one.type)


def _rows(name: str, rows: tuple[Mapping[str, Any], ...], kind: ValueType) -> Typed:
    yield name, KNOWN
    for number, row in enumerate(rows):
        yield from _fields(f"{name}.{number}", row, kind)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
