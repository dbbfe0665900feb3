"""Administrators who may enter by an own way of signing in although single sign-on is enforced."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, exists, or_, select

from core.access import members
from core.access import service as access
from core.access.membership import grants_of
from core.access.models import Account, Membership, Passkey
from core.access.sso.models import BreakGlass
from core.access.sso.provider import row_in_force
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.unit_of_work import unit_of_work

MANAGE = "tenant:manage"


@dataclass(frozen=True)
class Guardian:
    """Somebody who may break the glass, and when that was done last.

    ``ready`` is False for somebody who could not come in: without a second factor of their own.
    """

    membership_id: UUID
    name: str
    email: str
    named_at: datetime
    used_at: datetime | None
    ready: bool


_HAS_BOTH_STEPS = and_(
    Account.active,
    or_(
        and_(Account.password.is_not(None), Account.totp_since.is_not(None)),
        exists().where(Passkey.account_id == Account.id),
    ),
)


def is_guardian(membership_id: UUID) -> bool:
    """Whether a member may break the glass."""
    return _row(membership_id) is not None


def guardians() -> list[Guardian]:
    """All who may, by name; those who are no members any more are left out."""
    access.require(MANAGE)
    query = (
        select(BreakGlass, Account.name, Account.email, _HAS_BOTH_STEPS)
        .join(Membership, Membership.id == BreakGlass.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(BreakGlass.ended_at.is_(None), Membership.ended_at.is_(None))
        .order_by(Account.name)
    )
    return [
        Guardian(row.membership_id, name, email, row.named_at, row.used_at, ready)
        for row, name, email, ready in db.session.execute(query)
    ]


def candidates() -> list[tuple[UUID, str]]:
    """Administrators with a second factor of their own, who are not named yet."""
    access.require(MANAGE)
    named = {one.membership_id for one in guardians()}
    own_roles = members.own_role_grants()
    query = (
        select(Membership, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.ended_at.is_(None), _HAS_BOTH_STEPS)
        .order_by(Account.name)
    )
    return [
        (membership.id, name)
        for membership, name in db.session.execute(query)
        if MANAGE in grants_of(membership.roles, own_roles) and membership.id not in named
    ]


def name_guardian(membership_id: UUID) -> None:
    """Let an administrator break the glass. Raises NotFound, and Refused for somebody who cannot."""
    member = access.require(MANAGE)
    with unit_of_work():
        if db.session.scalar(select(Membership.id).where(Membership.id == membership_id)) is None:
            raise NotFound("member.not_found", _("We cannot find this person among the members."))
        if is_guardian(membership_id):
            return
        if membership_id not in {one for one, _name in candidates()}:
            raise Refused(
                "sso.no_guardian",
                _("Choose an administrator who signs in with a second factor of their own in Fotfeste."),
            )
        db.session.add(BreakGlass(membership_id=membership_id, named_by=member.account_id))
        audit.record("member.break_glass_named", "membership", membership_id)


def release_guardian(membership_id: UUID) -> None:
    """Let somebody break the glass no longer. Raises NotFound, Conflict for the last one while enforced."""
    access.require(MANAGE)
    with unit_of_work():
        if db.session.scalar(select(Membership.id).where(Membership.id == membership_id)) is None:
            raise NotFound("member.not_found", _("We cannot find this person among the members."))
        provider = row_in_force(lock=True)
        row = _row(membership_id)
        if row is None:
            return
        others = [one for one in guardians() if one.ready and one.membership_id != membership_id]
        if not others and provider is not None and provider.enforced_from is not None:
            raise Conflict(
                "sso.last_guardian",
                _("This is the last one who can enter when the sign-in service is down. Name another first."),
            )
        row.ended_at = clock.now()
        audit.record("member.break_glass_released", "membership", membership_id)


def break_glass(membership_id: UUID) -> bool:
    """Whether a member may pass by the provider; the first time in a session it is written down."""
    row = _row(membership_id)
    if row is None:
        return False
    with unit_of_work():
        row.used_at = clock.now()
        audit.record("member.break_glass_used", "membership", membership_id)
    return True


def _row(membership_id: UUID) -> BreakGlass | None:
    query = select(BreakGlass).where(BreakGlass.membership_id == membership_id, BreakGlass.ended_at.is_(None))
    return db.session.scalar(query.limit(1))
