"""The verbs of an evaluation: begin, write down what we say, add a point, close."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.access import service as access
from core.agreements.catalogue import MissingTypeError, type_of
from core.agreements.evaluating.counting import count, to_store
from core.agreements.evaluating.finding import Case, find_case, open_case
from core.agreements.evaluating.models import Assessment, Evaluation, ImprovementPoint
from core.agreements.evaluating.states import undecided
from core.agreements.models import Agreement, Version
from core.agreements.signing import case as signing_case
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.finding import DO, held, today
from core.obligations.meetings.actions import actions_of

KIND = "evaluation"


@dataclass(frozen=True)
class Ours:
    """What the tenant writes: its ratings, and for each goal what was ``reached`` and ``words`` about it."""

    ratings: Mapping[str, int] = field(default_factory=dict)
    experience: str = ""
    practice: str = ""
    participants: str = ""
    attained: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def begin(obligation_id: UUID) -> None:
    """Begin the evaluation that a promise is about; a second time changes nothing.

    Raises NotFound, Refused, or Conflict for another kind of promise and for one that was waived.
    """
    member = access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        _refuse_unless_due(row.kind, is_waived=row.waived_at is not None)
        if find_case(obligation_id) is not None:
            return
        case = signing_case.open_case(row.subject_id)
        evaluation = _evaluation(case.agreement, case.version, obligation_id, member.account_id)
        db.session.add(evaluation)
        db.session.flush()
        db.session.add_all(_assessments(evaluation.id, case.version.content))
        audit.record("evaluation.begun", "obligation", obligation_id)


def _refuse_unless_due(kind: str, *, is_waived: bool) -> None:
    if kind != KIND:
        raise Conflict("evaluation.none", _("This deadline is no evaluation."))
    if is_waived:
        raise Conflict("evaluation.waived", _("This evaluation was waived. Reopen it before you begin."))


def _evaluation(agreement: Agreement, version: Version, obligation_id: UUID, member_id: UUID) -> Evaluation:
    sections = version.content["sections"]
    return Evaluation(
        id=new_id(),
        agreement_id=agreement.id,
        obligation_id=obligation_id,
        version_number=version.number,
        period_from=_first_day(agreement),
        aims=_aims(agreement),
        goals=[
            {name: goal[name] for name in ("key", "title", "target", "unit")}
            for section in sections
            for goal in section["goals"]
        ],
        begun_by=member_id,
    )


def _first_day(agreement: Agreement) -> date:
    """The day after the evaluation before, or the first day of the agreement."""
    query = select(func.max(Evaluation.period_to)).where(Evaluation.agreement_id == agreement.id)
    last = db.session.scalar(query)
    return last + timedelta(days=1) if last else agreement.starts_on or today()


def _aims(agreement: Agreement) -> list[dict[str, str]]:
    """The aims of the agreement's type in its language; none when its plugin is not available."""
    try:
        text = type_of(agreement.type_key, agreement.edition).text(agreement.language)
    except MissingTypeError:
        return []
    return [{"key": aim.key, "text": aim.text} for aim in text.aims]


def _assessments(evaluation_id: UUID, content: Mapping[str, Any]) -> list[Assessment]:
    return [
        Assessment(
            id=new_id(),
            evaluation_id=evaluation_id,
            party_key=party["key"],
            party_name=party["name"],
            is_ours=party["is_tenant"],
        )
        for party in content["parties"]
    ]


def save_ours(obligation_id: UUID, given: Ours) -> None:
    """Write down what the tenant itself says, as often as one likes. Raises NotFound, Refused or Conflict."""
    member = access.require(DO)
    with unit_of_work():
        case = open_case(obligation_id)
        ours, evaluation = case.ours, case.evaluation
        ours.ratings, ours.experience, ours.practice = dict(given.ratings), given.experience, given.practice
        ours.name, ours.email, ours.answered_at = member.name, member.email.casefold(), clock.now()
        evaluation.participants = given.participants
        evaluation.attained = {key: dict(words) for key, words in given.attained.items()}
        audit.record("evaluation.saved", "obligation", obligation_id, fields=["evaluation"])


def add_point(obligation_id: UUID, party_key: str, text: str) -> UUID:
    """Write down what a party wants better; the same words of the same party twice are one point.

    Raises NotFound, Refused or Conflict.
    """
    access.require(DO)
    with unit_of_work():
        case = open_case(obligation_id)
        proposer = case.assessment(party_key)
        for known in case.points:
            if (known.assessment_id, known.text) == (proposer.id, text):
                return known.id
        made = new_point(case, proposer, text, _next_number(case))
        audit.record("evaluation.point_added", "obligation", obligation_id)
        return made.id


def _next_number(case: Case) -> int:
    return max((one.number for one in case.points), default=0) + 1


def new_point(case: Case, proposer: Assessment, text: str, number: int) -> ImprovementPoint:
    """A new point of an open evaluation, in the caller's unit of work."""
    made = ImprovementPoint(
        id=new_id(), evaluation_id=case.evaluation.id, assessment_id=proposer.id, number=number, text=text
    )
    db.session.add(made)
    return made


def close(obligation_id: UUID) -> None:
    """Close an evaluation: it is frozen, and its promise is kept. Closing twice is the same as once.

    Raises NotFound, Refused, or Conflict with what is missing.
    """
    member = access.require(DO)
    with unit_of_work():
        held(obligation_id)
        known = find_case(obligation_id)
        if known is not None and known.is_closed:
            return
        case = open_case(obligation_id)
        if lacking := lacks(case, actions_of(obligation_id)):
            raise Conflict("evaluation.incomplete", " ".join(str(one) for one in lacking))
        evaluation = case.evaluation
        evaluation.facts = to_store(count(evaluation, today()))
        evaluation.period_to, evaluation.closed_at = today(), clock.now()
        evaluation.closed_by = member.account_id
        obligations.mark_done(obligation_id)
        audit.record("evaluation.closed", "obligation", obligation_id, fields=["evaluation"])


def lacks(case: Case, live_actions: Mapping[UUID, object]) -> list[object]:
    """Sentences about what is missing before an evaluation can be closed."""
    missing: list[object] = []
    if case.ours.answered_at is None:
        missing.append(_("Write down what you yourselves say first."))
    numbers = [str(one.number) for one in undecided(case.points, live_actions)]
    if numbers:
        missing.append(_("Decide what comes of these points: %(numbers)s.", numbers=", ".join(numbers)))
    return missing
