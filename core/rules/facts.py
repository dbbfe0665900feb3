"""Facts: what is declared about them in files, and what is given about one person or matter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from core.rules.declared import Record
from core.rules.texts import Text
from core.rules.trail import plain
from core.rules.value_types import ValueType, json_key, read_type
from core.rules.wrong import WrongNameError, WrongValueError, shown


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

ORIGIN = ("value", "source", "date")
"""What a fact may say of itself."""
AN_OBJECT = 'an object such as {"birthDate": "1990-05-17"}'


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
        raise WrongFactsError((f"the facts: expected {AN_OBJECT}, got {shown(given)}",))
    by_name = {one.json_key: one for one in declared.values()}
    origin = Given(None, source, on)
    facts: dict[str, Given] = {}
    problems = []
    for name, value in given.items():
        try:
            one = _given(by_name, name, value, origin)
        except WrongValueError as error:
            problems.append(error.sentence(name))
        else:
            if one.value is not None:
                facts[by_name[name].key] = one
    if problems:
        raise WrongFactsError(tuple(problems))
    return facts


def _given(by_name: Mapping[str, FactDeclaration], name: str, value: Any, origin: Given) -> Given:
    declaration = by_name.get(name)
    if declaration is None:
        raise WrongNameError("fact", name, by_name)
    if isinstance(value, Mapping) and "value" in value and "value" not in declaration.type.fields:
        origin = _origin(value, origin)
        value = value["value"]
    return origin if value is None else Given(declaration.type.parse(value), origin.source, origin.on)


def _origin(value: Mapping[str, Any], usual: Given) -> Given:
    for name in value:
        if name not in ORIGIN:
            raise WrongNameError("field beside a value", name, ORIGIN, f".{name}")
    try:
        on = usual.on if value.get("date") is None else ValueType("date").parse(value["date"])
    except WrongValueError as error:
        raise error.inside(".date") from error
    return Given(None, str(value.get("source", usual.source)), on)


def value_to_json(value: Any) -> Any:
    """The value of a fact as `facts_from_json` reads it; fields that are left out are not there."""
    if isinstance(value, Mapping):
        return {json_key(key): value_to_json(one) for key, one in value.items() if one is not None}
    if isinstance(value, tuple):
        return [value_to_json(one) for one in value]
    return plain(value)


def named_values(
    what: str, readers: Mapping[str, Callable[[Any], Any]], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Values by name, each read by its own reader; null is the same as left out.

    ``what`` the names are the names of. Raises WrongFactsError with every problem at once.
    """
    found, problems = {}, []
    for name, value in given.items():
        try:
            if name not in readers:
                raise WrongNameError(what, name, readers)
            if value is not None:
                found[name] = readers[name](value)
        except WrongValueError as error:
            problems.append(error.sentence(name))
    if problems:
        raise WrongFactsError(tuple(problems))
    return found
