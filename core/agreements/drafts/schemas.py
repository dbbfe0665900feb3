"""What the composer's forms take."""

from core.web.fields import Choice, Day, Email, Line, Paragraphs, Tick, WholeNumber
from core.web.forms import FormSchema
from core.web.languages import LANGUAGES

LONGEST_CLAUSE = 20_000
LARGEST_TARGET = 1_000_000
MOST_MONTHS = 120


class BeginForm(FormSchema):
    """Which agreement, what it is called, and in which language its text is."""

    type_key = Line(max=120, required=True)
    title = Line(max=200, required=True)
    language = Choice(tuple(LANGUAGES), load_default="")


class TitleForm(FormSchema):
    """The agreement's title."""

    title = Line(max=200, required=True)


class ClauseForm(FormSchema):
    """A clause's text, and the revision that the writer began from."""

    text = Paragraphs(max=LONGEST_CLAUSE, load_default="")
    revision = WholeNumber(min=0, max=10**9, required=True)


class PartyForm(FormSchema):
    """Who is bound."""

    name = Line(max=200, load_default="")
    number = Line(max=40, load_default="")
    sector = Choice(("private", "public"), load_default="")
    signatory_key = Line(max=80, load_default="")


class ContactForm(FormSchema):
    """A person."""

    name = Line(max=160, load_default="")
    role_title = Line(max=160, load_default="")
    email = Email(load_default="")
    phone = Line(max=40, load_default="")
    authority = Tick()


class DescribedGoalForm(FormSchema):
    """A goal without a number: its period, and how one sees that it is reached."""

    included = Tick()
    period_months = WholeNumber(min=1, max=MOST_MONTHS, required=True)
    counting_rule = Paragraphs(max=2000, required=True)


class GoalForm(DescribedGoalForm):
    """A goal as number, period and counting rule."""

    target = WholeNumber(min=0, max=LARGEST_TARGET, required=True)


class PercentGoalForm(GoalForm):
    """A goal in percent."""

    target = WholeNumber(min=0, max=100, required=True)


class MeetingForm(FormSchema):
    """A meeting's rhythm."""

    included = Tick()
    every_months = WholeNumber(min=1, max=MOST_MONTHS, required=True)
    first_after_months = WholeNumber(min=0, max=MOST_MONTHS, required=True)


class DurationForm(FormSchema):
    """From when and until when; empty begins on signing, or has no end where the type allows."""

    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)


class DiscardForm(FormSchema):
    """Why a draft is given up."""

    reason = Paragraphs(max=1000, required=True)
