"""Agreements in force about which nothing has been written down for a long time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from core.access import service as access
from core.agreements import reach
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import Status, status_sql
from core.kernel import clock
from core.kernel.database import db
from core.obligations import following

QUIET_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Quiet:
    """An agreement in force without activity; `since` is when it was last changed or signed."""

    agreement_id: UUID
    title: str
    since: datetime


def quiet(limit: int) -> tuple[Quiet, ...]:
    """Agreements in force where nothing was signed, changed or done for three months, the longest first.

    A paused agreement rests and is not asked about. One query.
    """
    access.require(reach.READ)
    since = clock.now() - QUIET_AFTER
    last = func.greatest(Agreement.changed_at, Agreement.activated_at)
    query = (
        select(Agreement.id, Agreement.title, last)
        .where(
            status_sql(today()) == Status.ACTIVE.value,
            last < since,
            Agreement.starts_on < today() - QUIET_AFTER,
            ~following.kept_since(since, Agreement.id),
            reach.within(reach.READ),
        )
        .order_by(last, Agreement.id)
        .limit(limit)
    )
    return tuple(Quiet(*row) for row in db.session.execute(query))
