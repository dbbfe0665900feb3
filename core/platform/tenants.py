"""The verbs of the platform on tenants. Each is for operators, and leaves a line in the tenant's audit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.access import headcount, operators
from core.kernel import audit
from core.kernel.scope import platform_scope
from core.tenancy import life
from core.tenancy import service as tenancy
from core.tenancy.kinds import all_kinds


@dataclass(frozen=True)
class TenantLine:
    """A tenant in the list: its state, how many work there, and when anything was last written."""

    state: life.TenantState
    kind: str
    members: int
    last_active: datetime | None


def overview(language: str) -> list[TenantLine]:
    """All tenants by name, in a fixed number of queries."""
    operators.require()
    with platform_scope("show the tenants to an operator"):
        states, members, active = life.every_state(), headcount.members_of_each(), audit.last_lines()
    titles = {kind.key: kind.title.in_language(language) for kind in all_kinds()}
    return [
        TenantLine(one, titles.get(one.kind, one.kind), members.get(one.id, 0), active.get(one.id))
        for one in states
    ]


def one(tenant_id: UUID) -> life.TenantState:
    """One tenant's state. Raises NotFound."""
    operators.require()
    with platform_scope("show a tenant's state to an operator"):
        return life.state_of(tenant_id)


def confirm(tenant_id: UUID) -> None:
    """Say that its people speak for it."""
    tenancy.confirm(one(tenant_id).slug)


def release(tenant_id: UUID) -> None:
    """Free the place of a tenant that was never confirmed."""
    tenancy.release(one(tenant_id).slug)


def suspend(tenant_id: UUID, reason: str) -> None:
    """Let a tenant only read, for a reason that its people see."""
    operators.require()
    life.suspend(tenant_id, reason)


def lift(tenant_id: UUID) -> None:
    """End a suspension."""
    operators.require()
    life.lift(tenant_id)
