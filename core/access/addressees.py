"""Whom to write to about the tenant in scope. For verbs and jobs that have decided access themselves."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from core.access.members import own_role_grants
from core.access.membership import grants_of
from core.access.models import Account, Membership
from core.access.scopes import ALL
from core.access.service import Person
from core.kernel.database import db


def every_member() -> list[Person]:
    """Everybody who works in the tenant."""
    return [person for person, _roles in _members()]


def those_who_may(*permissions: str) -> list[Person]:
    """The members who have at least one of the permissions."""
    own_roles, wanted = own_role_grants(), set(permissions)
    return [person for person, roles in _members() if wanted & grants_of(roles, own_roles).keys()]


def accounts_who_may(permission: str) -> list[tuple[UUID, str]]:
    """Account and name of the members who may do something to everything in the tenant, by name."""
    own_roles = own_role_grants()
    query = (
        select(Account.id, Account.name, Membership.roles)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.ended_at.is_(None))
        .order_by(func.lower(Account.name), Account.id)
    )
    return [
        (row.id, row.name)
        for row in db.session.execute(query)
        if grants_of(row.roles, own_roles).get(permission) == ALL
    ]


def accounts_of(account_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Those of the accounts that work in the tenant now, as people to write to."""
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.ended_at.is_(None), Account.id.in_(account_ids))
    )
    return {one.id: Person(one.name, one.email, one.language) for one in db.session.scalars(query)}


def accounts_ever() -> list[UUID]:
    """The accounts of all who work in the tenant or have done so."""
    return list(db.session.scalars(select(Membership.account_id)))


def _members() -> list[tuple[Person, list[str]]]:
    query = (
        select(Account.name, Account.email, Account.language, Membership.roles)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.ended_at.is_(None))
        .order_by(Account.id)
    )
    return [
        (Person(name, email, language), list(roles))
        for name, email, language, roles in db.session.execute(query)
    ]
