"""What the forms about standing in ask for."""

from collections.abc import Iterable

from core.web.fields import Choice, Day, Line
from core.web.forms import FormSchema


class PeriodForm(FormSchema):
    """From when to when, and why."""

    first_day = Day(required=True)
    last_day = Day(required=True)
    reason = Line(max=500, load_default="")


class ReasonForm(FormSchema):
    """Why one acts for somebody."""

    why = Line(max=500, required=True)


def period_form(absent: Iterable[str], deputies: Iterable[str]) -> FormSchema:
    """Who is away, who stands in, and when."""
    form: FormSchema = PeriodForm.from_dict(
        {"absent": Choice(absent, required=True), "deputy": Choice(deputies, required=True)}
    )()  # type: ignore[assignment]
    return form


def on_behalf_form(colleagues: Iterable[str]) -> FormSchema:
    """For whom, and why."""
    form: FormSchema = ReasonForm.from_dict({"colleague": Choice(colleagues, required=True)})()  # type: ignore[assignment]
    return form
