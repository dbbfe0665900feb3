"""Reading typed values from an address: each by its type, with a message for the field that is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from flask_babel import lazy_gettext as _
from marshmallow import ValidationError, fields

from core.kernel.errors import Message
from core.rules.declared import exact
from core.rules.value_types import Field, ValueType
from core.web.fields import Choice, Day, Line, Spoken, WholeNumber

LONGEST: Final = 500
MOST_ROWS: Final = 40
LARGEST: Final = 10**9
YES, NO, UNKNOWN, KNOWN = "yes", "no", "unknown-", "known"
"""Words of the address. ``unknown-`` ends as no key of a choice does."""

REQUIRED: Final = _("Fill in this field, or empty the others beside it.")


class Number(Spoken):
    """A number that loses nothing: 29.5, 29,5 or 2/3, with or without spaces between thousands."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Fraction:  # noqa: ARG002
        text = re.sub(r"\s", "", str(value)).replace(",", ".")
        if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15}|/[1-9][0-9]{0,8})?", text):
            raise ValidationError(str(_("Write a number, such as 29.5 or 2/3.")))
        return exact(text)


class Typed:
    """Takes values out of an address by name. Remembers what was taken and what was wrong with it.

    ``taken`` is what the address says as far as anybody asked; it makes the same question again.
    """

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.taken: dict[str, str] = {}
        self.errors: dict[str, Sequence[Message]] = {}

    def text(self, name: str) -> str:
        """What stands under a name; empty when nothing does."""
        text = self.given.get(name, "").strip()
        if text:
            self.taken[name] = text
        return text

    def take(self, name: str, as_: fields.Field[Any]) -> Any:
        """The value under a name; None when nothing stands there, or something wrong."""
        text = self.text(name)
        if not text or text == UNKNOWN:
            return None
        try:
            return as_.deserialize(text)
        except ValidationError as error:
            self.errors[name] = error.messages  # type: ignore[assignment]
            return None

    def day(self, name: str) -> date | None:
        """A date."""
        day: date | None = self.take(name, Day())
        return day

    def value(self, name: str, kind: ValueType) -> Any:
        """A value of a type; None when it is unknown."""
        return _BY_KIND[kind.kind](self, name, kind)

    def record(self, name: str, kind: ValueType) -> dict[str, Any] | None:
        """The fields of a record; None when all are empty, or one that has to be there is not."""
        fields_of = {key: f"{name}.{one.json_key}" for key, one in kind.fields.items()}
        values = {key: self.value(fields_of[key], one.type) for key, one in kind.fields.items()}
        if not any(self._is_filled(place) for place in fields_of.values()):
            return None
        for key, one in kind.fields.items():
            self._require(fields_of[key], one, values[key])
        return None if any(place in self.errors for place in fields_of.values()) else values

    def _require(self, name: str, one: Field, value: Any) -> None:
        if value is None and not one.optional and name not in self.errors:
            self.errors[name] = (REQUIRED,)

    def _is_filled(self, name: str) -> bool:
        return any(taken == name or taken.startswith(f"{name}.") for taken in self.taken)

    def records(self, name: str, kind: ValueType) -> tuple[dict[str, Any], ...] | None:
        """The rows that hold something. Without any the list is unknown, unless it is said to be empty."""
        rows = [self.record(f"{name}.{row}", kind) for row in range(self.rows(name))]
        filled = tuple(row for row in rows if row is not None)
        return self.listed(name, filled)

    def listed(self, name: str, filled: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """What stands in a list; one that is empty is unknown unless it is said to be known."""
        known = self.take(name, Choice((KNOWN,)))
        if filled:
            self.taken.setdefault(name, KNOWN)
        return filled if filled or known else None

    def rows(self, name: str) -> int:
        """How many rows the address has of a list."""
        row = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.")
        numbers = [int(found[1]) for key, text in self.given.items() if text and (found := row.match(key))]
        return min(max(numbers, default=-1) + 1, MOST_ROWS)


def _list(typed: Typed, name: str, kind: ValueType) -> tuple[str, ...] | None:
    if kind.choices:
        return _ticked(typed, name, kind)
    text = typed.take(name, Line(max=LONGEST))
    return None if text is None else tuple(part.strip() for part in text.split(",") if part.strip())


def _ticked(typed: Typed, name: str, kind: ValueType) -> tuple[str, ...] | None:
    """What is ticked. Without anything the list is unknown, unless it is said to be empty."""
    return typed.listed(
        name, tuple(key for key in kind.choices if typed.take(f"{name}.{key}", Choice((YES,))))
    )


def _boolean(typed: Typed, name: str, _kind: ValueType) -> bool | None:
    chosen = typed.take(name, Choice((YES, NO)))
    return None if chosen is None else chosen == YES


_BY_KIND: Mapping[str, Callable[[Typed, str, ValueType], Any]] = {
    "boolean": _boolean,
    "integer": lambda typed, name, _kind: typed.take(name, WholeNumber(min=-LARGEST, max=LARGEST)),
    "decimal": lambda typed, name, _kind: typed.take(name, Number()),
    "money": lambda typed, name, _kind: typed.take(name, Number()),
    "date": lambda typed, name, _kind: typed.day(name),
    "text": lambda typed, name, _kind: typed.take(name, Line(max=LONGEST)),
    "choice": lambda typed, name, kind: typed.take(name, Choice(kind.choices)),
    "list": _list,
    "record": Typed.record,
    "records": Typed.records,
}
