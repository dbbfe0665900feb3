"""The forms of signing."""

from core.agreements.declaration_schema import MOST_ROUNDS
from core.web.fields import Choice, Day, Email, Line, Paragraphs, Tick, WholeNumber
from core.web.forms import FormSchema

LONGEST_REASON = 1000
LONGEST_PLACE = 160


class SignForm(FormSchema):
    """Who signs, and the fingerprint of the text that was read."""

    name = Line(max=160, required=True)
    role = Line(max=160, required=True)
    place = Line(max=LONGEST_PLACE, load_default="")
    code = Line(max=20, load_default="")
    sha256 = Line(max=64, required=True)
    agree = Tick(must=True)


class ApproveForm(FormSchema):
    """Who approves has read exactly this text."""

    sha256 = Line(max=64, required=True)
    agree = Tick(must=True)


class ReasonForm(FormSchema):
    """Why somebody refuses, or why an agreement is cancelled."""

    reason = Paragraphs(max=LONGEST_REASON, required=True)


class SendForm(FormSchema):
    """How an agreement is sent as its type says."""

    with_code = Tick()


class PlaceForm(FormSchema):
    """Where a meeting is held."""

    place = Line(max=LONGEST_PLACE, load_default="")


class InPersonForm(FormSchema):
    """Who signs in a meeting, and the fingerprint of the text on the table."""

    name = Line(max=160, required=True)
    role = Line(max=160, required=True)
    sha256 = Line(max=64, required=True)
    agree = Tick(must=True)


class BehalfForm(FormSchema):
    """Who signed for somebody else, by which authority and why."""

    name = Line(max=160, required=True)
    role = Line(max=160, required=True)
    authority = Paragraphs(max=LONGEST_REASON, required=True)
    reason = Paragraphs(max=LONGEST_REASON, required=True)
    place = Line(max=LONGEST_PLACE, load_default="")
    sha256 = Line(max=64, required=True)
    agree = Tick(must=True)


class ConfirmForm(FormSchema):
    """A second colleague has compared the paper with the agreement."""

    compared = Tick(must=True)


class OnPaperForm(FormSchema):
    """What stands on a paper about one signatory; without a day the person has not signed on it."""

    day = Day()
    name = Line(max=160, required=True)
    role = Line(max=160, required=True)


class OnlookerForm(FormSchema):
    """Somebody who approves or only sees."""

    name = Line(max=160, required=True)
    role = Line(max=160, load_default="")
    email = Email(required=True)
    part = Choice(("approves", "sees"), required=True)
    turn = WholeNumber(min=1, max=MOST_ROUNDS, load_default=1)
