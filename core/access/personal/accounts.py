"""Accounts that nobody uses any more: rows of the platform's, emptied in a platform scope."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from core.access.models import Account, AccountSession, Membership, Passkey, RecoveryCode
from core.access.operators import is_operator
from core.kernel import mail
from core.kernel.database import db
from core.kernel.ids import new_id

ERASED = "—"
"""The name of an erased account: pages show it where they showed the person."""


def erase_account(account_id: UUID) -> bool:
    """Empty an account that no tenant and no operator's page needs; False when it is still used.

    Runs in a platform scope and a unit of work. The row stays without the person, because others point to it.
    """
    account = db.session.get(Account, account_id, with_for_update=True)
    if account is None or is_operator(account_id) or _is_member_somewhere(account_id):
        return False
    mail.forget({account.email}, {account.email, account.name}, None)
    for model in (AccountSession, Passkey, RecoveryCode):
        for row in db.session.scalars(select(model).where(model.account_id == account_id)):
            db.session.delete(row)
    account.email, account.name = f"{account.id}@erased.invalid", ERASED
    account.password = account.totp_secret = None
    account.active, account.fs_uniquifier, account.confirmed_at = False, new_id().hex, None
    account.language = ""
    return True


def _is_member_somewhere(account_id: UUID) -> bool:
    query = select(Membership.id).where(Membership.account_id == account_id, Membership.ended_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def unused_since(at: datetime) -> list[UUID]:
    """Accounts that were made, and left their last tenant, before an instant. Runs in a platform scope."""
    query = (
        select(Account.id)
        .where(Account.active, Account.created_at <= at, ~_has_membership_after(at))
        .order_by(Account.id)
        .limit(500)
    )
    return list(db.session.scalars(query))


def _has_membership_after(at: datetime) -> ColumnElement[bool]:
    still = Membership.ended_at.is_(None) | (Membership.ended_at > at)
    return exists().where(Membership.account_id == Account.id, still)
