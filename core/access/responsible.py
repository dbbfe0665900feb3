"""Which members may do something: whom a letter about it goes to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from core.access.members import own_role_grants
from core.access.membership import grants_of
from core.access.models import Account, Membership
from core.kernel.database import db


@dataclass(frozen=True)
class Colleague:
    """A member as somebody to write to; ``language`` is "" when the person has not chosen one."""

    account_id: UUID
    membership_id: UUID
    name: str
    email: str
    language: str


def who_may(permission: str) -> list[Colleague]:
    """Members of the tenant in scope who have a permission, by name, in two queries."""
    own_roles = own_role_grants()
    query = (
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Account.name, Account.id)
    )
    return [
        _colleague(membership, account)
        for membership, account in db.session.execute(query)
        if permission in grants_of(membership.roles, own_roles)
    ]


def colleague(account_id: UUID) -> Colleague | None:
    """A member by account; None when that person is no member any more."""
    query = (
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.account_id == account_id, Membership.ended_at.is_(None))
    )
    found = db.session.execute(query).one_or_none()
    return _colleague(*found) if found else None


def _colleague(membership: Membership, account: Account) -> Colleague:
    return Colleague(account.id, membership.id, account.name, account.email, account.language)
