"""Facts: what is declared about them in files, and what is given about one person or matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from core.rules.declared import Record
from core.rules.texts import Text
from core.rules.value_types import ValueType, WrongValueError, json_key, read_type


@dataclass(frozen=True)
class FactDeclaration:
    """``key`` is what rules call the fact, ``json_key`` what JSON does."""

    key: str
    json_key: str
    type: ValueType
    title: Text
    meaning: Text
    personal: bool


class Given(NamedTuple):
    """A fact that is known: its value, where it comes from, and the day from which that is."""

    value: Any
    source: str
    on: date | None = None


Facts = Mapping[str, Given]
"""Facts by key; one that is not there is unknown, never false."""


class WrongFactsError(ValueError):
    """Facts that cannot be read; ``problems`` is a sentence for each, naming the fact."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


def read_facts(record: Record) -> dict[str, FactDeclaration]:
    """The facts that a file declares below ``facts``."""
    return {key: _declaration(key, one) for key, one in record.records("facts")}


def _declaration(key: str, record: Record) -> FactDeclaration:
    if key != key.lower() or not key.isidentifier():
        raise record.error("", "the key of a fact is written like birth_date")
    title, meaning = record.wording("title"), record.wording("meaning")
    personal = record.flag("personal", default=True)
    made = FactDeclaration(key, json_key(key), read_type(record), title, meaning, personal)
    record.close()
    return made


def facts_from_json(
    declared: Mapping[str, FactDeclaration], given: Any, source: str, on: date | None = None
) -> dict[str, Given]:
    """Facts by key, from JSON.

    A fact is its value, or an object of ``value``, ``source`` and ``date``; null is the same as left out.
    Raises WrongFactsError with every problem at once.
    """
    if not isinstance(given, Mapping):
        raise WrongFactsError(("the facts must be an object with a field for each fact",))
    by_name = {one.json_key: one for one in declared.values()}
    origin = Given(None, source, on)
    facts: dict[str, Given] = {}
    problems = []
    for name, value in given.items():
        try:
            one = _given(by_name, name, value, origin)
        except WrongValueError as error:
            problems.append(f"{name}{error.place}: expected {error.expected}, got {error.got!r}")
        else:
            if one.value is not None:
                facts[by_name[name].key] = one
    if problems:
        raise WrongFactsError(tuple(problems))
    return facts


def _given(by_name: Mapping[str, FactDeclaration], name: str, value: Any, origin: Given) -> Given:
    declaration = by_name.get(name)
    if declaration is None:
        raise WrongValueError("a fact that the rule set knows", name)
    if isinstance(value, Mapping) and "value" in value and "value" not in declaration.type.fields:
        origin = _origin(value, origin)
        value = value["value"]
    return origin if value is None else Given(declaration.type.parse(value), origin.source, origin.on)


def _origin(value: Mapping[str, Any], usual: Given) -> Given:
    unknown = set(value) - {"value", "source", "date"}
    if unknown:
        raise WrongValueError("only value, source and date", min(unknown))
    day = value.get("date")
    on = usual.on if day is None else ValueType("date").parse(day)
    return Given(None, str(value.get("source", usual.source)), on)
