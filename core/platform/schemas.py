"""What the forms of the platform ask for."""

from core.web.fields import Line
from core.web.forms import FormSchema

LONGEST_REASON = 500


class ReasonForm(FormSchema):
    """Why something is done to a tenant; its people read it."""

    reason = Line(required=True, max=LONGEST_REASON)
