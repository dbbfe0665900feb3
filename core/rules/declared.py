"""Reading what files declare: every wrong field is an error that names its file, line and field."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from core.rules.texts import Text
from core.rules.yaml_lines import DeclarationError, LinedYaml, Place, Step, read_yaml

NOTHING = object()


class Record:
    """A mapping in a file. Fields are taken from it one by one; `close` refuses what nobody took."""

    def __init__(self, source: LinedYaml, place: Place = ()) -> None:
        self.source, self.place = source, place
        values: Any = source.values
        for step in place:
            values = values[step]
        self.values: Mapping[str, Any] = self._mapping(values)
        self._taken: set[str] = set()

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """The fields of a whole file."""
        return cls(read_yaml(path))

    def _mapping(self, values: Any) -> Mapping[str, Any]:
        if not isinstance(values, dict):
            raise self.error("", "must hold fields and their values")
        return values

    def error(self, field: str, problem: str) -> DeclarationError:
        """The error that says what is wrong with a field, or with the whole record."""
        return self.source.error((*self.place, field) if field else self.place, problem)

    def take(self, field: str, default: Any = NOTHING) -> Any:
        """The bare value of a field."""
        self._taken.add(field)
        value = self.values.get(field)
        if value is None and default is NOTHING:
            raise self.error(field, "is missing")
        return default if value is None else value

    def text(self, field: str, default: Any = NOTHING) -> str:
        """A text that is not empty."""
        value = self.take(field, default)
        if value is not default and (not isinstance(value, str) or not value.strip()):
            raise self.error(field, "must be a text")
        return str(value)

    def choice(self, field: str, allowed: Collection[str], default: Any = NOTHING) -> str:
        """One of a few words."""
        value = self.text(field, default)
        if value != default and value not in allowed:
            raise self.error(field, f"must be one of {', '.join(sorted(allowed))}, not {value}")
        return value

    def flag(self, field: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.take(field, default)
        if not isinstance(value, bool):
            raise self.error(field, "must be true or false")
        return value

    def date(self, field: str, default: Any = NOTHING) -> Any:
        """A date, year first."""
        value = self.take(field, default)
        if value is default:
            return default
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self.error(field, f"must be a date such as 2026-01-31, not {value}") from error

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty when the field is missing."""
        values = self.take(field, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self.error(field, "must be a list of texts")
        return tuple(values)

    def wording(self, field: str, default: Any = NOTHING) -> Any:
        """A text in several languages."""
        if self.take(field, default) is default:
            return default
        return read_text(self.record(field))

    def record(self, *steps: Step) -> "Record":
        """The mapping at a field, or at a place in a list."""
        self._taken.add(str(steps[0]))
        return Record(self.source, (*self.place, *steps))

    def records(self, field: str) -> Iterator[tuple[str, "Record"]]:
        """The named mappings below a field, in the order of the file; none when it is missing."""
        if self.take(field, None) is not None:
            for name in self.record(field).values:
                yield name, self.record(field, name)

    def items(self, field: str) -> Iterator["Record"]:
        """The mappings in a list; none when the field is missing."""
        values = self.take(field, [])
        if not isinstance(values, list):
            raise self.error(field, "must be a list")
        for index in range(len(values)):
            yield self.record(field, index)

    def close(self) -> None:
        """Refuse fields that nobody knows: a misspelt field must not be silent."""
        for field in self.values:
            if field not in self._taken:
                raise self.error(field, "is not a field here")


def read_text(record: Record) -> Text:
    """A text by language; `nb` and `en` must be there."""
    text = Text(record.text("nb"), record.text("en"), record.text("da", ""))
    record.close()
    try:
        text.names()
    except ValueError as error:
        raise record.error("", f"braces do not match: {error}") from error
    return text


def exact(value: Any) -> Fraction:
    """A number without loss: from an integer, a decimal, or a text such as ``2/3``. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError(f"not a number: {value!r}")  # noqa: TRY004  one error for all wrong values
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)
