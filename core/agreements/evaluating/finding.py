"""An evaluation with everything that was said in it, for a reader or for a verb."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements.evaluating.models import Assessment, Evaluation, ImprovementPoint
from core.agreements.models import Version
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.obligations.finding import held


@dataclass(frozen=True)
class Case:
    """The rows of one evaluation: parties in the order of the agreement, points in the order of proposal."""

    evaluation: Evaluation
    assessments: tuple[Assessment, ...]
    points: tuple[ImprovementPoint, ...]

    @property
    def ours(self) -> Assessment:
        """What the tenant itself says."""
        return next(one for one in self.assessments if one.is_ours)

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.evaluation.closed_at is not None

    def assessment(self, party_key: str) -> Assessment:
        """What one party says. Raises NotFound."""
        found = next((one for one in self.assessments if one.party_key == party_key), None)
        if found is None:
            raise NotFound("evaluation.no_party", _("We cannot find this party of the agreement."))
        return found

    def point(self, point_id: UUID) -> ImprovementPoint:
        """One point. Raises NotFound, also for a point of another evaluation."""
        found = next((one for one in self.points if one.id == point_id), None)
        if found is None:
            raise NotFound("evaluation.no_point", _("We cannot find this point."))
        return found


def find_case(obligation_id: UUID) -> Case | None:
    """The evaluation that keeps a promise, once it has begun."""
    row = db.session.scalar(select(Evaluation).where(Evaluation.obligation_id == obligation_id))
    return case_of(row) if row is not None else None


def begun_case(obligation_id: UUID) -> Case:
    """The same. Raises Conflict when it has not begun."""
    found = find_case(obligation_id)
    if found is None:
        raise Conflict("evaluation.not_begun", _("This evaluation has not begun yet. Begin it first."))
    return found


def open_case(obligation_id: UUID) -> Case:
    """An evaluation that the member may change, locked until the end of the unit of work.

    Raises NotFound, Refused, or Conflict when it has not begun or is closed.
    """
    held(obligation_id)
    case = lock(begun_case(obligation_id).evaluation.id)
    if case.is_closed:
        raise Conflict("evaluation.closed", _("This evaluation is closed and cannot be changed any more."))
    return case


def lock(evaluation_id: UUID) -> Case:
    """An evaluation that nobody else changes until the end of the unit of work. Raises NotFound."""
    query = select(Evaluation).where(Evaluation.id == evaluation_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound("evaluation.not_found", _("We cannot find this evaluation."))
    return case_of(row)


def case_of(evaluation: Evaluation) -> Case:
    """An evaluation with what belongs to it, in two queries."""
    said = select(Assessment).where(Assessment.evaluation_id == evaluation.id).order_by(Assessment.id)
    wanted = select(ImprovementPoint).where(ImprovementPoint.evaluation_id == evaluation.id)
    fresh = {"populate_existing": True}
    return Case(
        evaluation,
        tuple(db.session.scalars(said.execution_options(**fresh))),
        tuple(db.session.scalars(wanted.order_by(ImprovementPoint.number).execution_options(**fresh))),
    )


def content_of(evaluation: Evaluation) -> Mapping[str, Any]:
    """The agreement as it read when the evaluation began."""
    query = select(Version.content).where(
        Version.agreement_id == evaluation.agreement_id, Version.number == evaluation.version_number
    )
    found: Mapping[str, Any] = db.session.scalars(query).one()
    return found


def later_versions(evaluation: Evaluation) -> list[int]:
    """The numbers of the versions of the agreement after the one that is evaluated."""
    query = select(Version.number).where(
        Version.agreement_id == evaluation.agreement_id, Version.number > evaluation.version_number
    )
    return list(db.session.scalars(query.order_by(Version.number)))
