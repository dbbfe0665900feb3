"""The evaluations of an agreement on its page: those that have begun, and the next one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from core.agreements.evaluating.models import Evaluation
from core.agreements.evaluating.service import KIND
from core.kernel.database import db
from core.obligations.service import Promise


@dataclass(frozen=True)
class Listed:
    """An evaluation with the day of its promise."""

    obligation_id: UUID
    title: str
    due_on: date
    is_begun: bool
    closed_at: datetime | None


def evaluations_among(agreement_id: UUID, promises: Iterable[Promise]) -> list[Listed]:
    """Those of an agreement whose promises the reader has loaded, in their order, by at most one query."""
    due = [one for one in promises if one.kind == KIND]
    if not due:
        return []
    query = select(Evaluation.obligation_id, Evaluation.closed_at)
    rows = db.session.execute(query.where(Evaluation.agreement_id == agreement_id))
    return listed(due, dict(iter(rows)))


def listed(due: Iterable[Promise], begun: Mapping[UUID, datetime | None]) -> list[Listed]:
    """The evaluations that have begun, by their promise with when they were closed, and the next one."""
    promises = list(due)
    following = next((one.id for one in promises if one.is_open and one.id not in begun), None)
    return [
        Listed(one.id, one.title, one.due_on, one.id in begun, begun.get(one.id))
        for one in promises
        if one.id in begun or one.id == following
    ]
