"""Leaving: asked for by the tenant, waiting for 30 days, then everything of it is deleted."""

from datetime import timedelta
from uuid import UUID

from flask import g
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.kernel import audit, audit_chain, clock, tenant_rows
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.scope import current_tenant_id, platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.models import ClosedTenant, Tenant

WAITING_DAYS = 30


def ask(asked_by: UUID) -> None:
    """Let the tenant in scope be deleted after the waiting period. Joins the caller's unit of work.

    Raises Conflict when that has been asked for already.
    """
    row = _locked(current_tenant_id())
    if row.closes_on is not None:
        raise Conflict("tenant.closes_already", _("Somebody has asked for this already."))
    row.closing_asked_at, row.closing_asked_by = clock.now(), asked_by
    row.closes_on = clock.today(row.timezone) + timedelta(days=WAITING_DAYS)
    audit.record("tenant.closing_asked", "tenant", row.id, fields=["closes_on"])
    g.pop("tenant", None)


def take_back() -> None:
    """Let the tenant in scope stay. Joins the caller's unit of work. Raises Conflict when nobody asked."""
    row = _locked(current_tenant_id())
    if row.closes_on is None:
        raise Conflict("tenant.does_not_close", _("Nobody has asked for this, or it was taken back."))
    row.closing_asked_at = row.closing_asked_by = row.closes_on = None
    audit.record("tenant.closing_taken_back", "tenant", row.id, fields=["closes_on"])
    g.pop("tenant", None)


def due() -> list[UUID]:
    """Tenants whose waiting period is over on their own calendar."""
    with platform_scope("find tenants whose waiting period is over"):
        rows = db.session.scalars(select(Tenant).where(Tenant.closes_on.is_not(None)).order_by(Tenant.id))
        return [row.id for row in rows if _is_due(row)]


def delete(tenant_id: UUID) -> bool:
    """Delete everything of a tenant whose waiting period is over; False when it was taken back meanwhile.

    What remains is a line that says that it was here, how many rows were deleted, and where its audit ended.
    """
    with platform_scope("delete a tenant whose waiting period is over"), unit_of_work():
        row = db.session.get(Tenant, tenant_id, with_for_update=True)
        if row is None or not _is_due(row):
            return False
        slug, end = row.slug, audit_chain.head_of(tenant_id)
        db.session.expunge_all()
        counts = tenant_rows.delete(tenant_id)
        db.session.add(ClosedTenant(id=tenant_id, slug=slug, row_counts=counts, audit_hash=end.hash))
        return True


def _is_due(row: Tenant) -> bool:
    return row.closes_on is not None and row.closes_on <= clock.today(row.timezone)


def _locked(tenant_id: UUID) -> Tenant:
    return db.session.get_one(Tenant, tenant_id, with_for_update=True)
