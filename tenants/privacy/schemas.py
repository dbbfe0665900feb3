"""What the forms of the data-protection officer ask for."""

from core.web.fields import Choice, Day, Email, Line
from core.web.forms import FormSchema

LONGEST_REASON = 500


class SearchForm(FormSchema):
    """A name or an address, or a part of it."""

    text = Line(required=True, max=160)


class InquiryForm(FormSchema):
    """Whom a search found."""

    account_id = Line(max=36, load_default="")
    person_id = Line(max=36, load_default="")
    email = Email(load_default="")


class ExportForm(FormSchema):
    """The language of the person."""

    language = Choice(("nb", "da", "en"), required=True)


class ErasureForm(FormSchema):
    """Why a person is erased."""

    reason = Line(required=True, max=LONGEST_REASON)


class HoldForm(FormSchema):
    """Why a person's data must stay, and until when."""

    reason = Line(required=True, max=LONGEST_REASON)
    until = Day(load_default=None)
