"""What the form that ends it all asks for."""

from core.web.fields import Line
from core.web.forms import FormSchema


class ClosingForm(FormSchema):
    """The tenant's name, typed by hand, so that nobody leaves by a slip."""

    name = Line(required=True, max=160)
