"""The verbs of the ways to sign in: set up, use, replace, remove. Every change is told by mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select
from webauthn.helpers.structs import AuthenticationCredential

from core.access import attempts, mails, sessions
from core.access.attempts import Kind
from core.access.methods import ceremony, recovery, totp
from core.access.models import Account, Passkey
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work

MOST_PASSKEYS = 20


@dataclass(frozen=True)
class Methods:
    """How somebody can sign in."""

    has_password: bool
    app_since: datetime | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def has_second_factor(self) -> bool:
        """Whether a password alone does not open the account."""
        return bool(self.app_since or self.passkeys)


def methods_of(account: Account) -> Methods:
    """Every way that an account has."""
    return Methods(
        has_password=bool(account.password),
        app_since=account.totp_since,
        passkeys=passkeys_of(account.id),
        codes_left=recovery.codes_left(account.id),
    )


def has_second_factor(account: Account) -> bool:
    """Whether a password alone does not open the account."""
    if account.totp_since is not None:
        return True
    return bool(db.session.scalar(select(exists().where(Passkey.account_id == account.id))))


def passkeys_of(account_id: UUID) -> Sequence[Passkey]:
    """The passkeys of an account, the oldest first."""
    query = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at)
    return db.session.scalars(query).all()


def secret_for_app(account_id: UUID) -> str:
    """The secret for an authenticator app that is being set up; the same until a code has confirmed it.

    Raises Conflict when the account has an app already.
    """
    with unit_of_work():
        account = _locked(account_id)
        if account.totp_since is not None:
            raise Conflict("app.there", _("You have an authenticator app already. Remove it first."))
        if account.totp_secret is None:
            account.totp_secret = totp.new_secret()
        return account.totp_secret


def confirm_app(account_id: UUID, code: str) -> list[str]:
    """Take an authenticator app into use by its first code; gives recovery codes when there were none.

    Raises Locked, Invalid for a wrong code, and Conflict when nothing is being set up.
    """
    email = db.session.get_one(Account, account_id).email
    attempt = attempts.begin(Kind.CODE, email)
    with unit_of_work():
        account = _locked(account_id)
        if account.totp_since is not None or account.totp_secret is None:
            raise Conflict("app.not_begun", _("Begin once more: nothing is being set up."))
        step = totp.matching_step(account.totp_secret, _digits(code), clock.now())
        if step is not None:
            account.totp_since, account.totp_step = clock.now(), step
            _tell(account, lambda: gettext("An authenticator app was added."))
    if step is None:
        attempts.fail(attempt, account)
        raise _wrong_code()
    attempts.succeed(attempt)
    return _second_factor_added(account_id, "code")


def remove_app(account_id: UUID) -> None:
    """Take the authenticator app away; without any second factor the recovery codes go too."""
    with unit_of_work():
        account = _locked(account_id)
        account.totp_secret = account.totp_since = account.totp_step = None
        _tell(account, lambda: gettext("The authenticator app was removed."))
        _forget_codes_without_use(account)


def new_recovery_codes(account_id: UUID) -> list[str]:
    """Codes instead of the earlier ones. Raises Conflict when there is nothing that they stand in for."""
    with unit_of_work():
        account = _locked(account_id)
        if not has_second_factor(account):
            raise Conflict("codes.no_use", _("Set up an authenticator app or a passkey first."))
        _tell(account, lambda: gettext("New recovery codes were made. The old ones no longer work."))
        return recovery.replace_codes(account_id)


def use_code(account: Account, typed: str) -> str:
    """Open the second door by a code of the app or a recovery code; gives which. Raises Locked or Invalid."""
    by_app = len(_digits(typed)) == totp.DIGITS and _digits(typed) == "".join(typed.split())
    kind = Kind.CODE if by_app else Kind.RECOVERY
    attempt = attempts.begin(kind, account.email)
    if not (_use_app(account.id, typed) if by_app else _use_recovery(account, typed)):
        attempts.fail(attempt, account)
        raise _wrong_code()
    attempts.succeed(attempt)
    return kind.value


def add_passkey(account_id: UUID, name: str, answer: str) -> list[str]:
    """Keep a new passkey; gives recovery codes when there were none. Raises Invalid."""
    try:
        made = ceremony.new_key(answer, ceremony.take_challenge())
    except ceremony.AnswerError as error:
        raise _not_understood() from error
    with unit_of_work():
        account = _locked(account_id)
        known = passkeys_of(account_id)
        if len(known) >= MOST_PASSKEYS or _by_credential(made.credential_id):
            raise Invalid("passkey.known", _("This passkey is here already, or you have too many."))
        key = Passkey(
            id=new_id(),
            account_id=account_id,
            name=name,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
        )
        db.session.add(key)
        _tell(account, lambda: gettext("A passkey was added: %(name)s.", name=name))
    return _second_factor_added(account_id, "passkey")


def remove_passkey(account_id: UUID, passkey_id: UUID) -> None:
    """Forget a passkey of an account; one that is not there, or another's, needs nothing."""
    with unit_of_work():
        account = _locked(account_id)
        query = select(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account_id)
        key = db.session.scalar(query)
        if key is None:
            return
        name = key.name
        db.session.delete(key)
        db.session.flush()
        _tell(account, lambda: gettext("A passkey was removed: %(name)s.", name=name))
        _forget_codes_without_use(account)


