"""What the form of an answer asks for."""

from core.web.fields import Choice, Line
from core.web.forms import FormSchema

APPROVE, REFUSE = "approve", "refuse"


class AnswerForm(FormSchema):
    """Yes or no, and why."""

    decision = Choice([APPROVE, REFUSE], required=True)
    answer = Line(max=500, load_default="")
