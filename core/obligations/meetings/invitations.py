"""Calling a meeting: a mail with a calendar entry, a newer one when it moves, one that takes it back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app
from flask_babel import format_time, lazy_gettext
from flask_babel import gettext as _

from core.access import service as access
from core.kernel import audit, clock, mail
from core.kernel.errors import Conflict, Refused
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.notices import letters
from core.obligations.finding import DO, find, held_open, owners_of, today
from core.obligations.ics import CANCEL, PUBLISH, REQUEST, Entry, Somebody, calendar_of, entry_of, event_of
from core.obligations.meetings.finding import meeting_of, participants_of, planned_meeting
from core.obligations.meetings.kind import MEETINGS
from core.obligations.models import Meeting, Obligation, Participant
from core.obligations.subjects import subjects_of
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


@dataclass(frozen=True)
class CalendarFile:
    """A file for a calendar with the name under which it is saved."""

    name: str
    content: bytes


def invite(obligation_id: UUID) -> int:
    """Send the invitation to everybody with an address, also to those who had it; gives how many.

    Raises NotFound, Refused, or Conflict for a meeting that is not planned, has been, or has nobody to ask.
    """
    access.require(DO)
    with unit_of_work():
        row = held_open(obligation_id)
        meeting = planned_meeting(row)
        people = _with_address(participants_of([meeting.id]))
        _refuse_in_vain(row, people)
        if meeting.invited_at is not None:
            row.sequence += 1
        meeting.invited_at = clock.now()
        for one in people:
            one.invited = True
        _send(row, meeting, people, REQUEST)
        audit.record("obligation.invited", "obligation", row.id, fields=["participants"])
        return len(people)


def _refuse_in_vain(row: Obligation, people: Collection[Participant]) -> None:
    if not current_tenant().may_send:
        raise Refused(
            "meeting.may_not_send",
            lazy_gettext("Your organisation is not confirmed yet, so nothing can be sent to others."),
        )
    if row.due_on < today():
        raise Conflict("meeting.has_been", lazy_gettext("The day of this meeting has passed."))
    if not people:
        raise Conflict("meeting.nobody", lazy_gettext("Nobody who takes part has an e-mail address yet."))


def tell_changed(row: Obligation) -> None:
    """Send everybody who was invited the meeting as it is now, inside the caller's unit of work."""
    meeting = meeting_of(row.id)
    if meeting is not None and _is_announced(meeting):
        _send(row, meeting, _invited(participants_of([meeting.id])), REQUEST)


def call_off(row: Obligation) -> None:
    """Take a meeting out of the calendars of those who were invited, inside the caller's unit of work."""
    meeting = meeting_of(row.id)
    if meeting is not None and _is_announced(meeting):
        people = participants_of([meeting.id])
        row.sequence += 1
        _send(row, meeting, _invited(people), CANCEL)
        meeting.invited_at = None
        for one in people:
            one.invited = False


def take_back(row: Obligation, meeting: Meeting, people: Iterable[Participant]) -> None:
    """Tell those who are no longer to take part, inside the caller's unit of work."""
    if _is_announced(meeting):
        _send(row, meeting, _invited(people), CANCEL)


def calendar_file(obligation_id: UUID) -> CalendarFile:
    """The meeting, or the day of the promise, as a file for one's own calendar. Raises NotFound."""
    access.require("agreement:read")
    row = find(obligation_id)
    entry = _entry(row, meeting_of(row.id))
    return CalendarFile(f"{row.due_on.isoformat()}.ics", calendar_of([event_of(entry)], PUBLISH))


def _is_announced(meeting: Meeting) -> bool:
    return meeting.invited_at is not None and meeting.held_at is None and current_tenant().may_send


def _with_address(people: Iterable[Participant]) -> list[Participant]:
    return [one for one in people if one.email]


def _invited(people: Iterable[Participant]) -> list[Participant]:
    return [one for one in people if one.invited and one.email]


def _entry(row: Obligation, meeting: Meeting | None) -> Entry:
    settings: Settings = current_app.config["FOTFESTE"]
    return entry_of(row, meeting, current_tenant().timezone, urlsplit(settings.public_url).hostname or "")


def _send(row: Obligation, meeting: Meeting, people: Collection[Participant], method: str) -> None:
    """Write each of them a mail in the language of the agreement, with the whole entry beside it."""
    if not people:
        return
    subject = subjects_of([row]).get(row.subject_id)
    account_id = owners_of([row]).get(row.id)
    owner = access.people_of([account_id]).get(account_id) if account_id else None
    caller = Somebody(owner.name, owner.email) if owner else None
    entry = replace(
        _entry(row, meeting),
        organizer=caller,
        attendees=tuple(Somebody(one.name, one.email) for one in people),
        is_cancelled=method == CANCEL,
    )
    text = calendar_of([event_of(entry)], method).decode()
    file = mail.TextFile("invitation.ics", "calendar", text, {"method": method})
    with in_language(subject.language if subject else current_tenant().language):
        for one in people:
            body = _body(row, meeting, one, caller, method)
            letters.write(MEETINGS, one.email, _subject(row, method), body, [file])


def _subject(row: Obligation, method: str) -> str:
    if method == CANCEL:
        return _("Cancelled: %(title)s", title=row.title)
    return _("Invitation: %(title)s, %(date)s", title=row.title, date=written_date(row.due_on))


def _body(
    row: Obligation, meeting: Meeting, one: Participant, caller: Somebody | None, method: str
) -> list[str]:
    opening = (
        _("The meeting below has been cancelled, or you no longer take part in it.")
        if method == CANCEL
        else _("%(who)s calls you to the meeting below.", who=meeting.called_by or current_tenant().name)
    )
    paragraphs = [
        _("Hello %(name)s", name=one.name),
        opening,
        "\n".join(_facts(row, meeting)),
    ]
    if meeting.agenda and method == REQUEST:
        points = "\n".join(f"- {point}" for point in meeting.agenda.splitlines())
        paragraphs.append(f"{_('Agenda')}:\n{points}")
    if caller:
        paragraphs.append(_("Questions? Ask %(name)s: %(email)s", name=caller.name, email=caller.email))
    return paragraphs


def _facts(row: Obligation, meeting: Meeting) -> list[str]:
    begins = datetime.combine(row.due_on, meeting.begins_at)
    when = _(
        "%(date)s at %(time)s", date=written_date(row.due_on), time=format_time(begins, "HH:mm", rebase=False)
    )
    facts = [row.title, row.subject_title, when]
    return [*facts, meeting.place] if meeting.place else facts
