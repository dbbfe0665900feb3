"""The trail: every reading that an answer rests on."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from core.rules.texts import decimal_text
from core.rules.value_types import json_key

FACT, PARAMETER, SWITCH, SETTING, RULE = "fact", "parameter", "switch", "setting", "rule"
CALENDAR, DAY = "calendar", "day"
NOT_GIVEN = "not given"
"""The source of a fact that is not there."""


class Entry(NamedTuple):
    """One reading. ``on`` is the day it was asked for; ``valid_from`` the day from which the value holds."""

    kind: str
    name: str
    value: Any
    source: str = ""
    valid_from: date | None = None
    reference: str = ""
    on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The entry, its value tagged with its type so that it can be read back exactly."""
        return self._as_json(self.name, tagged(self.value))

    def to_plain_json(self) -> dict[str, Any]:
        """The entry to be read, a fact by its name in JSON."""
        return self._as_json(json_key(self.name) if self.kind == FACT else self.name, plain(self.value))

    def _as_json(self, name: str, value: Any) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": name,
            "value": value,
            "source": self.source,
            "validFrom": self.valid_from and self.valid_from.isoformat(),
            "reference": self.reference,
            "on": self.on and self.on.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Entry":
        """The entry that `to_json` wrote."""
        return cls(
            stored["kind"],
            stored["name"],
            untagged(stored["value"]),
            stored["source"],
            _day(stored["validFrom"]),
            stored["reference"],
            _day(stored["on"]),
        )


def without_repeats(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in their order, each once; a parameter that is read for many days once for each value."""
    kept: dict[tuple[str, str, date | None], Entry] = {}
    for one in entries:
        kept.setdefault((one.kind, one.name, one.valid_from if one.kind == PARAMETER else one.on), one)
    return tuple(kept.values())


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def tagged(value: Any) -> Any:
    """A value for JSON: dates, exact numbers and lists say what they are, the rest is itself."""
    match value:
        case str() | int() | None:
            return value
        case date():
            return {"date": value.isoformat()}
        case Fraction():
            return {"number": f"{value.numerator}/{value.denominator}"}
        case list() | tuple():
            return {"list": [tagged(one) for one in value]}
        case Mapping():
            return {"fields": {name: tagged(one) for name, one in value.items()}}
        case _:
            return value


def untagged(stored: Any) -> Any:
    """The value that `tagged` wrote."""
    if not isinstance(stored, Mapping):
        return stored
    ((tag, value),) = stored.items()
    return _TAGS[tag](value)


_TAGS: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "number": Fraction,
    "list": lambda values: tuple(untagged(one) for one in values),
    "fields": lambda values: {name: untagged(one) for name, one in values.items()},
}


def plain(value: Any) -> Any:
    """A value for JSON that is read: dates as text, numbers as numbers, or as exact text."""
    match value:
        case str() | int() | None:
            return value
        case date():
            return value.isoformat()
        case Fraction():
            return _plain_number(value)
        case list() | tuple():
            return [plain(one) for one in value]
        case Mapping():
            return {_plain_name(name): plain(one) for name, one in value.items()}
        case _:
            return value


def _plain_name(name: str) -> str:
    """The name of a field as JSON has it; a code in capitals stays."""
    return json_key(name) if name == name.lower() else name


def _plain_number(value: Fraction) -> int | float | str:
    text = decimal_text(value)
    if value.denominator == 1:
        return value.numerator
    return text if "/" in text or len(text) > len("0.12345678901234") else float(text)
