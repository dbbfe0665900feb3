"""What the forms of a variant ask for; words are asked for in each language of the type."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from marshmallow import fields

from core.agreements.declaration_schema import LARGEST_NUMBER, LONGEST_PERIOD_MONTHS
from core.agreements.types import GoalUnit, PlaceholderKind
from core.agreements.variants.editing import INCLUDED, OFFERED, REQUIRED
from core.web.fields import Choice, Day, Line, Paragraphs, Tick, WholeNumber
from core.web.forms import FormSchema

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 20_000
MOST_DAYS: Final = 365
ASKABLE: Final = (
    PlaceholderKind.TEXT,
    PlaceholderKind.LIST,
    PlaceholderKind.NUMBER,
    PlaceholderKind.PERCENT,
    PlaceholderKind.MONEY,
    PlaceholderKind.DATE,
    PlaceholderKind.PERIOD,
    PlaceholderKind.INTERVAL,
    PlaceholderKind.PERSON,
    PlaceholderKind.ROLE,
)
"""The kinds of questions that a tenant can add; the choices of a choice are declared in files."""
Field = fields.Field[Any]
Made = Mapping[str, Callable[[], Field]]


def _title() -> Field:
    return Line(max=LONGEST_TITLE, required=True)


def _guidance() -> Field:
    return Paragraphs(max=LONGEST_TEXT, load_default="")


def _text() -> Field:
    return Paragraphs(max=LONGEST_TEXT, required=True)


def _help() -> Field:
    return Line(max=500, load_default="")


SECTION: Final[Made] = {"title": _title, "guidance": _guidance}
CLAUSE: Final[Made] = {"text": _text, "guidance": _guidance}
GOAL: Final[Made] = {"title": _title, "counting_rule": _text}
MEETING: Final[Made] = {"title": _title, "agenda": _guidance}
QUESTION: Final[Made] = {"label": _title, "help": _help}
"""The words of each kind of thing, which are asked for in every language of the type."""


def words_form(languages: Iterable[str], words: Made, **more: Field) -> FormSchema:
    """A form with words in each language, and with more fields."""
    asked = {f"{name}_{language}": made() for language in languages for name, made in words.items()}
    return _form(asked | more)


def words_in(loaded: Mapping[str, Any], languages: Iterable[str], words: Made) -> dict[str, dict[str, str]]:
    """The words of a loaded form, by language."""
    return {language: {name: loaded[f"{name}_{language}"] for name in words} for language in languages}


def _form(asked: Mapping[str, Field]) -> FormSchema:
    form: FormSchema = FormSchema.from_dict(dict(asked))()  # type: ignore[assignment]
    return form


def copy_form(types: Iterable[str]) -> FormSchema:
    """Which type to copy, and what to call it."""
    return _form({"type_key": Choice(types, required=True), "name": _title()})


def name_form(languages: Iterable[str]) -> FormSchema:
    """What a variant is called in lists, and its headings in print."""
    headings = {"heading": _title}
    return words_form(languages, headings, name=_title(), about=Line(max=500, required=True))


def clause_form(languages: Iterable[str]) -> FormSchema:
    """A clause with its guidance, and whether it must be there."""
    return words_form(languages, CLAUSE, presence=Choice((REQUIRED, INCLUDED, OFFERED), required=True))


def goal_form(languages: Iterable[str], unit: GoalUnit | None) -> FormSchema:
    """A goal with the target that is proposed; one that is described has neither unit nor target."""
    if unit is None:
        return words_form(languages, GOAL)
    highest = 100 if unit is GoalUnit.PERCENT else LARGEST_NUMBER
    return words_form(
        languages,
        GOAL,
        target=WholeNumber(min=0, max=highest, required=True),
        period_months=_months(),
    )


def meeting_form(languages: Iterable[str]) -> FormSchema:
    """A meeting with the rhythm that is proposed."""
    return words_form(languages, MEETING, every_months=_months(), first_after_months=_months())


def _months() -> WholeNumber:
    return WholeNumber(min=1, max=LONGEST_PERIOD_MONTHS, required=True)


def question_form(languages: Iterable[str]) -> FormSchema:
    """The words of a question and whether it must be answered."""
    return words_form(languages, QUESTION, required=Tick())


def new_question_form(languages: Iterable[str]) -> FormSchema:
    """A question of the tenant's own."""
    kinds = Choice([kind.value for kind in ASKABLE], required=True)
    return words_form(languages, QUESTION, required=Tick(), kind=kinds)


class DurationForm(FormSchema):
    """How long an agreement lasts when nothing else is said, in months and days."""

    months = WholeNumber(min=1, max=LONGEST_PERIOD_MONTHS, required=True)
    reminder_days = WholeNumber(min=1, max=MOST_DAYS, required=True)
    notice_days = WholeNumber(min=0, max=MOST_DAYS, required=True)


class PublishForm(FormSchema):
    """From which day new agreements may use it; empty is today."""

    valid_from = Day(load_default=None)
