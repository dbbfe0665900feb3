"""What comes of a point: a change of the text, an action, or nothing and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements.evaluating.finding import begun_case, content_of, later_versions, lock, open_case
from core.agreements.evaluating.models import ImprovementPoint
from core.agreements.evaluating.states import Outcome
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations.finding import DO, held
from core.obligations.meetings.actions import (
    Action,
    actions_of,
    add_action_without_meeting,
    remove_action,
)

NEW_CLAUSE = "new"
"""Stands for a clause that the agreement does not have yet."""


@dataclass(frozen=True)
class Decision:
    """What somebody decided; only the fields that belong to the outcome count."""

    outcome: Outcome
    clause_key: str = ""
    wish: str = ""
    title: str = ""
    due_on: date | None = None
    owner_id: UUID | None = None
    owner_name: str = ""
    reason: str = ""


def decide(obligation_id: UUID, point_id: UUID, decision: Decision) -> None:
    """Say what comes of a point; the same decision twice is the same as once, another one replaces it.

    An action becomes a promise of its own. Raises NotFound, Refused, Invalid for what the outcome lacks, or
    Conflict when the evaluation is closed or the action that would fall is done already.
    """
    member = access.require(DO)
    with unit_of_work():
        case = open_case(obligation_id)
        point = case.point(point_id)
        _refuse_incomplete(decision, clause_keys(content_of(case.evaluation)))
        action_id = _action_of(obligation_id, point, decision)
        _write(point, decision, action_id)
        point.decided_at, point.decided_by = clock.now(), member.account_id
        audit.record("evaluation.point_decided", "obligation", obligation_id)


def clause_keys(content: Any) -> list[str]:
    """The keys of the clauses that an agreement has."""
    return [clause["key"] for section in content["sections"] for clause in section["clauses"]]


def _refuse_incomplete(decision: Decision, known: list[str]) -> None:
    missing = _("Fill in this field.")
    wrong: dict[str, Any] = {}
    if decision.outcome is Outcome.CLAUSE:
        if decision.clause_key not in {*known, NEW_CLAUSE}:
            wrong["clause_key"] = _("Choose a clause.")
        if not decision.wish:
            wrong["wish"] = missing
    elif decision.outcome is Outcome.ACTION:
        wrong |= {} if decision.title else {"title": missing}
        wrong |= {} if decision.due_on else {"due_on": missing}
    elif not decision.reason:
        wrong["reason"] = _("Say why nothing is done.")
    if wrong:
        raise Invalid("evaluation.incomplete_decision", _("Something is missing."), wrong)


def _action_of(obligation_id: UUID, point: ImprovementPoint, decision: Decision) -> UUID | None:
    """The promise that the decision makes; one that was made before stays when it is the same."""
    live, wanted = actions_of(obligation_id), None
    if decision.outcome is Outcome.ACTION and decision.due_on is not None:
        owner_name = "" if decision.owner_id else decision.owner_name
        wanted = Action(decision.title, decision.due_on, decision.owner_id, owner_name)
    if point.action_id in live:
        if live[point.action_id].action == wanted:
            return point.action_id
        remove_action(obligation_id, point.action_id)
    made = add_action_without_meeting(obligation_id, wanted) if wanted else None
    # Nothing tells the session that a point needs the row of its action first.
    db.session.flush()
    return made


def _write(point: ImprovementPoint, decision: Decision, action_id: UUID | None) -> None:
    is_clause = decision.outcome is Outcome.CLAUSE
    point.outcome, point.action_id = decision.outcome.value, action_id
    point.clause_key = decision.clause_key if is_clause else ""
    point.wish = decision.wish if is_clause else ""
    point.reason = decision.reason if decision.outcome is Outcome.NONE else ""


def mark_taken(obligation_id: UUID, point_id: UUID, version_number: int) -> None:
    """Say by hand which version took a change into the text. Raises as `taken_into`, Refused, or Invalid."""
    access.require(DO)
    with unit_of_work():
        held(obligation_id)
        case = begun_case(obligation_id)
        case.point(point_id)
        if version_number not in later_versions(case.evaluation):
            wrong = _("Choose one of the later versions.")
            raise Invalid("evaluation.no_version", wrong, {"version": wrong})
        taken_into(point_id, version_number)


def taken_into(point_id: UUID, version_number: int) -> None:
    """Note which version took a change into the text; for who freezes that version, in its unit of work.

    A closed evaluation stays as it is but for this. Raises NotFound, or Conflict for another kind of point.
    """
    with unit_of_work():
        point = db.session.get(ImprovementPoint, _key(point_id))
        if point is None:
            raise NotFound("evaluation.no_point", _("We cannot find this point."))
        evaluation = lock(point.evaluation_id).evaluation
        if point.outcome != Outcome.CLAUSE or version_number <= evaluation.version_number:
            raise Conflict("evaluation.no_change", _("This point changes no text of a later version."))
        if point.taken_into == version_number:
            return
        point.taken_into = version_number
        audit.record("evaluation.point_taken", "obligation", evaluation.obligation_id)


def _key(point_id: UUID) -> tuple[UUID, UUID]:
    return current_tenant_id(), point_id
