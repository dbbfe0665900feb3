"""What the form of a decision asks for, by the type of the setting."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from marshmallow import fields

from core.law.explorer.typed import NO, YES, Number
from core.law.models import LONGEST_REASON
from core.rules.switches import Setting
from core.rules.texts import decimal_text
from core.web.fields import Choice, Day, Paragraphs, WholeNumber
from core.web.forms import FormSchema

LARGEST: Final = 10_000

_FIELDS: Final[Mapping[str, Callable[[Setting], fields.Field[Any]]]] = {
    "boolean": lambda _setting: Choice((YES, NO), required=True),
    "choice": lambda setting: Choice(setting.type.choices, required=True),
    "date": lambda _setting: Day(required=True),
    "integer": lambda _setting: WholeNumber(min=-LARGEST, max=LARGEST, required=True),
    "decimal": lambda _setting: Number(required=True),
    "money": lambda _setting: Number(required=True),
}


def decision_form(setting: Setting, *, takes_back: bool) -> FormSchema:
    """A value, the first day and the reason; without the value for whoever goes back to what is assumed."""
    asked: dict[str, fields.Field[Any]] = {
        "valid_from": Day(required=True),
        "reason": Paragraphs(required=True, max=LONGEST_REASON),
    }
    if not takes_back:
        asked["value"] = _FIELDS[setting.type.kind](setting)
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form


def chosen(setting: Setting, loaded: Any) -> Any:
    """A loaded value as the setting's type has it."""
    return loaded == YES if setting.type.kind == "boolean" else loaded


def as_typed(value: Any) -> str:
    """A value as it stands in the form."""
    match value:
        case bool():
            return YES if value else NO
        case date():
            return value.isoformat()
        case Fraction():
            return decimal_text(value)
        case _:
            return str(value)
