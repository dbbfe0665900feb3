"""The verbs of evidence: an example is added to a goal that is described, or withdrawn."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.measuring.models import GoalEvidence
from core.agreements.measuring.noting import goal_to_change
from core.agreements.measuring.reading import WRITE
from core.agreements.measuring.terms import Agreed
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Seen:
    """An example: when, who told it, what."""

    happened_on: date
    told_by: str
    text: str


def to_describe(agreement_id: UUID, key: str, *, lock: bool = False) -> tuple[Agreement, Agreed]:
    """An agreement and a goal of it that examples may be added to.

    Raises NotFound, Refused, or Conflict for a goal with a number or an agreement that is not signed by all.
    """
    access.require(WRITE)
    agreement, goal = goal_to_change(agreement_id, key, lock=lock)
    if not goal.is_described:
        raise Conflict("goal.has_number", _("This goal has a number. Examples belong to goals without one."))
    return agreement, goal


def stored(agreement_id: UUID, key: str, evidence_id: UUID) -> GoalEvidence:
    """An example that can be withdrawn, for the form. Raises as `withdraw`."""
    access.require(WRITE)
    return _held(agreement_id, key, evidence_id, lock=False)


def add(agreement_id: UUID, key: str, seen: Seen) -> UUID:
    """Add an example. Raises as `to_describe`, or Invalid for a day to come."""
    member = access.require(WRITE)
    with unit_of_work():
        to_describe(agreement_id, key, lock=True)
        if seen.happened_on > today():
            wrong = _("Choose today or an earlier day.")
            raise Invalid("goal.day", wrong, {"happened_on": wrong})
        row = GoalEvidence(
            id=new_id(),
            agreement_id=agreement_id,
            goal_key=key,
            happened_on=seen.happened_on,
            told_by=seen.told_by,
            text=seen.text,
            recorded_by=member.account_id,
        )
        db.session.add(row)
        audit.record("agreement.evidence_added", "agreement", agreement_id)
        return row.id


def withdraw(agreement_id: UUID, key: str, evidence_id: UUID, reason: str) -> None:
    """Take an example out; its words are erased, that it was there is not. Raises NotFound or Conflict."""
    member = access.require(WRITE)
    with unit_of_work():
        row = _held(agreement_id, key, evidence_id, lock=True)
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = clock.now(), member.account_id, reason
        row.text = row.told_by = ""
        audit.record("agreement.evidence_withdrawn", "agreement", agreement_id, reason=reason)


def _held(agreement_id: UUID, key: str, evidence_id: UUID, *, lock: bool) -> GoalEvidence:
    reach.find(WRITE, agreement_id, lock=lock)
    query = select(GoalEvidence).where(
        GoalEvidence.id == evidence_id,
        GoalEvidence.agreement_id == agreement_id,
        GoalEvidence.goal_key == key,
    )
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound("goal.no_evidence", _("We cannot find this example."))
    to_describe(agreement_id, key)
    if row.withdrawn_at is not None:
        raise Conflict("goal.withdrawn", _("This example has been withdrawn already."))
    return row
