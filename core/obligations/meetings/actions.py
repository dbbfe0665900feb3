"""What a meeting decided that somebody does by a day: a promise of its own under the same agreement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations.finding import DO, held, held_open, owners_of, today
from core.obligations.meetings.finding import planned_meeting, require_meeting
from core.obligations.models import Obligation
from core.obligations.states import ACTION, Standing, standing_of


@dataclass(frozen=True)
class Action:
    """What is to be done, by whom (a member, or somebody else by name) and when.

    ``number`` is what the page offered: a form that is sent twice makes one action.
    """

    title: str
    due_on: date
    owner_id: UUID | None = None
    owner_name: str = ""
    number: int = 0


@dataclass(frozen=True)
class Decided:
    """An action as it stands; ``owner`` is the name of who does it."""

    action: Action
    owner: str
    standing: Standing


def add_action(obligation_id: UUID, action: Action) -> UUID:
    """Add an action to a planned or held meeting; gives its id. Raises NotFound, Refused or Conflict."""
    access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        planned_meeting(row)
        return _add(row, action)


def add_action_without_meeting(obligation_id: UUID, action: Action) -> UUID:
    """The same for an evaluation, which decides on actions also where nobody has planned its meeting."""
    access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        require_meeting(row)
        return _add(row, action)


def _add(row: Obligation, action: Action) -> UUID:
    if (known := _known(row, action)) is not None:
        return known
    made = _made(row, action)
    db.session.add(made)
    audit.record("obligation.action_added", "obligation", made.id, fields=["due_on", "owner_id"])
    return made.id


def remove_action(obligation_id: UUID, action_id: UUID) -> None:
    """Let an action that is not done fall, because it was a mistake. Raises NotFound, Refused or Conflict."""
    access.require(DO)
    with unit_of_work():
        row = held_open(action_id)
        if row.origin_id != obligation_id:
            raise NotFound("obligation.not_found", _("We cannot find this deadline."))
        row.dropped_at = clock.now()
        row.sequence += 1
        audit.record("obligation.action_removed", "obligation", row.id, fields=["dropped_at"])


def actions_of(obligation_id: UUID) -> dict[UUID, Decided]:
    """The actions that a meeting or an evaluation decided on and that stand, by id, in two queries."""
    query = select(Obligation).where(Obligation.origin_id == obligation_id, Obligation.dropped_at.is_(None))
    rows = list(db.session.scalars(query.order_by(Obligation.due_on, Obligation.id)))
    owners = owners_of(rows)
    names = access.names_of(owners.values())
    return {
        row.id: Decided(
            Action(row.title, row.due_on, row.owner_id, row.owner_name),
            owner=row.owner_name or (names.get(owners[row.id], "") if row.id in owners else ""),
            standing=standing_of(row, today()),
        )
        for row in rows
    }


def next_number(obligation_id: UUID) -> int:
    """The number that the next action of a meeting gets."""
    query = select(func.max(Obligation.index)).where(Obligation.origin_id == obligation_id)
    return (db.session.scalar(query) or 0) + 1


def _known(row: Obligation, action: Action) -> UUID | None:
    query = select(Obligation.id).where(
        Obligation.origin_id == row.id,
        Obligation.index == action.number,
        Obligation.title == action.title,
        Obligation.dropped_at.is_(None),
    )
    return db.session.scalar(query)


def _made(row: Obligation, action: Action) -> Obligation:
    return Obligation(
        id=new_id(),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        subject_title=row.subject_title,
        key=f"action.{row.id.hex}",
        index=next_number(row.id),
        kind=ACTION,
        title=action.title,
        nominal_on=action.due_on,
        due_on=action.due_on,
        owner_id=action.owner_id,
        owner_name="" if action.owner_id else action.owner_name,
        origin_id=row.id,
    )
