"""What the form of a copy takes."""

from core.web.fields import Line, Tick
from core.web.forms import FormSchema


class CopyForm(FormSchema):
    """What the new draft is called, and whether the other parties and their people go with it."""

    title = Line(max=200, required=True)
    with_others = Tick()
