"""The forms of an agreement's life."""

from core.web.fields import Day, Paragraphs, Tick
from core.web.forms import FormSchema

LONGEST_REASON = 1000


class ReasonForm(FormSchema):
    """Why; the parties read it."""

    reason = Paragraphs(max=LONGEST_REASON, required=True)


class NewEndForm(ReasonForm):
    """Another last day that the parties have agreed on."""

    last_day = Day(required=True)
    agreed = Tick(must=True)


class EndForm(ReasonForm):
    """The last day, and whether all parties agree to it."""

    last_day = Day(required=True)
    agreed = Tick()


class PauseForm(ReasonForm):
    """From when, and until when where that is known."""

    first_day = Day(required=True)
    resumes_on = Day(load_default=None)
