"""What the forms of reports ask for."""

from core.agreements.reports.facts import SECTIONS
from core.web.fields import Line, Paragraphs, WholeNumber
from core.web.forms import FormSchema

LONGEST_TEXT, LONGEST_REASON = 10_000, 500


class CorrectForm(FormSchema):
    """Why a report is replaced."""

    reason = Line(max=LONGEST_REASON, required=True)


class ReceiptForm(FormSchema):
    """Who confirms that a report arrived, and what there is to say about it."""

    name = Line(max=160, required=True)
    remark = Paragraphs(max=5_000, load_default="")


def texts_form() -> FormSchema:
    """A text for each section, and the revision that it was written on."""
    texts = {key: Paragraphs(max=LONGEST_TEXT, load_default="") for key in SECTIONS}
    form: FormSchema = FormSchema.from_dict(
        {**texts, "revision": WholeNumber(min=0, max=1_000_000, load_default=0)}
    )()  # type: ignore[assignment]
    return form
