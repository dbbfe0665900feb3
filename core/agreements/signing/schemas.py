"""The forms of signing."""

from core.web.fields import Line, Paragraphs, Tick
from core.web.forms import FormSchema

LONGEST_REASON = 1000


class SignForm(FormSchema):
    """Who signs, and the fingerprint of the text that was read."""

    name = Line(max=160, required=True)
    role = Line(max=160, required=True)
    sha256 = Line(max=64, required=True)
    agree = Tick(must=True)


class ReasonForm(FormSchema):
    """Why somebody refuses, or why an agreement is cancelled."""

    reason = Paragraphs(max=LONGEST_REASON, required=True)
