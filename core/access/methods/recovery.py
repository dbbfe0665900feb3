"""Recovery codes: shown once, kept as hashes, each good for one sign-in.

A code carries 80 random bits, so a plain hash of it cannot be turned round by guessing.
"""

import secrets
from uuid import UUID

from sqlalchemy import delete, func, select, update

from core.access.models import RecoveryCode
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.tokens import token_hash
from core.kernel.unit_of_work import unit_of_work

HOW_MANY = 10
GROUPS, LENGTH = 4, 4
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""


def replace_codes(account_id: UUID) -> list[str]:
    """New codes instead of all earlier ones; they are never shown again."""
    codes = [_new_code() for _one in range(HOW_MANY)]
    with unit_of_work():
        forget_codes(account_id)
        db.session.add_all(
            RecoveryCode(id=new_id(), account_id=account_id, code_hash=_hash(code)) for code in codes
        )
    return codes


def forget_codes(account_id: UUID) -> None:
    """Delete the codes of an account. Joins the caller's unit of work."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def use_code(account_id: UUID, typed: str) -> bool:
    """Whether a code is one of the account's that nobody has used; after this it is used."""
    query = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _hash(typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    with unit_of_work():
        return db.session.execute(query).first() is not None


def codes_left(account_id: UUID) -> int:
    """How many codes are unused."""
    query = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(query) or 0


def _new_code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _letter in range(LENGTH)) for _group in range(GROUPS))
    return "-".join(groups)


def _hash(code: str) -> str:
    return token_hash("".join(letter for letter in code.lower() if letter in LETTERS))
