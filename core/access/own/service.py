"""The verbs of one's own account."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import hash_password
from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.access import attempts, mails, sessions
from core.access.attempts import Kind
from core.access.entry.service import confirm_by_password
from core.access.links import public_link
from core.access.models import Account
from core.access.passwords import normalised, password_complaints
from core.access.service import account_by_email
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

LINK_LASTS = timedelta(hours=24)


@dataclass(frozen=True)
class NewAddress:
    """What a link to confirm an address says."""

    account_id: UUID
    before: str
    email: str


def change_password(account_id: UUID, password: str, new: str) -> None:
    """Choose another password; every other device must sign in anew. Raises Locked, or Invalid by field."""
    account = db.session.get_one(Account, account_id)
    complaints = password_complaints(new, (account.name, account.email))
    if complaints:
        raise Invalid("account.weak_password", complaints[0], {"new_password": complaints[0]})
    confirm_by_password(password)
    with unit_of_work():
        account = db.session.get_one(Account, account_id)
        account.password = hash_password(normalised(new))
        mails.post(account.email, account.language, lambda: mails.password_changed(name=account.name))
        sessions.end_others()


def ask_for_address(account_id: UUID, email: str) -> None:
    """Send a link to a new address. Whether the address has an account already is told to nobody.

    Raises Locked after too many.
    """
    attempts.begin(Kind.MAIL, str(account_id))
    account, email = db.session.get_one(Account, account_id), email.casefold()
    if account_by_email(email) is not None:
        return
    link = public_link("access_own.address", token=token_for(account, email))
    mails.post(email, account.language, lambda: mails.new_address(name=account.name, link=link))


def token_for(account: Account, email: str) -> str:
    """What the link to a new address carries: it is worth nothing once the address has changed."""
    return _signer().dumps([str(account.id), account.email, email])


def asked_address(token: str) -> NewAddress:
    """What a link asks for. Raises NotFound for one that we did not make, Gone for an old or used one."""
    try:
        (owner, before, email), made = _signer().loads(token, return_timestamp=True)
    except BadSignature as error:
        broken = _("This link is not valid. Check that you copied all of it.")
        raise NotFound("address.no_link", broken) from error
    account = db.session.get(Account, UUID(owner))
    if clock.now() - made > LINK_LASTS or account is None or account.email != before:
        over = _("This link no longer works. Ask for a new one on the page of your account.")
        raise Gone("address.gone", over)
    return NewAddress(account.id, before, email)


def change_address(asked: NewAddress) -> None:
    """Sign in with another address from now on; the old one is told. Raises Conflict when it is taken."""
    if account_by_email(asked.email) is not None:
        raise Conflict("address.taken", _("This e-mail address already has an account. Use another one."))
    with unit_of_work():
        account = db.session.get_one(Account, asked.account_id, with_for_update=True)
        account.email = asked.email
        mails.post(
            asked.before,
            account.language,
            lambda: mails.sign_in_changed(
                name=account.name, change=gettext("The e-mail address of your account was changed.")
            ),
        )
        here = sessions.current()
        sessions.end_all(account.id, but=here.id if here else None)


def _signer() -> URLSafeTimedSerializer:
    settings: Settings = current_app.config["FOTFESTE"]
    return URLSafeTimedSerializer(settings.secret_key, salt="access.new_address")
