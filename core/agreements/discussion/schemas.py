"""What the forms of comments take."""

from core.agreements.drafts.schemas import LONGEST_CLAUSE
from core.web.fields import Line, Paragraphs, WholeNumber
from core.web.forms import FormSchema

LONGEST_COMMENT = 4_000


class CommentForm(FormSchema):
    """What is said about a clause or the whole draft, and the text that is suggested."""

    clause_key = Line(max=80, load_default="")
    text = Paragraphs(max=LONGEST_COMMENT, load_default="")
    proposal = Paragraphs(max=LONGEST_CLAUSE, load_default="")


class AnswerForm(FormSchema):
    """An answer, or the word to whoever suggested a text."""

    text = Paragraphs(max=LONGEST_COMMENT, required=True)


class AcceptForm(FormSchema):
    """The revision of the clause that was shown beside the suggestion."""

    revision = WholeNumber(min=0, max=10**9, required=True)
