"""Agreements as somebody outside sees them: those that were sent and in which their e-mail address stands."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select

from core.agreements.models import Agreement, Contact, SignatureRequest
from core.agreements.states import TITLES, status_of
from core.kernel import clock
from core.kernel.database import db
from core.plugin_host.declarations import Matter
from core.tenancy.service import current_tenant

SHOWN: Final = 100


def matters_of(email: str) -> list[Matter]:
    """Agreements where an address is that of a contact or a signatory. Drafts are nobody else's yet."""
    named = select(Contact.agreement_id).where(func.lower(Contact.email) == email)
    asked = select(SignatureRequest.agreement_id).where(func.lower(SignatureRequest.email) == email)
    taken_up = select(Agreement.amends_id).where(Agreement.id.in_(asked), Agreement.taken_up_at.is_not(None))
    named_here = or_(*(Agreement.id.in_(ids) for ids in (named, asked, taken_up)))
    query = (
        select(Agreement)
        .where(named_here, Agreement.sent_at.is_not(None))
        .where(Agreement.taken_up_at.is_(None))
        .order_by(Agreement.changed_at.desc(), Agreement.id)
        .limit(SHOWN)
    )
    today = clock.today(current_tenant().timezone)
    return [
        Matter(one.title, TITLES[status_of(one, today)], _last_moved(one))
        for one in db.session.scalars(query)
    ]


def _last_moved(agreement: Agreement) -> datetime:
    moments = (agreement.sent_at, agreement.refused_at, agreement.activated_at, agreement.cancelled_at)
    return max(moment for moment in moments if moment is not None)
