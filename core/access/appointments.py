"""Giving a member other roles and units, with a reason."""

from collections.abc import Collection
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access.members import (
    MANAGE,
    among,
    hold_members,
    own_role_grants,
    refuse_without_administrator,
)
from core.access.models import Membership, MembershipUnit
from core.access.own_roles import grantable_roles, roles_here
from core.access.service import require
from core.kernel import audit, security_log
from core.kernel.database import db
from core.kernel.errors import Invalid, Refused
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.units import open_units_among


def appoint(membership_id: UUID, roles: Collection[str], unit_ids: Collection[UUID], reason: str) -> None:
    """Let a member have exactly these roles and units from now on.

    Raises NotFound; Refused for oneself, because nobody gives themselves more, and for a role that one may
    not give; Invalid without a role or for an unknown unit; Conflict for the last administrator.
    """
    member = require(MANAGE)
    if not roles:
        nothing = _("Choose at least one role. To take away everything, end the access instead.")
        raise Invalid("member.no_role", nothing, {"roles": nothing})
    with unit_of_work():
        rows = hold_members()
        row = among(rows, membership_id)
        if row.account_id == member.account_id:
            raise Refused(
                "member.oneself", _("You cannot change your own roles and units. Ask another administrator.")
            )
        _change_roles(row, roles, reason)
        refuse_without_administrator(rows.values(), own_role_grants())
        change_units(row, unit_ids, reason)
    security_log.note(security_log.ROLES_CHANGED, membership=membership_id)


def _change_roles(row: Membership, roles: Collection[str], reason: str) -> None:
    changed = set(roles) ^ set(row.roles)
    if not changed:
        return
    # A role that is out of use grants nothing, so whoever manages people may take it away.
    gone = set(row.roles) - set(roles) - {role.key for role in roles_here()}
    if not changed - gone <= {role.key for role in grantable_roles()}:
        raise Refused(
            "member.above",
            _("This role may do more than you may give or take away. Ask an administrator."),
        )
    row.roles = sorted(set(roles))
    audit.record("member.roles_changed", "membership", row.id, fields=changed, reason=reason)


def change_units(row: Membership, unit_ids: Collection[UUID], reason: str = "") -> None:
    """Let a member work in exactly these units, in the caller's unit of work. Raises Invalid."""
    query = select(MembershipUnit).where(MembershipUnit.membership_id == row.id)
    known = {one.unit_id: one for one in db.session.scalars(query)}
    new, left = set(unit_ids) - set(known), set(known) - set(unit_ids)
    if new != open_units_among(new):
        wrong = _("Choose among the units on the page.")
        raise Invalid("member.unknown_unit", wrong, {"units": wrong})
    for unit_id in new:
        db.session.add(MembershipUnit(membership_id=row.id, unit_id=unit_id))
    for unit_id in left:
        db.session.delete(known[unit_id])
    if new or left:
        fields = [str(unit_id) for unit_id in new | left]
        audit.record("member.units_changed", "membership", row.id, fields=fields, reason=reason)
