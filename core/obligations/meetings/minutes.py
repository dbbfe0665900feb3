"""The minutes of a meeting: as a page to read and print, and as a mail to those who took part."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import format_time, gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup
from sqlalchemy import select

from core.access import service as access
from core.documents.blocks import parse, to_html, to_plain
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.unit_of_work import unit_of_work
from core.notices import letters
from core.obligations.finding import DO, READ, find, held, owners_of, reaches
from core.obligations.meetings.finding import participants_of, planned_meeting
from core.obligations.meetings.kind import MEETINGS
from core.obligations.models import Meeting, Obligation, Participant
from core.obligations.subjects import subjects_of
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


@dataclass(frozen=True)
class Point:
    """An action as the minutes name it."""

    title: str
    owner: str
    due_on: str


@dataclass(frozen=True)
class Minutes:
    """The minutes as they read."""

    row: Obligation
    meeting: Meeting
    came: list[Participant]
    missing: list[Participant]
    text: Markup
    actions: list[Point]
    language: str
    may_send: bool


def minutes_of(obligation_id: UUID) -> Minutes:
    """The minutes of a meeting that was held. Raises NotFound or Conflict."""
    access.require(READ)
    row = find(obligation_id)
    found = _minutes(row, may_send=reaches(row.id))
    audit.looked_at("obligation", row.id, fields=["minutes", "participants"])
    return found


def send_minutes(obligation_id: UUID) -> int:
    """Send the minutes to everybody with an address, in the agreement's language; gives how many.

    Raises NotFound, Refused or Conflict.
    """
    access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        found = _minutes(row, may_send=True)
        to = [one for one in (*found.came, *found.missing) if one.email]
        _refuse_in_vain(to)
        with in_language(found.language):
            subject = gettext("Minutes: %(title)s, %(date)s", title=row.title, date=written_date(row.due_on))
            for one in to:
                letters.write(MEETINGS, one.email, subject, _as_mail(found))
        found.meeting.minutes_sent_at = clock.now()
        audit.record("obligation.minutes_sent", "obligation", row.id, fields=["minutes"])
        return len(to)


def _refuse_in_vain(to: list[Participant]) -> None:
    if not current_tenant().may_send:
        raise Refused(
            "meeting.may_not_send",
            _("Your organisation is not confirmed yet, so nothing can be sent to others."),
        )
    if not to:
        raise Conflict("meeting.nobody", _("Nobody who takes part has an e-mail address yet."))


def _minutes(row: Obligation, *, may_send: bool) -> Minutes:
    meeting = planned_meeting(row)
    if meeting.held_at is None:
        raise Conflict("meeting.no_minutes", _("This meeting has no minutes yet."))
    people = participants_of([meeting.id])
    subject = subjects_of([row]).get(row.subject_id)
    return Minutes(
        row,
        meeting,
        came=[one for one in people if one.attended],
        missing=[one for one in people if not one.attended],
        text=to_html(parse(meeting.minutes, lenient=True), lambda key: f"{{{key}}}"),
        actions=_points(row),
        language=subject.language if subject else current_tenant().language,
        may_send=may_send,
    )


def _points(row: Obligation) -> list[Point]:
    query = select(Obligation).where(Obligation.origin_id == row.id, Obligation.dropped_at.is_(None))
    rows = list(db.session.scalars(query.order_by(Obligation.due_on, Obligation.id)))
    owners = owners_of(rows)
    names = access.names_of(owners.values())
    return [
        Point(
            one.title,
            one.owner_name or (names.get(owners[one.id], "") if one.id in owners else ""),
            written_date(one.due_on),
        )
        for one in rows
    ]


def _as_mail(found: Minutes) -> list[str]:
    begins = datetime.combine(found.row.due_on, found.meeting.begins_at)
    when = gettext(
        "%(date)s at %(time)s",
        date=written_date(found.row.due_on),
        time=format_time(begins, "HH:mm", rebase=False),
    )
    parts = [
        f"{found.row.title}\n{found.row.subject_title}\n{when}",
        _list(gettext("Present"), [one.name for one in found.came]),
        _list(gettext("Not present"), [one.name for one in found.missing]),
        to_plain(parse(found.meeting.minutes, lenient=True)),
        _list(gettext("Decisions"), found.meeting.decisions.splitlines()),
        _list(
            gettext("Actions"),
            [", ".join(filter(None, (one.title, one.owner, one.due_on))) for one in found.actions],
        ),
    ]
    return [part for part in parts if part]


def _list(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title}:", *(f"- {line}" for line in lines)]) if lines else ""
