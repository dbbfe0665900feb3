"""Renewing: a new draft that begins as a copy; when all have signed it, the old agreement knows."""

from datetime import date, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, or_, select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.copying import copied
from core.agreements.life.facts import Kind
from core.agreements.life.recording import Happening, record
from core.agreements.life.service import refuse_unless
from core.agreements.models import Agreement
from core.agreements.parts import Parts
from core.agreements.signing.case import today
from core.agreements.states import SIGNED_BY_ALL, Status
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations.cadence import add_months

WRITE = "agreement:write"
RENEWABLE = SIGNED_BY_ALL - {Status.RENEWED, Status.TAKEN_UP}


def renew(agreement_id: UUID) -> UUID:
    """Begin a draft that follows an agreement, with its text and people; gives the draft's id.

    Raises Conflict when the agreement is not signed by all, or has been renewed or is being renewed.
    """
    member = access.require(WRITE)
    with unit_of_work():
        old = agreement_parts.load(agreement_id, lock=True)
        reach.require(WRITE, old.agreement)
        refuse_unless(old.agreement, RENEWABLE)
        if old.agreement.renewed_at is not None or renewal_of(agreement_id) is not None:
            raise Conflict("agreement.renewed_already", _("This agreement has a successor already."))
        new = _successor(old, member.account_id)
        db.session.add(new)
        db.session.flush()
        db.session.add_all(copied(old, new.id))
        audit.record("agreement.begun", "agreement", new.id, fields=["type_key", "title"])
        audit.record("agreement.renewal_begun", "agreement", agreement_id)
        return new.id


def renewal_of(agreement_id: UUID) -> Agreement | None:
    """The agreement that follows another, unless it was given up."""
    query = select(Agreement).where(Agreement.renews_id == agreement_id, Agreement.cancelled_at.is_(None))
    return db.session.scalar(query.order_by(Agreement.created_at.desc()).limit(1))


def drafts_after(agreement_id: UUID) -> tuple[Agreement | None, Agreement | None]:
    """What renews an agreement and what is about to amend it, unless it was given up; by one query."""
    query = select(Agreement).where(
        or_(
            Agreement.renews_id == agreement_id,
            and_(Agreement.amends_id == agreement_id, Agreement.taken_up_at.is_(None)),
        ),
        Agreement.cancelled_at.is_(None),
    )
    rows = list(db.session.scalars(query.order_by(Agreement.created_at.desc())))
    renewal = next((one for one in rows if one.renews_id == agreement_id), None)
    return renewal, next((one for one in rows if one.amends_id == agreement_id), None)


def _successor(old: Parts, adviser_id: UUID) -> Agreement:
    agreement = old.agreement
    first_day = _day_after(agreement.ends_on)
    return Agreement(
        id=new_id(),
        type_key=agreement.type_key,
        edition=agreement.edition,
        language=agreement.language,
        title=agreement.title,
        adviser_id=adviser_id,
        unit_id=agreement.unit_id,
        renews_id=agreement.id,
        annexes_left_out=list(agreement.annexes_left_out),
        starts_on=first_day,
        ends_on=add_months(first_day or today(), old.kind.duration.months) if agreement.ends_on else None,
    )


def _day_after(last_day: date | None) -> date | None:
    """The first day of what follows; None, the day of the last signature, when the end has passed."""
    return last_day + timedelta(days=1) if last_day is not None and last_day >= today() else None


def tell_predecessor(agreement_id: UUID) -> None:
    """Note on the agreement before that its successor has been signed by all; once."""
    with unit_of_work():
        predecessor_id = agreement_parts.find(agreement_id).renews_id
        if predecessor_id is None:
            return
        old = agreement_parts.find(predecessor_id, lock=True)
        if old.renewed_at is None:
            record(old, Happening(Kind.RENEWED, today()), None)
