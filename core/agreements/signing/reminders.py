"""Reminders by themselves: each week for a month, to whoever has not answered."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from core.agreements.models import Agreement, SignatureRequest
from core.agreements.signing.case import open_case
from core.agreements.signing.service import issue_reminder
from core.agreements.signing.states import is_waited_for, waiting_sql
from core.agreements.states import Status
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import every_tenant

EVERYWHERE = "agreements.remind_everywhere"
IN_TENANT = "agreements.remind_in_tenant"
BETWEEN = timedelta(days=7)
FOR = timedelta(days=35)
MOST_IN_ONE_RUN = 500


@jobs.job(EVERYWHERE, cron="0 6 * * *")
def remind_everywhere() -> None:
    """Each morning: one job for each tenant that may write to others."""
    tenants = [
        card for card in every_tenant("remind of agreements that wait for a signature") if card.may_send
    ]
    with unit_of_work():
        for tenant in tenants:
            jobs.defer(IN_TENANT, tenant_id=str(tenant.id))


@jobs.job(IN_TENANT)
def remind_in_tenant() -> None:
    """Remind whoever has been silent for a week; a second run on the same day finds nobody."""
    for agreement_id, request_id in _silent():
        with unit_of_work():
            _remind(agreement_id, request_id)


def _silent() -> list[tuple[UUID, UUID]]:
    now, last_mail = clock.now(), func.coalesce(SignatureRequest.reminded_at, SignatureRequest.requested_at)
    query = (
        select(SignatureRequest.agreement_id, SignatureRequest.id)
        .join(
            Agreement,
            (Agreement.id == SignatureRequest.agreement_id)
            & (Agreement.tenant_id == SignatureRequest.tenant_id),
        )
        .where(
            *waiting_sql(),
            SignatureRequest.email != "",
            last_mail <= now - BETWEEN,
            SignatureRequest.requested_at > now - FOR,
        )
        .order_by(SignatureRequest.id)
        .limit(MOST_IN_ONE_RUN)
    )
    return [(agreement_id, request_id) for agreement_id, request_id in db.session.execute(query)]


def _remind(agreement_id: UUID, request_id: UUID) -> None:
    case = open_case(agreement_id, lock=True)
    request = next((one for one in case.people if one.id == request_id), None)
    if request is None or case.status is not Status.SENT or not is_waited_for(request, clock.now()):
        return
    if clock.now() - (request.reminded_at or request.requested_at) >= BETWEEN:
        issue_reminder(case.agreement, request)
