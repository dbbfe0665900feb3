"""The members of a tenant: who they are, what roles they have, and how their part ends."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, func, select

from core.access.membership import Member, grants_of
from core.access.models import Account, Invitation, Membership, OwnRole
from core.access.permissions import CONFIDENTIAL
from core.access.scopes import OWN, RELATED, Grants, holds
from core.access.service import require
from core.kernel import audit, clock, security_log
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.unit_of_work import unit_of_work

MANAGE = "people:manage"
ADMINISTERS = frozenset({"tenant:manage", "people:manage", "role:manage"})
"""What at least one member can always do, so that nobody is locked out."""


def may_grant(member: Member, grants: Grants) -> bool:
    """Whether a member may give what a role grants.

    Who decides about roles may give any. Others give no more than they have, except that they may let
    somebody read what is confidential about the people that this somebody follows up.
    """
    if "role:manage" in member.grants:
        return True
    return all(
        holds(member.grants, permission, scope) or (permission in CONFIDENTIAL and scope in {OWN, RELATED})
        for permission, scope in grants.items()
    )


def end_membership(membership_id: UUID) -> None:
    """Let somebody work in the tenant in scope no longer; what they did stays.

    Raises NotFound, Refused for a role that one may not give, Conflict for the last administrator.
    """
    member = require(MANAGE)
    with unit_of_work():
        rows = hold_members()
        leaving = among(rows, membership_id)
        own_roles = own_role_grants()
        if not may_grant(member, grants_of(leaving.roles, own_roles)):
            raise Refused(
                "member.above",
                _("This person may do more than you may give. Ask an administrator to end the access."),
            )
        rows.pop(leaving.id)
        refuse_without_administrator(rows.values(), own_roles)
        leaving.ended_at = clock.now()
        audit.record("member.ended", "membership", leaving.id)
    security_log.note(security_log.ACCESS_ENDED, membership=membership_id)


def hold_members() -> dict[UUID, Membership]:
    """All members by id, held until the end, so that two administrators do not remove each other."""
    query = select(Membership).where(Membership.ended_at.is_(None)).order_by(Membership.id).with_for_update()
    return {row.id: row for row in db.session.scalars(query)}


def among(rows: dict[UUID, Membership], membership_id: UUID) -> Membership:
    """One of these members. Raises NotFound."""
    if membership_id not in rows:
        raise NotFound("member.not_found", _("We cannot find this person among the members."))
    return rows[membership_id]


def refuse_without_administrator(left: Iterable[Membership], own_roles: dict[str, list[str]]) -> None:
    """Raise Conflict unless one of these members can do everything that an administrator must."""
    if not any(grants_of(row.roles, own_roles).keys() >= ADMINISTERS for row in left):
        raise Conflict(
            "member.last_administrator",
            _("This is the last administrator. Make somebody else an administrator first."),
        )


def has_administrator_besides(membership_ids: Collection[UUID]) -> bool:
    """Whether somebody else than the holders of these memberships can decide about members and roles."""
    query = select(Membership.roles).where(
        Membership.ended_at.is_(None), Membership.id.not_in(list(membership_ids))
    )
    own_roles = own_role_grants()
    return any(grants_of(roles, own_roles).keys() >= ADMINISTERS for roles in db.session.scalars(query))


def members_with(role_key: str) -> list[str]:
    """Names of those who have a role, and of those who are invited to it, in order of name."""
    having = (
        select(Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.ended_at.is_(None), Membership.roles.has_key(role_key))
    )
    invited = select(Invitation.name).where(Invitation.role == role_key, is_open())
    return sorted({*db.session.scalars(having), *db.session.scalars(invited)})


def is_open() -> ColumnElement[bool]:
    """The condition on invitations that can still be accepted."""
    return and_(
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > clock.now(),
    )


def own_role_grants() -> dict[str, list[str]]:
    """What each role of the tenant's own grants, by key; those that have ended are left out."""
    query = select(OwnRole.key, OwnRole.permissions).where(OwnRole.ended_at.is_(None))
    return {row.key: list(row.permissions) for row in db.session.execute(query)}


def left_before(at: datetime) -> set[UUID]:
    """Accounts whose last membership here ended before an instant."""
    ended = func.bool_and(Membership.ended_at.is_not(None) & (Membership.ended_at <= at))
    query = select(Membership.account_id).group_by(Membership.account_id).having(ended)
    return set(db.session.scalars(query))
