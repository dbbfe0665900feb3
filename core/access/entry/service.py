"""The verbs of coming in."""

from flask_babel import lazy_gettext as _
from flask_security import current_user

from core.access import sessions
from core.access.attempts import Kind
from core.access.methods import service as methods
from core.access.models import Account
from core.access.proof import shows_password
from core.access.service import account_by_email
from core.kernel.errors import Invalid, Refused


def by_password(email: str, password: str) -> Account:
    """The account that an address and a password belong to.

    Raises Locked, Invalid when they do not belong together, and Refused (``sign_in.unconfirmed``) when they
    do but nobody has shown yet that the address is theirs.
    """
    account = account_by_email(email.strip())
    if not shows_password(email, account, password) or account is None:
        raise Invalid("sign_in.wrong", _("The e-mail address and the password do not belong together."))
    if account.confirmed_at is None:
        raise Refused("sign_in.unconfirmed", _("Confirm your e-mail address first"))
    return account


def by_second_factor(account: Account, code: str, answer: str) -> str:
    """Show a second thing that belongs to an account; gives which. Raises Locked, or Invalid."""
    if answer:
        methods.use_passkey(answer, of=account.id)
        return Kind.PASSKEY.value
    return methods.use_code(account, code)


def confirm(password: str, code: str, answer: str) -> None:
    """Show again who one is, by whatever was filled in. Raises Locked, or Invalid."""
    if answer or code:
        account = current_user._get_current_object()  # noqa: SLF001  the row, not its proxy, is asked
        sessions.renew(by_second_factor(account, code, answer))
    else:
        confirm_by_password(password)


def by_passkey(answer: str) -> Account:
    """The account that a passkey opens alone: it is on the device and its owner has unlocked it."""
    account = methods.use_passkey(answer)
    if not account.active or account.confirmed_at is None:
        raise Invalid("passkey.wrong", _("The passkey did not work. Try again, or choose another way."))
    return account


def confirm_by_password(password: str) -> None:
    """Show again who one is. Raises Locked, and Invalid when the password is not that of the account."""
    account = current_user._get_current_object()  # noqa: SLF001  what the proxy stands for is what is stored
    if not shows_password(account.email, account, password):
        wrong = _("This is not your password. Try again.")
        raise Invalid("sign_in.wrong_password", wrong, {"password": wrong})
    sessions.renew("password")
