"""What the forms of notices ask for."""

from collections.abc import Iterable

from core.notices.rhythms import Rhythm
from core.web.fields import Choice, Paragraphs
from core.web.forms import FormSchema

LONGEST = 1000


class WordsForm(FormSchema):
    """The tenant's own words around a mail."""

    opening = Paragraphs(max=LONGEST, load_default="")
    closing = Paragraphs(max=LONGEST, load_default="")


def rhythms_form(kinds: Iterable[str]) -> FormSchema:
    """How often each kind comes."""
    options = [one.value for one in Rhythm]
    form: FormSchema = FormSchema.from_dict({kind: Choice(options, required=True) for kind in kinds})()  # type: ignore[assignment]
    return form
