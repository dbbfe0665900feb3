"""Whether a password belongs to an account, at the same price whatever the answer.

Every attempt costs exactly one hash, whether or not the account exists, is confirmed, has a password or has
to wait, so that nobody learns it from the time that an answer takes.
"""

from flask_security import hash_password

from core.access import attempts
from core.access.attempts import Kind, Locked
from core.access.models import Account
from core.access.passwords import LONGEST, normalised
from core.kernel.unit_of_work import unit_of_work


def shows_password(email: str, account: Account | None, password: str) -> bool:
    """Count an attempt with a password for an address, and tell whether it is right. Raises Locked."""
    try:
        attempt = attempts.begin(Kind.PASSWORD, email)
    except Locked:
        spend_a_hash(password)
        raise
    is_right = _is_password_of(account, password) and account is not None and account.active
    if is_right:
        attempts.succeed(attempt)
    else:
        attempts.fail(attempt, account)
    return is_right


def spend_a_hash(password: str) -> None:
    """Do the work of a password that there is nothing to compare with."""
    hash_password(normalised(password[:LONGEST]))


def _is_password_of(account: Account | None, password: str) -> bool:
    if account is None or not account.password or len(password) > LONGEST:
        spend_a_hash(password)
        return False
    with unit_of_work():
        return bool(account.verify_and_update_password(normalised(password)))
