"""The meeting of a promise and the people who are asked to it."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.kernel.database import db
from core.kernel.errors import Conflict
from core.obligations.models import Meeting, Obligation, Participant
from core.obligations.states import MEETINGS


def meeting_of(obligation_id: UUID) -> Meeting | None:
    """How the meeting of a promise is held; None until it is planned."""
    return db.session.scalar(select(Meeting).where(Meeting.obligation_id == obligation_id))


def planned_meeting(row: Obligation) -> Meeting:
    """The same, where it is needed. Raises Conflict."""
    require_meeting(row)
    meeting = meeting_of(row.id)
    if meeting is None:
        raise Conflict("meeting.not_planned", _("Plan the meeting first: day, time and who takes part."))
    return meeting


def require_meeting(row: Obligation) -> None:
    """Raise Conflict for a promise that no meeting keeps."""
    if row.kind not in MEETINGS:
        raise Conflict("meeting.none", _("No meeting belongs to this deadline."))


def participants_of(meeting_ids: Iterable[UUID]) -> list[Participant]:
    """Who is asked to meetings, in the order in which they were named."""
    query = select(Participant).where(Participant.meeting_id.in_(list(meeting_ids)))
    return list(db.session.scalars(query.order_by(Participant.id)))


def addresses_of(obligation_id: UUID) -> set[str]:
    """The addresses of those who are asked to the meeting of a promise."""
    query = (
        select(func.lower(Participant.email))
        .join(Meeting, (Meeting.id == Participant.meeting_id) & (Meeting.tenant_id == Participant.tenant_id))
        .where(Meeting.obligation_id == obligation_id, Participant.email != "")
    )
    return set(db.session.scalars(query))
