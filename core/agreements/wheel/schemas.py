"""What the form of a yearly activity asks for."""

from collections.abc import Iterable
from typing import Any

from marshmallow import fields

from core.web.fields import Choice, Line, Paragraphs, WholeNumber
from core.web.forms import FormSchema

LONGEST_TITLE = 200
LONGEST_NOTE = 2000
LAST_DAY = 31


def activity_form(units: Iterable[str]) -> FormSchema:
    """The form, with the units that can be chosen here."""
    known = list(units)
    asked: dict[str, fields.Field[Any]] = {
        "title": Line(required=True, max=LONGEST_TITLE),
        "month": Choice([str(month) for month in range(1, 13)], required=True),
        "day": WholeNumber(min=1, max=LAST_DAY, load_default=None),
        "unit": Choice(known, load_default=""),
        "main": Choice(known, load_default=""),
        "performing": fields.List(Choice(known), load_default=list),
        "involved": fields.List(Choice(known), load_default=list),
        "note": Paragraphs(max=LONGEST_NOTE, load_default=""),
    }
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form
