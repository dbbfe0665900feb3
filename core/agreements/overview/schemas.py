"""What the page of an agreement asks for."""

from collections.abc import Iterable

from core.web.fields import Choice
from core.web.forms import FormSchema


def unit_form(unit_ids: Iterable[str]) -> FormSchema:
    """The unit that an agreement belongs to; empty for none."""
    form: FormSchema = FormSchema.from_dict({"unit_id": Choice(unit_ids, load_default="")})()  # type: ignore[assignment]
    return form
