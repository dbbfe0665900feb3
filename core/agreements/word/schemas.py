"""What the forms of drafts in Word take."""

from core.web.fields import Choice, Paragraphs, WholeNumber
from core.web.forms import FormSchema


class DecisionForm(FormSchema):
    """Take or leave, with a word if one likes, and the revision of the clause that was read."""

    action = Choice(("take", "leave"), required=True)
    reason = Paragraphs(max=1000, load_default="")
    revision = WholeNumber(min=0, max=10**9, load_default=0)
