"""Whether those who run the product may come in to the tenant in scope, and whether somebody is there now."""

from datetime import datetime, timedelta

from flask import g

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.scope import current_tenant_id
from core.tenancy.models import Tenant

INVITED_FOR = timedelta(days=1)


def is_open() -> bool:
    """Whether support may come in: by the tenant's rule, or because it is invited."""
    row = _row()
    invited = row.support_invited_until is not None and row.support_invited_until > clock.now()
    return row.support_may_enter or invited


def invited_until() -> datetime | None:
    """Until when support is invited; None when it is not."""
    until = _row().support_invited_until
    return until if until and until > clock.now() else None


def may_always_enter() -> bool:
    """Whether support may come in without an invitation."""
    return _row().support_may_enter


def set_rule(*, always: bool) -> None:
    """Decide whether support needs an invitation; one that was given ends. Joins the unit of work."""
    row = _row()
    row.support_may_enter, row.support_invited_until = always, None
    audit.record("tenant.support_rule_chosen", "tenant", row.id, fields=["support_may_enter"])


def invite() -> None:
    """Let support in for a day. Joins the unit of work."""
    row = _row()
    row.support_invited_until = clock.now() + INVITED_FOR
    audit.record("tenant.support_invited", "tenant", row.id)


def note_visit(until: datetime | None) -> None:
    """Note until when somebody is there, so that every page can say so. Joins the unit of work."""
    _row().visited_until = until
    g.pop("tenant", None)


def _row() -> Tenant:
    return db.session.get_one(Tenant, current_tenant_id())
