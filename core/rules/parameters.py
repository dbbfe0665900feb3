"""Parameters: what the law states as a value, with its date, unit and reference, in files."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.rules.declared import Record
from core.rules.texts import Text
from core.rules.value_types import ValueType
from core.rules.wrong import WrongValueError

CONFIDENCE = ("H", "M", "L")
"""High: the text of the law was read. Medium: it needs interpretation, or is guidance. Low: not confirmed."""
TYPES = ("integer", "decimal", "money", "date", "text", "list")
CONFIRMED_FOR_MONTHS = 13


@dataclass(frozen=True)
class DatedValue:
    """One value: ``valid_from`` is the day the law gives it, ``known_from`` the day it was made public."""

    value: Any
    valid_from: date
    reference: str
    confidence: str
    confirmed_on: date
    known_from: date
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """A value that changes with the law; ``values`` stand in the order of their dates."""

    key: str
    title: Text
    type: ValueType
    values: tuple[DatedValue, ...]
    _starts: list[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the search by date."""
        object.__setattr__(self, "_starts", [one.valid_from for one in self.values])

    def on(self, day: date, known_on: date | None = None) -> DatedValue | None:
        """The value that applies on a day, as far as it was known on another; None before the first."""
        for index in range(bisect_right(self._starts, day) - 1, -1, -1):
            if known_on is None or self.values[index].known_from <= known_on:
                return self.values[index]
        return None


def read_parameters(record: Record) -> dict[str, Parameter]:
    """The parameters that a file declares below ``parameters``."""
    return {key: _parameter(key, one) for key, one in record.records("parameters")}


def _parameter(key: str, record: Record) -> Parameter:
    kind = ValueType(record.choice("type", TYPES), record.text("unit"))
    title = record.wording("title")
    values = sorted((_value(kind, one) for one in record.items("values")), key=_order)
    if not values:
        raise record.error("values", "is missing")
    record.close()
    return Parameter(key, title, kind, tuple(values))


def _order(one: DatedValue) -> tuple[date, date]:
    return one.valid_from, one.known_from


def _value(kind: ValueType, record: Record) -> DatedValue:
    try:
        value = kind.parse(record.take("value"))
    except WrongValueError as error:
        raise record.error("value", error.problem()) from error
    valid_from = record.date("valid_from")
    made = DatedValue(
        value,
        valid_from,
        record.text("reference"),
        record.choice("confidence", CONFIDENCE),
        record.date("confirmed_on"),
        record.date("known_from", valid_from),
        record.text("note", ""),
    )
    record.close()
    return made


def old_confirmations(parameters: Mapping[str, Parameter], today: date) -> Iterator[tuple[str, DatedValue]]:
    """Values in force today or later that nobody has confirmed for 13 months, with the parameter's key."""
    limit = today.year * 12 + today.month - CONFIRMED_FOR_MONTHS
    for key, parameter in parameters.items():
        for one in _still_of_use(parameter, today):
            months = one.confirmed_on.year * 12 + one.confirmed_on.month
            if months < limit or (months == limit and one.confirmed_on.day < today.day):
                yield key, one


def _still_of_use(parameter: Parameter, today: date) -> Iterable[DatedValue]:
    now = parameter.on(today)
    return [one for one in parameter.values if one is now or one.valid_from > today]
