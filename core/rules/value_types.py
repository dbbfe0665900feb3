"""The types that facts, parameters and answers have: how a given value is checked and read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from core.rules.declared import Record, exact
from core.rules.texts import Text
from core.rules.wrong import (
    WrongNameError,
    WrongValueError,
    date_expected,
    date_meant,
    nearest,
    number_meant,
    truth_meant,
)

LARGEST_EXPONENT = 30
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


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
        raise WrongValueError("true or false", given, meant=truth_meant(given))
    return given


def _integer(kind: ValueType, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        meant = number_meant(given)
        raise WrongValueError(_of("a whole number", kind, "12"), given, meant="" if "." in meant else meant)
    return given


def _of(what: str, kind: ValueType, such_as: str) -> str:
    return f"{what} ({kind.unit}) such as {such_as}" if kind.unit else f"{what} such as {such_as}"


def _number(kind: ValueType, given: Any) -> Fraction:
    try:
        return exact(_of_some_size(str(given) if isinstance(given, Decimal) else given))
    except (ValueError, ZeroDivisionError) as error:
        raise WrongValueError(_of("a number", kind, "29.5"), given, meant=number_meant(given)) from error


def _of_some_size(given: Any) -> Any:
    """Refuses a number that takes for ever to write out."""
    power = re.search(r"e[+-]?(\d+)", given, re.IGNORECASE) if isinstance(given, str) else None
    if power and int(power[1]) > LARGEST_EXPONENT:
        raise ValueError(given)
    return given


def _date(_: ValueType, given: Any) -> date:
    if isinstance(given, date):
        return given
    if not isinstance(given, str) or not ISO_DATE.fullmatch(given):
        raise _wrong_date(given)
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise _wrong_date(given) from error


def _wrong_date(given: Any) -> WrongValueError:
    return WrongValueError(date_expected(given), given, meant=date_meant(given))


def _text(_: ValueType, given: Any) -> str:
    if not isinstance(given, str):
        raise WrongValueError("a text", given)
    return given


def _code(_: ValueType, given: Any) -> str | int | date:
    if isinstance(given, bool) or not isinstance(given, str | int | date):
        raise WrongValueError("a text, a whole number or a date", given)
    return given


def _choice(kind: ValueType, given: Any) -> str:
    if not isinstance(given, str) or given not in kind.choices:
        meant = nearest(given, kind.choices) if isinstance(given, str) else ""
        raise WrongValueError(f"one of {', '.join(kind.choices)}", given, meant=meant)
    return given


def _record(kind: ValueType, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise WrongValueError("an object with fields", given)
    known = {name for one in kind.fields.values() for name in (one.key, one.json_key)}
    for name in given:
        if name not in known:
            fields = [one.json_key for one in kind.fields.values()]
            raise WrongNameError("field", name, fields, f".{name}")
    return {one.key: _field(one, given) for one in kind.fields.values()}


def _field(one: Field, given: Mapping[str, Any]) -> Any:
    value = given.get(one.json_key, given.get(one.key))
    if value is None and one.optional:
        return None
    return _inside(f".{one.json_key}", one.type.parse, value)


def _records(kind: ValueType, given: Any) -> tuple[Any, ...]:
    return _each(given, partial(_record, kind), "a list of objects such as [{}]")


def _list(kind: ValueType, given: Any) -> tuple[str, ...]:
    if not kind.choices:
        return _each(given, partial(_code, kind), 'a list such as ["A"]')
    such_as = f'a list such as ["{next(iter(kind.choices))}"]'
    return _each(given, partial(_choice, kind), such_as)


def _each(given: Any, read: Callable[[Any], Any], expected: str) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple):
        raise WrongValueError(expected, given)
    return tuple(_inside(f"[{index}]", read, one) for index, one in enumerate(given))


def _inside(place: str, read: Callable[[Any], Any], given: Any) -> Any:
    try:
        return read(given)
    except WrongValueError as error:
        raise error.inside(place) from error


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
