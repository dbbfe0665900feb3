"""An agreement without an end has the dates of the next two years: each month the newest are added."""

from uuid import UUID

from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.life.recording import terms_of
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import IN_FORCE, status_of
from core.kernel import audit, jobs
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.obligations import following
from core.tenancy.service import every_tenant

EVERYWHERE = "agreements.look_ahead_everywhere"
IN_TENANT = "agreements.look_ahead_in_tenant"


@jobs.job(EVERYWHERE, cron="0 4 1 * *")
def look_ahead_everywhere() -> None:
    """Each month: one job for each tenant."""
    tenants = every_tenant("add the dates of agreements without an end")
    with unit_of_work():
        for tenant in tenants:
            jobs.defer(IN_TENANT, tenant_id=str(tenant.id))


@jobs.job(IN_TENANT)
def look_ahead_in_tenant() -> None:
    """Add the dates that have come within two years; a second run on the same day adds none."""
    query = select(Agreement.id).where(
        Agreement.activated_at.is_not(None), Agreement.ends_on.is_(None), Agreement.cancelled_at.is_(None)
    )
    for agreement_id in list(db.session.scalars(query.order_by(Agreement.id))):
        with unit_of_work():
            _look_ahead(agreement_id)


def _look_ahead(agreement_id: UUID) -> None:
    agreement = agreement_parts.find(agreement_id, lock=True)
    if agreement.ends_on is not None or status_of(agreement, today()) not in IN_FORCE:
        return
    terms = terms_of(agreement)
    if following.follow(agreement_id, terms, terms).made:
        audit.record("obligations.made", "agreement", agreement_id)
