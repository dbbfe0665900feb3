"""What the law does not yet settle: pending law with its switch, and settings of a tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from core.rules.declared import Record
from core.rules.parameters import Parameter
from core.rules.texts import Text
from core.rules.value_types import ValueType, read_type
from core.rules.wrong import WrongValueError

NUMBERS: Final = frozenset({"integer", "decimal", "money"})
CHOSEN: Final = NUMBERS | {"boolean", "choice", "date"}
"""The types of settings: what an administrator can choose in one field, and says nothing about a person."""


@dataclass(frozen=True)
class Switch:
    """Law that is passed and not in force: off until an administrator gives the day it takes effect."""

    key: str
    title: Text
    meaning: Text
    reference: str


@dataclass(frozen=True)
class Setting:
    """A choice that the law leaves open and a tenant makes; ``default`` is the cautious one.

    ``at_least`` and ``at_most`` bound what a tenant may decide: a number, or the key of a parameter.
    """

    key: str
    title: Text
    meaning: Text
    type: ValueType
    default: object
    reference: str
    at_least: int | str | None = None
    at_most: int | str | None = None

    def bounds(self, parameters: Mapping[str, Parameter], day: date) -> tuple[Any, Any]:
        """The least and the most that may be decided from a day on; None where nothing bounds it."""
        least, most = (_bound(one, parameters, day) for one in (self.at_least, self.at_most))
        return least, most


def _bound(declared: int | str | None, parameters: Mapping[str, Parameter], day: date) -> Any:
    if not isinstance(declared, str):
        return declared
    found = parameters[declared].on(day)
    return found and found.value


def read_switches(record: Record) -> dict[str, Switch]:
    """The switches that a file declares below ``switches``."""
    return {key: _switch(key, one) for key, one in record.records("switches")}


def _switch(key: str, record: Record) -> Switch:
    made = Switch(key, record.wording("title"), record.wording("meaning"), record.text("reference"))
    record.close()
    return made


def read_settings(record: Record) -> dict[str, Setting]:
    """The settings that a file declares below ``settings``."""
    return {key: _setting(key, one) for key, one in record.records("settings")}


def _setting(key: str, record: Record) -> Setting:
    kind = read_type(record)
    if kind.kind not in CHOSEN:
        raise record.error("type", f"of a setting must be one of {', '.join(sorted(CHOSEN))}")
    try:
        default = kind.parse(record.take("default"))
    except WrongValueError as error:
        raise record.error("default", error.problem()) from error
    title, meaning = record.wording("title"), record.wording("meaning")
    least, most = _declared_bound(record, kind, "at_least"), _declared_bound(record, kind, "at_most")
    made = Setting(key, title, meaning, kind, default, record.text("reference"), least, most)
    record.close()
    return made


def _declared_bound(record: Record, kind: ValueType, field: str) -> int | str | None:
    bound: int | str | None = record.take(field, None)
    if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int | str)):
        raise record.error(field, "must be a whole number or the key of a parameter")
    if bound is not None and kind.kind not in NUMBERS:
        raise record.error(field, "belongs to a setting that is a number")
    return bound