def use_passkey(answer: str, *, of: UUID | None = None) -> Account:
    """The account that a passkey opens, one account's or anybody's. Raises Locked, or Invalid."""
    try:
        challenge = ceremony.take_challenge()
        attempt = attempts.begin_once(Kind.PASSKEY, challenge.hex())
        credential = ceremony.read_answer(answer)
        key = _checked_key(credential, challenge, of)
    except ceremony.AnswerError as error:
        raise _not_understood() from error
    attempts.succeed(attempt)
    return db.session.get_one(Account, key.account_id)


def _checked_key(credential: AuthenticationCredential, challenge: bytes, of: UUID | None) -> Passkey:
    with unit_of_work():
        key = _by_credential(credential.raw_id)
        if key is None or (of is not None and key.account_id != of):
            raise ceremony.AnswerError("nobody here has this passkey")
        checked = ceremony.check_answer(credential, key, challenge)
        key.sign_count, key.used_at = checked.new_sign_count, clock.now()
        return key


def _by_credential(credential_id: bytes) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id).with_for_update())


def _use_app(account_id: UUID, typed: str) -> bool:
    with unit_of_work():
        account = _locked(account_id)
        if account.totp_secret is None or account.totp_since is None:
            return False
        step = totp.matching_step(account.totp_secret, _digits(typed), clock.now(), after=account.totp_step)
        account.totp_step = step or account.totp_step
        return step is not None


def _use_recovery(account: Account, typed: str) -> bool:
    if not recovery.use_code(account.id, typed):
        return False
    with unit_of_work():
        left = recovery.codes_left(account.id)
        _tell(account, lambda: gettext("A recovery code was used. %(count)s are left.", count=left))
    return True


def _second_factor_added(account_id: UUID, way: str) -> list[str]:
    """Other devices come in again by the new way; this one has just shown it."""
    sessions.renew(way)
    sessions.end_others()
    return [] if recovery.codes_left(account_id) else recovery.replace_codes(account_id)


def _forget_codes_without_use(account: Account) -> None:
    if not has_second_factor(account):
        recovery.forget_codes(account.id)


def _locked(account_id: UUID) -> Account:
    return db.session.get_one(Account, account_id, with_for_update=True, populate_existing=True)


def _digits(typed: str) -> str:
    return "".join(one for one in typed if one in "0123456789")


def _tell(account: Account, sentence: Callable[[], str]) -> None:
    mails.post(
        account.email, account.language, lambda: mails.sign_in_changed(name=account.name, change=sentence())
    )


def _wrong_code() -> Invalid:
    wrong = _("This code is not right, or it has been used. Wait for the next one, and try again.")
    return Invalid("sign_in.wrong_code", wrong, {"code": wrong})


def _not_understood() -> Invalid:
    return Invalid("passkey.wrong", _("The passkey did not work. Try again, or choose another way."))
