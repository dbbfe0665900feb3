"""A tenant's life as the platform sees it: confirmed, suspended, asked to be closed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.models import Tenant


@dataclass(frozen=True)
class TenantState:
    """Where a tenant is in its life; ``released`` tenants have lost their place to somebody else."""

    id: UUID
    slug: str
    name: str
    kind: str
    number: str
    signed_up_at: datetime
    confirmed_at: datetime | None
    suspended_at: datetime | None
    suspended_reason: str
    closing_asked_at: datetime | None
    closes_on: date | None
    support_may_enter: bool

    @property
    def released(self) -> bool:
        """Whether its place was freed because nobody confirmed it."""
        return self.slug == released_slug(self.id)


def released_slug(tenant_id: UUID) -> str:
    """The address that a tenant keeps when its place is freed."""
    return f"released-{tenant_id}"


def every_state() -> list[TenantState]:
    """All tenants by name. Runs inside a platform scope."""
    return [_state(row) for row in db.session.scalars(select(Tenant).order_by(Tenant.name, Tenant.id))]


def state_of(tenant_id: UUID) -> TenantState:
    """One tenant. Raises NotFound."""
    found = db.session.get(Tenant, tenant_id)
    if found is None:
        raise NotFound("tenant.not_found", _("We cannot find this organisation."))
    return _state(found)


def suspend(tenant_id: UUID, reason: str) -> None:
    """Let a tenant read and take its data out, and nothing else. Raises NotFound, or Conflict when it is."""
    with platform_scope("suspend a tenant"), unit_of_work():
        row = _locked(tenant_id)
        if row.suspended_at is not None:
            raise Conflict("tenant.suspended_already", _("This organisation is suspended already."))
        row.suspended_at, row.suspended_reason = clock.now(), reason
        audit.record("tenant.suspended", "tenant", tenant_id, reason=reason, tenant_id=tenant_id)


def lift(tenant_id: UUID) -> None:
    """End a suspension. Raises NotFound, or Conflict when there is none."""
    with platform_scope("lift the suspension of a tenant"), unit_of_work():
        row = _locked(tenant_id)
        if row.suspended_at is None:
            raise Conflict("tenant.not_suspended", _("This organisation is not suspended."))
        row.suspended_at, row.suspended_reason = None, ""
        audit.record("tenant.suspension_lifted", "tenant", tenant_id, tenant_id=tenant_id)


def _locked(tenant_id: UUID) -> Tenant:
    row = db.session.get(Tenant, tenant_id, with_for_update=True)
    if row is None:
        raise NotFound("tenant.not_found", _("We cannot find this organisation."))
    return row


def _state(row: Tenant) -> TenantState:
    return TenantState(
        id=row.id,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        number=row.number,
        signed_up_at=row.signed_up_at,
        confirmed_at=row.confirmed_at,
        suspended_at=row.suspended_at,
        suspended_reason=row.suspended_reason,
        closing_asked_at=row.closing_asked_at,
        closes_on=row.closes_on,
        support_may_enter=row.support_may_enter,
    )
