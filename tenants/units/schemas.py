"""What the forms about units and served places ask for."""

from collections.abc import Iterable

from core.web.fields import Choice, Day, Line
from core.web.forms import FormSchema

LONGEST_NAME = 120


class UnitForm(FormSchema):
    """What a unit is called."""

    name = Line(required=True, max=LONGEST_NAME)


class LastDayForm(FormSchema):
    """Until when a place is served."""

    served_until = Day(required=True)


class ServedForm(FormSchema):
    """From when a place is served, and until when where that is known."""

    served_from = Day(required=True)
    served_until = Day(load_default=None)


def unit_form(kinds: Iterable[str]) -> FormSchema:
    """A new unit of one of the kinds."""
    form: FormSchema = UnitForm.from_dict({"kind": Choice(kinds, required=True)})()  # type: ignore[assignment]
    return form


def served_form(places: Iterable[str]) -> FormSchema:
    """A place of the official lists, as ``kind/code``."""
    form: FormSchema = ServedForm.from_dict({"place": Choice(places, required=True)})()  # type: ignore[assignment]
    return form
