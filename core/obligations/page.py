"""One promise with all that belongs to it, for its page: a fixed number of queries."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from core.access import service as access
from core.access.addressees import accounts_who_may
from core.kernel.database import db
from core.obligations.changing import done_today
from core.obligations.finding import DO, READ, find, owners_of, reaches, today
from core.obligations.meetings.finding import meeting_of, participants_of
from core.obligations.models import Meeting, Obligation, Participant
from core.obligations.states import MEETINGS, OPEN, Standing, standing_of


@dataclass(frozen=True)
class Action:
    """One thing that a meeting decided on."""

    row: Obligation
    standing: Standing
    owner: str


@dataclass(frozen=True)
class PromisePage:
    """A promise, its meeting, and what was decided there. ``colleagues`` are those who could own it.

    ``may_plan``, ``may_invite``, ``may_record`` and ``may_read_minutes`` say what its meeting is ready for.
    """

    row: Obligation
    standing: Standing
    owner: str
    done_by: str
    origin: Obligation | None
    meeting: Meeting | None
    people: list[Participant]
    actions: list[Action]
    colleagues: list[tuple[UUID, str]]
    next_number: int
    may_do: bool
    was_done_today: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to keep it."""
        return self.standing in OPEN

    @property
    def may_plan(self) -> bool:
        """Whether a meeting can be planned, or planned anew."""
        return self.may_do and self.is_open and self.row.kind in MEETINGS

    @property
    def may_invite(self) -> bool:
        """Whether the invitation can be sent."""
        return self.may_plan and self.meeting is not None and self.standing is Standing.PLANNED

    @property
    def may_record(self) -> bool:
        """Whether what came of the meeting can be written."""
        if not self.may_do or self.meeting is None or self.row.due_on > today():
            return False
        return self.is_open or self.standing is Standing.DONE

    @property
    def may_read_minutes(self) -> bool:
        """Whether there are minutes."""
        return self.meeting is not None and self.meeting.held_at is not None

    @property
    def may_decide(self) -> bool:
        """Whether actions can be added."""
        return self.may_do and self.meeting is not None and (self.is_open or self.standing is Standing.DONE)


def promise_page(obligation_id: UUID) -> PromisePage:
    """A promise for its page. Raises NotFound."""
    access.require(READ)
    row = find(obligation_id)
    meeting = meeting_of(row.id) if row.kind in MEETINGS else None
    origin, made = _related(row)
    owners = owners_of([row, *made])
    names = access.names_of([*owners.values(), *([row.done_by] if row.done_by else [])])
    may_do = reaches(row.id)

    def owner_of(one: Obligation) -> str:
        return one.owner_name or (names.get(owners[one.id], "") if one.id in owners else "")

    return PromisePage(
        row=row,
        standing=standing_of(row, today()),
        owner=owner_of(row),
        done_by=names.get(row.done_by, "") if row.done_by else "",
        origin=origin,
        meeting=meeting,
        people=participants_of([meeting.id]) if meeting else [],
        actions=[Action(one, standing_of(one, today()), owner_of(one)) for one in made if not one.dropped_at],
        colleagues=accounts_who_may(DO) if may_do else [],
        next_number=max((one.index for one in made), default=0) + 1,
        may_do=may_do,
        was_done_today=done_today(row),
    )


def _related(row: Obligation) -> tuple[Obligation | None, list[Obligation]]:
    """The meeting that decided on an action, and the actions that a meeting decided on."""
    query = select(Obligation).where(or_(Obligation.id == row.origin_id, Obligation.origin_id == row.id))
    found = list(db.session.scalars(query.order_by(Obligation.due_on, Obligation.id)))
    origin = next((one for one in found if one.id == row.origin_id), None)
    return origin, [one for one in found if one.origin_id == row.id]
