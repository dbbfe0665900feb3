"""What the forms of contacts ask for."""

from core.web.fields import Day, Email, Line
from core.web.forms import FormSchema


class DetailsForm(FormSchema):
    """Who a contact is."""

    name = Line(max=160, required=True)
    role_title = Line(max=160, load_default="")
    email = Email(load_default="")
    phone = Line(max=40, load_default="")


class CoverForm(FormSchema):
    """Who stands in for a contact, and when it is absent."""

    deputy_key = Line(max=80, load_default="")
    deputy_name = Line(max=160, load_default="")
    deputy_email = Email(load_default="")
    deputy_phone = Line(max=40, load_default="")
    absent_from = Day(load_default=None)
    absent_until = Day(load_default=None)
