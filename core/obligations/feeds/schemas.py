"""What the form of a new calendar feed asks for."""

from collections.abc import Iterable
from typing import Any

from marshmallow import fields

from core.web.fields import Choice
from core.web.forms import FormSchema


def feed_form(options: Iterable[str]) -> FormSchema:
    """The form, with what can be chosen by this member."""
    asked: dict[str, fields.Field[Any]] = {"what": Choice(options, required=True)}
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form
