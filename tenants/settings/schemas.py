"""What the settings ask for."""

from marshmallow import fields

from core.access.second_factor import RULES
from core.web.fields import Choice, Line
from core.web.forms import FormSchema
from core.web.languages import LANGUAGES


class NameForm(FormSchema):
    """What the organisation is called on pages, in mail and in new agreements."""

    name = Line(required=True, max=160)


class GeneralForm(FormSchema):
    """Language, and the tenant's own word for its office where its kind has one."""

    language = Choice(LANGUAGES, required=True)


class GeneralFormWithWord(GeneralForm):
    """The same for a kind whose tenants have a word of their own for the office."""

    office_word = Line(required=True, max=60)


class SecondFactorForm(FormSchema):
    """Of whom more than a password is asked."""

    second_factor = Choice(RULES, required=True)


def modules_form(offered: list[str]) -> FormSchema:
    """Any of the modules that the kind suggests."""
    chosen = fields.List(Choice(offered), load_default=list)
    form: FormSchema = FormSchema.from_dict({"modules": chosen})()  # type: ignore[assignment]
    return form
