"""The forms of amending."""

from core.web.fields import Choice, Line, Paragraphs
from core.web.forms import FormSchema

LONGEST_REASON = 1000
LONGEST_ORIGIN = 200
LONGEST_WORDS = 2000


class BeginForm(FormSchema):
    """Why the agreement is amended, and where the change comes from; the parties read both."""

    reason = Paragraphs(max=LONGEST_REASON, required=True)
    origin = Line(max=LONGEST_ORIGIN, load_default="")


class WordsForm(FormSchema):
    """What a party wants to have revised, and why."""

    words = Paragraphs(max=LONGEST_WORDS, required=True)


class AnswerForm(FormSchema):
    """Why there is no revision; the party reads it."""

    answer = Paragraphs(max=LONGEST_REASON, required=True)


def asked_form(party_names: list[str]) -> FormSchema:
    """Which party has asked, who it was, and in which words."""
    form: FormSchema = FormSchema.from_dict(  # type: ignore[assignment]
        {
            "party_name": Choice(party_names, required=True),
            "name": Line(max=160, required=True),
            "words": Paragraphs(max=LONGEST_WORDS, required=True),
        }
    )()
    return form
