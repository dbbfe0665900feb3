"""What the forms of promises and of their meetings ask for."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import ValidationError, fields

from core.web.fields import Choice, Day, Line, Paragraphs, Spoken, WholeNumber
from core.web.forms import FormSchema

LONGEST_REASON, LONGEST_MINUTES = 500, 50_000
WRONG_TIME = _("Write the time as hours and minutes, such as 09:30.")


class Hour(Spoken):
    """A time of day as ``09:30``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> time:  # noqa: ARG002
        found = re.fullmatch(r"\s*(\d{1,2})[:.](\d{2})(?::00)?\s*", value) if isinstance(value, str) else None
        try:
            return time(int(found[1]), int(found[2])) if found else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> time:
        raise ValidationError(str(WRONG_TIME))


class ReasonForm(FormSchema):
    """Why something is done."""

    reason = Line(max=LONGEST_REASON, required=True)


class ReopenForm(FormSchema):
    """Why something is taken back; the service knows whether a reason is needed."""

    reason = Line(max=LONGEST_REASON, load_default="")


class DateForm(FormSchema):
    """Another day, and why."""

    due_on = Day(required=True)
    reason = Line(max=LONGEST_REASON, required=True)


class RecordForm(FormSchema):
    """What came of a meeting."""

    attended = fields.List(Line(max=40), load_default=list)
    others = Paragraphs(max=10_000, load_default="")
    minutes = Paragraphs(max=LONGEST_MINUTES, load_default="")
    decisions = Paragraphs(max=10_000, load_default="")


class PlanForm(FormSchema):
    """How a meeting is to be held."""

    on = Day(required=True)
    begins_at = Hour(required=True)
    minutes_long = WholeNumber(min=5, max=720, required=True)
    place = Line(max=300, load_default="")
    called_by = Line(max=200, load_default="")
    agenda = Paragraphs(max=10_000, load_default="")
    contacts = fields.List(Line(max=80), load_default=list)
    others = Paragraphs(max=10_000, load_default="")


def owner_form(account_ids: Iterable[str]) -> FormSchema:
    """Who is to keep a promise; empty for who is responsible for the agreement."""
    return _form(owner_id=Choice(account_ids, load_default=""))


def action_form(account_ids: Iterable[str]) -> FormSchema:
    """What somebody is to do, and by when."""
    return _form(
        title=Line(max=200, required=True),
        owner_id=Choice(account_ids, load_default=""),
        owner_name=Line(max=200, load_default=""),
        due_on=Day(required=True),
        number=WholeNumber(min=0, max=100_000, load_default=0),
    )


def _form(**asked: Any) -> FormSchema:
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form
