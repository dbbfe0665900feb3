"""What the forms of the platform ask for."""

from marshmallow import fields

from core.web.fields import Choice, Day, Line, Paragraphs
from core.web.forms import FormSchema

LONGEST_REASON = 500


class ReasonForm(FormSchema):
    """Why something is done to a tenant; its people read it."""

    reason = Line(required=True, max=LONGEST_REASON)


class SwitchForm(FormSchema):
    """From which day pending law is in force, none when it is not, and why."""

    in_force_from = Day(load_default=None)
    reason = Paragraphs(required=True, max=LONGEST_REASON)


def offer_form(possible: list[str]) -> FormSchema:
    """Any of the plugins that tenants of a kind could switch on."""
    chosen = fields.List(Choice(possible), load_default=list)
    form: FormSchema = FormSchema.from_dict({"plugins": chosen})()  # type: ignore[assignment]
    return form
