"""An evaluation in the drawers of a furnished tenant."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.agreements.evaluating.models import Assessment, Evaluation, ImprovementPoint
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.testing.factories import MadeTenant


def evaluation_by_hand(tenant: MadeTenant, agreement_id: UUID, obligation_id: UUID) -> dict[str, Any]:
    """An evaluation that is open, with a party that was asked and a change of the text."""
    token, evaluation_id, ours, theirs, point_id = new_token(), new_id(), new_id(), new_id(), new_id()
    evaluation = Evaluation(
        id=evaluation_id,
        agreement_id=agreement_id,
        obligation_id=obligation_id,
        version_number=1,
        period_from=clock.today("UTC"),
        aims=[],
        goals=[],
        begun_by=tenant.admin_id,
    )
    asked = {"token_hash": token_hash(token), "expires_at": clock.now() + timedelta(days=30)}
    for made in (
        evaluation,
        Assessment(id=ours, evaluation_id=evaluation_id, party_key="ours", party_name="Party", is_ours=True),
        Assessment(id=theirs, evaluation_id=evaluation_id, party_key="theirs", party_name="Party", **asked),
        ImprovementPoint(
            id=point_id,
            evaluation_id=evaluation_id,
            assessment_id=ours,
            number=1,
            text="Point",
            outcome="clause",
        ),
    ):
        db.session.add(made)
        db.session.flush()
    return {"point_id": point_id, "evaluate/token": token}
