"""The types that facts, parameters and answers have: how a given value is checked and read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from core.rules.declared import Record, exact
from core.rules.texts import Text


class WrongValueError(ValueError):
    """A value is not of its type; ``place`` tells where inside it (``[2].days``), empty for the whole."""

    def __init__(self, expected: str, got: Any, place: str = "") -> None:
        self.expected, self.got, self.place = expected, got, place
        super().__init__(f"{place or 'the value'}: expected {expected}, got {got!r}")


@dataclass(frozen=True)
class ValueType:
    """``kind`` is a key of `KINDS`; ``choices`` belong to choices and lists, ``fields`` to records.

    ``words`` say what codes mean where any code may stand; they refuse nothing.
    """

    kind: str
    unit: str = ""
    choices: Mapping[str, Text] = field(default_factory=dict)
    fields: Mapping[str, "Field"] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)

    def parse(self, given: Any) -> Any:
        """The value as rules see it. Raises WrongValueError."""
        return KINDS[self.kind](self, given)

    def saying(self, words: Mapping[str, Text]) -> "ValueType":
        """The same type, with what codes mean in texts and lists that name no choices."""
        if self.kind in {"text", "list"} and not self.choices:
            return replace(self, words=words)
        fields = {key: replace(one, type=one.type.saying(words)) for key, one in self.fields.items()}
        return replace(self, fields=fields) if fields else self


@dataclass(frozen=True)
class Field:
    """A field of a record: its key in rules and in JSON, its type, and what it means."""

    key: str
    json_key: str
    type: ValueType
    title: Text
    meaning: Text | None = None
    optional: bool = False


@lru_cache(maxsize=4096)
def json_key(key: str) -> str:
    """``birth_date`` as JSON has it: ``birthDate``."""
    first, *others = key.split("_")
    return first + "".join(one[:1].upper() + one[1:] for one in others)


def _boolean(_: ValueType, given: Any) -> bool:
    if not isinstance(given, bool):
        raise WrongValueError("true or false", given)
    return given


def _integer(_: ValueType, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise WrongValueError("a whole number", given)
    return given


def _number(_: ValueType, given: Any) -> Fraction:
    try:
        return exact(str(given) if isinstance(given, Decimal) else given)
    except (ValueError, ZeroDivisionError) as error:
        raise WrongValueError("a number", given) from error


def _date(_: ValueType, given: Any) -> date:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise WrongValueError("a date such as 2026-01-31", given) from error


def _text(_: ValueType, given: Any) -> str:
    if not isinstance(given, str):
        raise WrongValueError("a text", given)
    return given


def _choice(kind: ValueType, given: Any) -> str:
    if not isinstance(given, str) or given not in kind.choices:
        raise WrongValueError(f"one of {', '.join(kind.choices)}", given)
    return given


def _record(kind: ValueType, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise WrongValueError("an object with fields", given)
    known = {name for one in kind.fields.values() for name in (one.key, one.json_key)}
    for name in given:
        if name not in known:
            raise WrongValueError(f"only the fields {', '.join(sorted(kind.fields))}", name, f".{name}")
    return {one.key: _field(one, given) for one in kind.fields.values()}


def _field(one: Field, given: Mapping[str, Any]) -> Any:
    value = given.get(one.json_key, given.get(one.key))
    if value is None and one.optional:
        return None
    return _inside(f".{one.json_key}", one.type, value)


def _records(kind: ValueType, given: Any) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple):
        raise WrongValueError("a list", given)
    element = ValueType("record", fields=kind.fields)
    return tuple(_inside(f"[{index}]", element, one) for index, one in enumerate(given))


def _list(kind: ValueType, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise WrongValueError("a list", given)
    if kind.choices:
        return tuple(_choice(kind, one) for one in given)
    return tuple(given)


def _inside(place: str, kind: ValueType, given: Any) -> Any:
    try:
        return kind.parse(given)
    except WrongValueError as error:
        raise WrongValueError(error.expected, error.got, place + error.place) from error


KINDS: dict[str, Callable[[ValueType, Any], Any]] = {
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _number,
    "money": _number,
    "date": _date,
    "text": _text,
    "choice": _choice,
    "list": _list,
    "record": _record,
    "records": _records,
}


def read_type(record: Record) -> ValueType:
    """The type that a record's fields ``type``, ``unit``, ``choices`` and ``fields`` declare."""
    kind = record.choice("type", KINDS)
    choices = {name: record.record("choices").wording(name) for name in record.take("choices", {})}
    fields = {key: read_field(key, one) for key, one in record.records("fields")}
    if (kind == "choice" and not choices) or (choices and kind not in {"choice", "list"}):
        raise record.error("choices", "belong to the type choice, perhaps to a list, and to no other")
    if (kind in {"record", "records"}) != bool(fields):
        raise record.error("fields", "belong to the types record and records, and to no other")
    return ValueType(kind, record.text("unit", ""), choices, fields)


def read_field(key: str, record: Record) -> Field:
    """A field of a record."""
    kind = read_type(record)
    title, meaning = record.wording("title"), record.wording("meaning", None)
    made = Field(key, json_key(key), kind, title, meaning, record.flag("optional"))
    record.close()
    return made
