"""What the law does not yet settle: pending law with its switch, and settings of a tenant."""

from dataclasses import dataclass

from core.rules.declared import Record
from core.rules.texts import Text
from core.rules.value_types import ValueType, read_type
from core.rules.wrong import WrongValueError


@dataclass(frozen=True)
class Switch:
    """Law that is passed and not in force: off until an administrator gives the day it takes effect."""

    key: str
    title: Text
    meaning: Text
    reference: str


@dataclass(frozen=True)
class Setting:
    """A choice that the law leaves open and a tenant makes; ``default`` is the cautious one."""

    key: str
    title: Text
    meaning: Text
    type: ValueType
    default: object
    reference: str


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
    try:
        default = kind.parse(record.take("default"))
    except WrongValueError as error:
        raise record.error("default", error.problem()) from error
    title, meaning = record.wording("title"), record.wording("meaning")
    made = Setting(key, title, meaning, kind, default, record.text("reference"))
    record.close()
    return made
