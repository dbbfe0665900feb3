"""The promises that a signed content makes: its meetings by their rhythm, and its end."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext

from core.kernel.ids import new_id
from core.obligations.cadence import add_months, next_working_day, occurrences
from core.obligations.calendar import Calendar
from core.obligations.models import Obligation
from core.obligations.states import EXPIRY
from core.web.formats import written_date
from core.web.languages import in_language

MONTHS_OF_OPEN_END = 24


def promises_in(
    content: Mapping[str, Any], starts_on: date, ends_on: date | None, calendar: Calendar
) -> list[Obligation]:
    """Rows that are not stored yet, without what they belong to."""
    until = ends_on or add_months(starts_on, MONTHS_OF_OPEN_END)
    wanted = [one for meeting in _meetings(content) for one in _dates(meeting, starts_on, until, calendar)]
    if ends_on is not None:
        wanted.append(_expiry(content, starts_on, ends_on, calendar))
    return wanted


def _meetings(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Meetings with the keys of the contacts whose titles stand among their participants."""
    contacts = [contact for section in content["sections"] for contact in section["contacts"]]
    for section in content["sections"]:
        for meeting in section["meetings"]:
            named = [one["key"] for one in contacts if one["title"] in meeting["participants"]]
            yield {**meeting, "contact_keys": named}


def _dates(
    meeting: Mapping[str, Any], starts_on: date, until: date, calendar: Calendar
) -> Iterable[Obligation]:
    rhythm, first = meeting["every_months"], meeting["first_after_months"]
    for one in occurrences(starts_on, rhythm, first, until, calendar.holidays):
        yield Obligation(
            id=new_id(),
            key=f"meeting.{meeting['key']}"[:80],
            index=one.index,
            kind=meeting["kind"],
            title=meeting["title"][:200],
            called_by=meeting["called_by"][:200],
            agenda=list(meeting["agenda"]),
            participants=meeting["contact_keys"],
            nominal_on=one.nominal,
            due_on=one.due,
        )


def _expiry(content: Mapping[str, Any], starts_on: date, ends_on: date, calendar: Calendar) -> Obligation:
    nominal = max(starts_on, ends_on - timedelta(days=content["duration"]["reminder_days"]))
    with in_language(content["language"]):
        title = gettext(
            "Decide whether to renew the agreement: it ends on %(date)s", date=written_date(ends_on)
        )
    return Obligation(
        id=new_id(),
        key="duration.expiry",
        index=1,
        kind=EXPIRY,
        title=title,
        called_by=next((party["name"] for party in content["parties"] if party["is_tenant"]), ""),
        agenda=[],
        participants=[],
        nominal_on=nominal,
        due_on=min(next_working_day(nominal, calendar.holidays), ends_on),
    )
