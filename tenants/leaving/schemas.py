"""What the form that ends it all asks for."""

from core.web.fields import Line
from core.web.forms import FormSchema


class ClosingForm(FormSchema):
    """The tenant's name, typed by hand, so that nobody leaves by a slip, and why."""

    name = Line(required=True, max=160)
    reason = Line(max=500, load_default="")
