"""An operator who is on a visit in the tenant in scope: as a member who may only read, and not everything."""

from datetime import datetime
from types import MappingProxyType

from flask import request
from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select

from core.access import sessions
from core.access.membership import Member
from core.access.models import Account, Operator, SupportVisit
from core.access.permissions import CONFIDENTIAL, PERMISSIONS
from core.access.scopes import ALL
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Refused

ROLE = "access.support"
GRANTS = MappingProxyType(
    {one: ALL for one in PERMISSIONS if one.endswith(":read") and one not in CONFIDENTIAL}
)
"""What a visit lets one do: read, but nothing about health, and nobody whose address is protected."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def visitor(account: Account) -> Member | None:
    """The account as a visitor of the tenant in scope; None when it is not on a visit, or no operator.

    The visit counts only where the operator showed more than a password: see ``sessions.is_proven``.
    """
    visit = _visit_of(account)
    if visit is None or not sessions.is_proven():
        return None
    return Member(
        account_id=account.id,
        name=account.name,
        email=account.email,
        membership_id=visit.id,
        roles=(ROLE,),
        unit_ids=frozenset(),
        grants=GRANTS,
        stands_for=frozenset({account.id}),
    )


def watch(member: Member) -> None:
    """Write down what a visitor opens, with the reason of the visit. Raises Refused for anything else."""
    if ROLE not in member.roles:
        return
    if request.method not in READING:
        raise Refused("visit.only_reading", _("On a visit you can only read."))
    audit.looked_at("support_visit", member.membership_id, fields=[request.endpoint or ""])
    reason = select(SupportVisit.reason).where(SupportVisit.id == member.membership_id)
    audit.name_actor(audit.Actor("account", member.account_id, reason=db.session.scalar(reason) or ""))


def ends_at(member: Member) -> datetime | None:
    """When a visitor's hour is over; None for a member."""
    if ROLE not in member.roles:
        return None
    return db.session.scalar(select(SupportVisit.ends_at).where(SupportVisit.id == member.membership_id))


def _visit_of(account: Account) -> SupportVisit | None:
    still_operator = exists().where(Operator.account_id == account.id, Operator.ended_at.is_(None))
    query = select(SupportVisit).where(
        SupportVisit.account_id == account.id,
        SupportVisit.ended_at.is_(None),
        SupportVisit.ends_at > clock.now(),
        still_operator,
    )
    return db.session.scalar(query.limit(1))
