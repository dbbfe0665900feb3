"""What the forms of goals ask for."""

from core.web.fields import Day, Line, Paragraphs, WholeNumber
from core.web.forms import FormSchema

LONGEST_SOURCE, LONGEST_REASON, LONGEST_TELLER, LONGEST_EXAMPLE = 300, 500, 200, 2000
LARGEST = 1_000_000


class FigureForm(FormSchema):
    """A number, on a day, from a source; over how many where that is known."""

    counted_on = Day(required=True)
    value = WholeNumber(min=0, max=LARGEST, required=True)
    of = WholeNumber(min=1, max=LARGEST, load_default=None)
    source = Line(max=LONGEST_SOURCE, required=True)


class ShareForm(FormSchema):
    """So many of so many, on a day, from a source."""

    counted_on = Day(required=True)
    hits = WholeNumber(min=0, max=LARGEST, required=True)
    of = WholeNumber(min=1, max=LARGEST, required=True)
    source = Line(max=LONGEST_SOURCE, required=True)


class ReasonForm(FormSchema):
    """Why something is corrected or taken back."""

    reason = Line(max=LONGEST_REASON, required=True)


class CorrectFigureForm(FigureForm, ReasonForm):
    """Another number, and why."""


class CorrectShareForm(ShareForm, ReasonForm):
    """Another share, and why."""


class EvidenceForm(FormSchema):
    """An example: when, who told it, what."""

    happened_on = Day(required=True)
    told_by = Line(max=LONGEST_TELLER, required=True)
    text = Paragraphs(max=LONGEST_EXAMPLE, required=True)
