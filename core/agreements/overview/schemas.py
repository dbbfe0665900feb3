"""What the pages of agreements ask for."""

from collections.abc import Iterable

from core.agreements.finding.models import LONGEST_NAME
from core.web.fields import Choice, Line, Tick
from core.web.forms import FormSchema


class RenameForm(FormSchema):
    """What a saved view is called."""

    name = Line(required=True, max=LONGEST_NAME)


class ViewForm(RenameForm):
    """A new view; ``shared`` shows it to everybody in the tenant."""

    shared = Tick()


def unit_form(unit_ids: Iterable[str]) -> FormSchema:
    """The unit that an agreement belongs to; empty for none."""
    form: FormSchema = FormSchema.from_dict({"unit_id": Choice(unit_ids, load_default="")})()  # type: ignore[assignment]
    return form
