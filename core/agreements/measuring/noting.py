"""The verbs of figures that people note on goals that nothing counts: noted, corrected, taken back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import reach
from core.agreements.measuring.catalogue import measures_here
from core.agreements.measuring.models import GoalValue
from core.agreements.measuring.periods import periods_of
from core.agreements.measuring.reading import WRITE, has_number, measure_of, noted_of
from core.agreements.measuring.terms import Agreed, goals_of
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import SIGNED_BY_ALL, status_of
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Noted:
    """A figure: ``hits`` of ``of`` for a share, else a ``value``; ``source`` is where it comes from."""

    counted_on: date
    source: str
    of: int | None = None
    hits: int | None = None
    value: float | None = None


def to_note(agreement_id: UUID, key: str) -> tuple[Agreement, Agreed]:
    """An agreement and a goal of it that figures may be noted on, for the form.

    Raises NotFound, Refused, or Conflict for a goal that is described or counted by itself.
    """
    access.require(WRITE)
    return _open(agreement_id, key, lock=False)


def stored(agreement_id: UUID, key: str, value_id: UUID) -> GoalValue:
    """A figure that can be corrected, for the form. Raises as `correct`."""
    access.require(WRITE)
    _agreement, _goal, row = _held(agreement_id, key, value_id, lock=False)
    return row


def note(agreement_id: UUID, key: str, noted: Noted) -> UUID:
    """Note a figure. Raises as `to_note`, or Invalid for an impossible day or share."""
    member = access.require(WRITE)
    with unit_of_work():
        agreement, goal = _open(agreement_id, key, lock=True)
        _check(agreement, goal, noted)
        row = _row(agreement_id, key, noted, member.account_id)
        db.session.add(row)
        audit.record("agreement.figure_noted", "agreement", agreement_id)
        return row.id


def correct(agreement_id: UUID, key: str, value_id: UUID, noted: Noted, reason: str) -> UUID:
    """Let another figure take the place of one that was wrong; both stay to be read.

    Raises as `note`, and Conflict for a figure that was corrected or taken back already.
    """
    member = access.require(WRITE)
    with unit_of_work():
        agreement, goal, wrong = _held(agreement_id, key, value_id, lock=True)
        _check(agreement, goal, noted)
        row = _row(agreement_id, key, noted, member.account_id)
        row.corrects_id, row.reason = wrong.id, reason
        db.session.add(row)
        audit.record("agreement.figure_corrected", "agreement", agreement_id, reason=reason)
        return row.id


def take_back(agreement_id: UUID, key: str, value_id: UUID, reason: str) -> None:
    """Say that a figure should not be there at all. Raises NotFound, Refused or Conflict as `correct`."""
    member = access.require(WRITE)
    with unit_of_work():
        _agreement, _goal, wrong = _held(agreement_id, key, value_id, lock=True)
        row = _row(agreement_id, key, Noted(wrong.counted_on, ""), member.account_id)
        row.corrects_id, row.reason = wrong.id, reason
        db.session.add(row)
        audit.record("agreement.figure_taken_back", "agreement", agreement_id, reason=reason)


def goal_to_change(agreement_id: UUID, key: str, *, lock: bool) -> tuple[Agreement, Agreed]:
    """An agreement that all have signed, and one of its goals. Raises NotFound, Refused or Conflict."""
    agreement = reach.find(WRITE, agreement_id, lock=lock)
    goal = next((one for one in goals_of(agreement) if one.key == key), None)
    if goal is None:
        raise NotFound("goal.not_found", _("We cannot find this goal in the agreement."))
    if status_of(agreement, today()) not in SIGNED_BY_ALL:
        raise Conflict("goal.not_signed", _("The goals are followed up when all parties have signed."))
    return agreement, goal


def _open(agreement_id: UUID, key: str, *, lock: bool) -> tuple[Agreement, Agreed]:
    agreement, goal = goal_to_change(agreement_id, key, lock=lock)
    if goal.is_described:
        raise Conflict("goal.described", _("This goal has no number. Add an example instead."))
    if measure_of(goal, measures_here()) is not None:
        raise Conflict("goal.counted", _("This goal is counted by itself, so no figures are noted by hand."))
    return agreement, goal


def _held(agreement_id: UUID, key: str, value_id: UUID, *, lock: bool) -> tuple[Agreement, Agreed, GoalValue]:
    reach.find(WRITE, agreement_id, lock=lock)
    rows = noted_of(agreement_id)
    row = next((one for one in rows if (one.id, one.goal_key) == (value_id, key)), None)
    if row is None:
        raise NotFound("goal.no_figure", _("We cannot find this figure."))
    agreement, goal = _open(agreement_id, key, lock=False)
    if not has_number(row) or any(one.corrects_id == row.id for one in rows):
        raise Conflict("goal.corrected", _("This figure has been corrected or taken back already."))
    return agreement, goal, row


def _check(agreement: Agreement, goal: Agreed, noted: Noted) -> None:
    begun = periods_of(agreement.starts_on, agreement.ends_on, goal.months, today())
    if noted.counted_on > today() or not any(one.holds(noted.counted_on) for one in begun):
        wrong = _("Choose a day on which the agreement applied, today at the latest.")
        raise Invalid("goal.day", wrong, {"counted_on": wrong})
    if noted.hits is not None and noted.of is not None and noted.hits > noted.of:
        wrong = _("There cannot be more of them than there are in all.")
        raise Invalid("goal.share", wrong, {"hits": wrong})


def _row(agreement_id: UUID, key: str, noted: Noted, account_id: UUID) -> GoalValue:
    return GoalValue(
        id=new_id(),
        agreement_id=agreement_id,
        goal_key=key,
        counted_on=noted.counted_on,
        of=noted.of,
        hits=noted.hits,
        value=noted.value,
        source=noted.source,
        recorded_by=account_id,
    )
