"""What the form of a hand-over asks for."""

from collections.abc import Iterable

from core.web.fields import Choice, Line
from core.web.forms import FormSchema


class WhyForm(FormSchema):
    """Why the work moves."""

    reason = Line(max=500, required=True)


def hand_over_form(colleagues: Iterable[str]) -> FormSchema:
    """To whom, and why."""
    form: FormSchema = WhyForm.from_dict({"to": Choice(colleagues, required=True)})()  # type: ignore[assignment]
    return form
