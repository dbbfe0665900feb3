"""What the forms about people ask for; phones and numbers are read as the tenant's country writes them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from core.kernel import sms
from core.persons.wordings import REQUESTS, SHIELDS
from core.plugin_host.declarations import NumberCheck
from core.web.fields import Choice, Day, Email, Line, Paragraphs, Tick
from core.web.forms import FormSchema
from core.web.languages import LANGUAGES

LONGEST_NAME = 160
LONGEST_ADDRESS = 500
LONGEST_TEXT = 8000
LONGEST_NUMBER = 40


class Phone(Line):
    """A phone number in the form +4790000000, read as people of a country write it."""

    def __init__(self, country: str, **kwargs: Any) -> None:
        super().__init__(max=LONGEST_NUMBER, **kwargs)
        self.country = country

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        number = sms.normalised(text, self.country) if text else ""
        if number is None:
            raise ValidationError(_("Write a phone number. Begin with + and the country when it is abroad."))
        return number


class PersonNumber(Line):
    """A national identity number in its compact form, checked as the country does."""

    def __init__(self, check: NumberCheck | None, **kwargs: Any) -> None:
        super().__init__(max=LONGEST_NUMBER, **kwargs)
        self.check = check

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        number = self.check.normalise(text) if self.check and text else ""
        if number is None:
            raise ValidationError(_("This is not a valid number. Check each digit."))
        return number


def person_form(
    *,
    kinds: Iterable[str],
    advisers: Iterable[str],
    units: Iterable[str],
    country: str,
    check: NumberCheck | None,
) -> FormSchema:
    """The form of a person, with what can be chosen here."""
    asked: dict[str, fields.Field[Any]] = {
        "kind": Choice(kinds, required=True),
        "name": Line(required=True, max=LONGEST_NAME),
        "email": Email(load_default=""),
        "phone": Phone(country, load_default=""),
        "language": Choice(LANGUAGES, required=True),
        "born_on": Day(load_default=None),
        "national_id": PersonNumber(check, load_default=""),
        "forget_number": Tick(),
        "address": Paragraphs(max=LONGEST_ADDRESS, load_default=""),
        "shield": Choice(SHIELDS, load_default=""),
        "adviser": Choice(advisers, load_default=""),
        "unit": Choice(units, load_default=""),
    }
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form


def number_form(check: NumberCheck | None) -> FormSchema:
    """The search for an exact number."""
    form: FormSchema = FormSchema.from_dict({"national_id": PersonNumber(check, required=True)})()  # type: ignore[assignment]
    return form


class SensitiveForm(FormSchema):
    """What is written about health and family."""

    health = Paragraphs(max=LONGEST_TEXT, load_default="")
    family = Paragraphs(max=LONGEST_TEXT, load_default="")


class AdmitForm(FormSchema):
    """How the personal link is sent."""

    way = Choice(("email", "sms"), required=True)


class CodeForm(FormSchema):
    """The one-time code, however it is spaced."""

    code = Line(required=True, max=20)


class RequestForm(FormSchema):
    """What somebody asks for about their own data."""

    kind = Choice(REQUESTS, required=True)
    text = Paragraphs(max=2000, load_default="")
