"""Finding the people of a tenant: paged and searched in SQL, with the units they work in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select

from core.access.models import Account, Membership, MembershipUnit
from core.access.service import require
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.scope import current_tenant_id

READ = "people:read"
WHO_SEE_FORMER = frozenset({"people:manage", "audit:read"})
PAGE = 25
MOST_TO_CHOOSE_FROM = 500


@dataclass(frozen=True)
class Colleague:
    """A member as colleagues see them."""

    membership_id: UUID
    account_id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    unit_ids: tuple[UUID, ...]
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Found:
    """One page of members by name; ``pages`` is at least one."""

    people: list[Colleague]
    total: int
    page: int
    pages: int


def search(*, words: str = "", role: str = "", unit_id: UUID | None = None, page: int = 1) -> Found:
    """Members whose name or address holds some words, who have a role, who work in a unit."""
    require(READ)
    query = _members()
    if words:
        named = Account.name.icontains(words, autoescape=True)
        query = query.where(named | Account.email.icontains(words, autoescape=True))
    if role:
        query = query.where(Membership.roles.has_key(role))
    if unit_id is not None:
        inside = select(MembershipUnit.membership_id).where(MembershipUnit.unit_id == unit_id)
        query = query.where(Membership.id.in_(inside))
    counting = query.with_only_columns(func.count(), maintain_column_froms=True)
    total = db.session.scalar(counting) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    ordered = query.order_by(func.lower(Account.name), Membership.id)
    rows = db.session.execute(ordered.limit(PAGE).offset((page - 1) * PAGE))
    found = Found([_colleague(row) for row in rows], total, page, pages)
    audit.looked_at("tenant", current_tenant_id(), fields=["members"])
    return found


def to_choose_from() -> list[tuple[UUID, str]]:
    """Account and name of every member by name, at most `MOST_TO_CHOOSE_FROM`, for a choice on a form."""
    require(READ)
    query = _members().with_only_columns(Account.id, Account.name, maintain_column_froms=True)
    ordered = query.order_by(func.lower(Account.name), Membership.id).limit(MOST_TO_CHOOSE_FROM)
    return [(row.id, row.name) for row in db.session.execute(ordered)]


def seats_to_choose_from() -> list[tuple[UUID, str]]:
    """Membership and name of every member by name, as `to_choose_from` has the accounts."""
    require(READ)
    query = _members().with_only_columns(Membership.id, Account.name, maintain_column_froms=True)
    ordered = query.order_by(func.lower(Account.name), Membership.id).limit(MOST_TO_CHOOSE_FROM)
    return [(row.id, row.name) for row in db.session.execute(ordered)]


def colleague(membership_id: UUID, *, to: str = READ) -> Colleague:
    """A member of the tenant in scope, for who may do ``to``. Raises NotFound."""
    require(to)
    return _one(_members(), membership_id)


def somebody(membership_id: UUID) -> Colleague:
    """A member; also a former one, for those who manage people or read the log. Raises NotFound."""
    member = require(READ)
    sees_former = not WHO_SEE_FORMER.isdisjoint(member.permissions)
    return _one(_everybody() if sees_former else _members(), membership_id)


def _one(query: Select[Any], membership_id: UUID) -> Colleague:
    row = db.session.execute(query.where(Membership.id == membership_id)).one_or_none()
    if row is None:
        raise NotFound("member.not_found", _("We cannot find this person among the members."))
    return _colleague(row)


def counts_by_unit() -> dict[UUID, int]:
    """How many members work in each unit."""
    require(READ)
    query = (
        select(MembershipUnit.unit_id, func.count())
        .join(
            Membership,
            (Membership.id == MembershipUnit.membership_id)
            & (Membership.tenant_id == MembershipUnit.tenant_id),
        )
        .where(Membership.ended_at.is_(None))
        .group_by(MembershipUnit.unit_id)
    )
    return dict(iter(db.session.execute(query)))


def _members() -> Select[Any]:
    return _everybody().where(Membership.ended_at.is_(None))


def _everybody() -> Select[Any]:
    units = (
        select(func.array_agg(MembershipUnit.unit_id))
        .where(
            MembershipUnit.tenant_id == Membership.tenant_id, MembershipUnit.membership_id == Membership.id
        )
        .scalar_subquery()
    )
    query = select(Membership, Account.name, Account.email, units)
    return query.join(Account, Account.id == Membership.account_id)


def _colleague(row: Sequence[Any]) -> Colleague:
    membership, name, email, unit_ids = row
    return Colleague(
        membership_id=membership.id,
        account_id=membership.account_id,
        name=name,
        email=email,
        roles=tuple(membership.roles),
        unit_ids=tuple(unit_ids or ()),
        since=membership.since,
        ended_at=membership.ended_at,
    )
