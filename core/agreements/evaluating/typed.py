"""What the forms of an evaluation begin with: what was said before."""

from typing import Any

from core.agreements.evaluating.models import Assessment
from core.agreements.evaluating.reading import EvaluationPage, PointPage
from core.agreements.evaluating.schemas import ABOUT, AIM, REACHED


def ours(found: EvaluationPage) -> dict[str, Any]:
    """What the tenant has said so far."""
    goals = {REACHED + one.key: one.reached for one in found.goals}
    about = {ABOUT + one.key: one.words for one in found.goals}
    participants = {"participants": found.case.evaluation.participants}
    return said(found.case.ours) | participants | goals | about


def said(assessment: Assessment) -> dict[str, Any]:
    """What a party has said so far."""
    rated = {AIM + key: str(number) for key, number in assessment.ratings.items()}
    return rated | {"experience": assessment.experience, "practice": assessment.practice}


def decision(found: PointPage) -> dict[str, Any]:
    """What was decided about a point so far."""
    point, action = found.point, found.action.action if found.action else None
    return {
        "outcome": point.outcome,
        "clause_key": point.clause_key,
        "wish": point.wish,
        "reason": point.reason,
        "title": action.title if action else "",
        "due_on": action.due_on.isoformat() if action else "",
        "owner_id": action.owner_id or "" if action else "",
        "owner_name": action.owner_name if action else "",
    }
