"""Writing down that a meeting was held: who was there, the minutes, the decisions. It keeps the promise."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work
from core.obligations.finding import DO, find_to_do, held, today
from core.obligations.meetings.finding import participants_of, planned_meeting
from core.obligations.meetings.people import guest_of, read_others
from core.obligations.meetings.planning import add_guests
from core.obligations.models import Meeting, Obligation, Participant


@dataclass(frozen=True)
class Record:
    """What came of a meeting. ``attended`` are ids of participants, ``others`` came without being asked."""

    attended: Collection[str] = ()
    others: str = ""
    minutes: str = ""
    decisions: str = ""


@dataclass(frozen=True)
class Sheet:
    """What the form of a record begins with."""

    row: Obligation
    meeting: Meeting
    people: list[Participant]


def sheet(obligation_id: UUID) -> Sheet:
    """What the form begins with, for who may write it. Raises NotFound, Refused or Conflict."""
    row = find_to_do(obligation_id)
    meeting = planned_meeting(row)
    return Sheet(row, meeting, participants_of([meeting.id]))


def hold(obligation_id: UUID, record: Record) -> None:
    """Write the record, and with it mark the promise as done; a second time writes the record anew.

    Raises NotFound, Refused, Conflict for a meeting that was waived or is still to come, or Invalid.
    """
    member = access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        meeting = planned_meeting(row)
        _refuse_unheld(row)
        _write(meeting, record)
        is_new = meeting.held_at is None
        if is_new:
            meeting.held_at = clock.now()
        if row.done_at is None:
            row.done_at, row.done_by = clock.now(), member.account_id
        action = "obligation.held" if is_new else "obligation.minutes_saved"
        audit.record(action, "obligation", row.id, fields=["minutes", "decisions", "attended"])


def _refuse_unheld(row: Obligation) -> None:
    if row.waived_at is not None:
        raise Conflict("meeting.waived", _("This meeting was waived. Reopen it before you record it."))
    if row.due_on > today():
        raise Conflict(
            "meeting.to_come", _("This meeting is still to come. Change its day first if it was held.")
        )


def _write(meeting: Meeting, record: Record) -> None:
    meeting.minutes, meeting.decisions = record.minutes, record.decisions
    people = participants_of([meeting.id])
    for one in people:
        one.attended = str(one.id) in record.attended
    there = {guest_of(one).identity for one in people}
    more = [one for one in read_others(record.others) if one.identity not in there]
    add_guests(meeting, more, attended=True)
