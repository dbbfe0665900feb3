"""What somebody may do in a tenant: roles, the units they work in, and what both come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from core.access.models import ON_BEHALF, Account, Membership, MembershipUnit, OwnRole, StandIn
from core.access.roles import roles_in_force
from core.access.scopes import Extent, Grants, widest
from core.kernel import clock
from core.kernel.database import db

NOTHING: Grants = MappingProxyType({})


@dataclass(frozen=True)
class StandingIn:
    """Somebody for whom a member stands in now; ``way`` is ``deputy`` or ``on_behalf``."""

    id: UUID
    account_id: UUID
    name: str
    way: str
    reason: str

    @property
    def is_on_behalf(self) -> bool:
        """Whether it was taken up for an hour, not agreed for a period."""
        return self.way == ON_BEHALF


@dataclass(frozen=True)
class Member:
    """The signed-in person in the tenant in scope.

    ``grants`` has the widest scope of each permission, ``stands_for`` the accounts whose things count as the
    person's own: their own account, and those for whom they stand in.
    """

    account_id: UUID
    name: str
    email: str
    membership_id: UUID
    roles: tuple[str, ...]
    unit_ids: frozenset[UUID]
    grants: Grants = field(default_factory=lambda: NOTHING)
    stands_for: frozenset[UUID] = frozenset()
    standing_in: tuple[StandingIn, ...] = ()

    @property
    def on_behalf(self) -> StandingIn | None:
        """For whom the person acts with a reason now, whatever they do."""
        return next((one for one in self.standing_in if one.is_on_behalf), None)

    @property
    def permissions(self) -> frozenset[str]:
        """What the person may do at all, however far it reaches."""
        return frozenset(self.grants)

    def extent(self, permission: str) -> Extent:
        """How far a permission reaches for this person."""
        return Extent(self.grants.get(permission, ""), self.stands_for, self.unit_ids)


def member_of(account: Account) -> Member | None:
    """An account in the tenant in scope, with what it may do, by one query; None for a stranger."""
    asked = {"account_id": account.id, "now": clock.now()}
    row = db.session.execute(_standing(), asked).one_or_none()
    if row is None:
        return None
    membership, unit_ids, own, others = row
    standing_in = tuple(_standing_in(one) for one in others or ())
    return Member(
        account_id=account.id,
        name=account.name,
        email=account.email,
        membership_id=membership.id,
        roles=tuple(membership.roles),
        unit_ids=frozenset(unit_ids or ()),
        grants=grants_of(membership.roles, own or {}),
        stands_for=frozenset({account.id, *(one.account_id for one in standing_in)}),
        standing_in=standing_in,
    )


@cache
def _standing() -> Select[Any]:
    """The one query, built once: it stands on the way to every page."""
    units = (
        select(func.array_agg(MembershipUnit.unit_id))
        .where(
            MembershipUnit.tenant_id == Membership.tenant_id, MembershipUnit.membership_id == Membership.id
        )
        .scalar_subquery()
    )
    own_roles = (
        select(func.jsonb_object_agg(OwnRole.key, OwnRole.permissions))
        .where(
            OwnRole.tenant_id == Membership.tenant_id,
            OwnRole.ended_at.is_(None),
            Membership.roles.has_key(OwnRole.key),
        )
        .scalar_subquery()
    )
    return select(Membership, units, own_roles, _stood_in_for()).where(
        Membership.account_id == bindparam("account_id"), Membership.ended_at.is_(None)
    )


def _stood_in_for() -> ScalarSelect[list[dict[str, str]]]:
    """Members for whom a membership stands in now, as a part of the one query."""
    absence, absent = aliased(Membership), aliased(Account)
    line = func.jsonb_build_object(
        "id",
        StandIn.id,
        "account",
        absent.id,
        "name",
        absent.name,
        "way",
        StandIn.way,
        "reason",
        StandIn.reason,
    )
    return (
        select(func.jsonb_agg(line))
        .join(absence, (absence.id == StandIn.absent_id) & (absence.tenant_id == StandIn.tenant_id))
        .join(absent, absent.id == absence.account_id)
        .where(
            StandIn.tenant_id == Membership.tenant_id,
            StandIn.deputy_id == Membership.id,
            StandIn.ended_at.is_(None),
            StandIn.begins_at <= bindparam("now"),
            StandIn.ends_at > bindparam("now"),
        )
        .correlate(Membership)
        .scalar_subquery()
    )


def _standing_in(line: Mapping[str, str]) -> StandingIn:
    return StandingIn(UUID(line["id"]), UUID(line["account"]), line["name"], line["way"], line["reason"])


def grants_of(roles: Iterable[str], own_roles: Mapping[str, Iterable[str]]) -> Grants:
    """What roles come to together; a role whose plugin is off, or that has ended, grants nothing."""
    wanted = set(roles)
    declared = [role.permissions for role in roles_in_force() if role.key in wanted]
    made_here = [granted for key, granted in own_roles.items() if key in wanted]
    return widest(grant for granted in (*declared, *made_here) for grant in granted)
