"""Agreements that pass from one adviser to another."""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.agreements.models import Agreement
from core.kernel import audit
from core.kernel.database import db
from core.plugin_host.declarations import HandedOver
from core.plugin_host.wording import Wording

SHOWN: Final = 20
AGREEMENTS = Wording(nb="Avtaler", da="Aftaler", en="Agreements")


def hand_over(from_account: UUID, to_account: UUID, *, dry_run: bool) -> list[HandedOver]:
    """Every agreement of an adviser that has not been cancelled gets another adviser."""
    query = (
        select(Agreement)
        .where(Agreement.adviser_id == from_account, Agreement.cancelled_at.is_(None))
        .order_by(Agreement.title, Agreement.id)
    )
    rows = list(db.session.scalars(query))
    # What an agreement has taken up goes with it, unmentioned.
    mentioned = [row for row in rows if row.taken_up_at is None]
    if not dry_run:
        for row in rows:
            row.adviser_id = to_account
            audit.record("agreement.handed_over", "agreement", row.id, fields=["adviser_id"])
    return [HandedOver(AGREEMENTS, len(mentioned), tuple(row.title for row in mentioned[:SHOWN]))]
