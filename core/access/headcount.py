"""How many people work in each tenant, for those who run the product: numbers, no names."""

from uuid import UUID

from sqlalchemy import func, select

from core.access.models import Membership
from core.kernel.database import db


def members_of_each() -> dict[UUID, int]:
    """Members by tenant. Runs inside a platform scope."""
    query = (
        select(Membership.tenant_id, func.count())
        .where(Membership.ended_at.is_(None))
        .group_by(Membership.tenant_id)
    )
    return dict(iter(db.session.execute(query)))
