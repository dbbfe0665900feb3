"""Legal hold: a person's data may not be erased, for a reason, until a day or until somebody lifts it."""

from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, or_, select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import PersonKey
from core.privacy.inquiries import MANAGE, everything, find, key_of
from core.privacy.models import Hold
from core.tenancy.service import current_tenant


def place(inquiry_id: UUID, reason: str, until: date | None) -> UUID:
    """Keep the data of the person of an inquiry from being erased. Raises Conflict when they are gone."""
    member = access.require(MANAGE)
    inquiry = find(inquiry_id)
    if key_of(inquiry).is_nobody:
        raise Conflict("privacy.erased", _("This person has been erased, so there is nothing to hold back."))
    with unit_of_work():
        hold = Hold(
            id=new_id(),
            account_id=inquiry.account_id,
            person_id=inquiry.person_id,
            email=inquiry.email,
            name=inquiry.name,
            reason=reason,
            placed_by=member.account_id,
            until=until,
        )
        db.session.add(hold)
        audit.record("privacy.hold_placed", "hold", hold.id, fields=["until"])
    return hold.id


def lift(hold_id: UUID) -> None:
    """Let the data be erased again; lifting twice is the same as once. Raises NotFound."""
    member = access.require(MANAGE)
    with unit_of_work():
        hold = db.session.scalar(select(Hold).where(Hold.id == hold_id).with_for_update())
        if hold is None:
            raise NotFound("privacy.no_hold", _("We cannot find this hold."))
        if hold.lifted_at is None:
            hold.lifted_at, hold.lifted_by = clock.now(), member.account_id
            audit.record("privacy.hold_lifted", "hold", hold.id, fields=["lifted_at"])


def in_force() -> list[Hold]:
    """Holds that count today, by the tenant's date."""
    query = select(Hold).where(*_counts()).order_by(Hold.placed_at)
    return list(db.session.scalars(query))


def _counts() -> tuple[ColumnElement[bool], ...]:
    today = clock.today(current_tenant().timezone)
    return Hold.lifted_at.is_(None), or_(Hold.until.is_(None), Hold.until >= today)


def held_people() -> list[PersonKey]:
    """Everybody whose data may not be erased now, by all that is known of them."""
    return [everything(_key(hold)).who for hold in in_force()]


def holding(who: PersonKey) -> list[Hold]:
    """The holds that are about a person, however he or she was found."""
    return [hold for hold in in_force() if _is_about(_key(hold), who)]


def _key(hold: Hold) -> PersonKey:
    emails = frozenset({hold.email}) if hold.email else frozenset[str]()
    return PersonKey(hold.person_id, hold.account_id, emails)


def _is_about(one: PersonKey, other: PersonKey) -> bool:
    same_id = any(
        mine is not None and mine == theirs
        for mine, theirs in ((one.person_id, other.person_id), (one.account_id, other.account_id))
    )
    return same_id or bool(one.emails & other.emails)
