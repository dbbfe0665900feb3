"""The letters of access: confirming an address, a new password, an invitation, a second sign-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_security import MailUtil

from core.access.links import public_link
from core.access.models import Account
from core.kernel import mail
from core.kernel.unit_of_work import unit_of_work
from core.web.languages import current_language, in_language


@dataclass(frozen=True)
class Letter:
    """Subject and body of a plain-text mail."""

    subject: str
    body: str


def post(recipient: str, language: str, write: Callable[[], Letter]) -> None:
    """Write a letter in a language (the reader's when empty) and let a job send it after the commit."""
    with in_language(language or current_language()), unit_of_work():
        letter = write()
        mail.send(recipient, letter.subject, letter.body)


class Mails(MailUtil):
    """Flask-Security's mails in our words, in the recipient's language, by the way of all our mail."""

    def send_mail(self, template: str, _subject: str, recipient: Any, *_rest: Any, **context: Any) -> None:  # type: ignore[override]
        """Write the mail that a template of Flask-Security's stands for; a job sends it."""
        account: Account = context["user"]
        write = _LETTERS[template.rpartition("/")[2]]
        post(recipient, account.language, lambda: write(account, context))


def _confirmation(account: Account, context: dict[str, Any]) -> Letter:
    body = _(
        "Hello %(name)s\n\n"
        "Open this link within 3 days to confirm that this is your e-mail address:\n%(link)s\n\n"
        "After that you can sign in with the password you chose.\n\n"
        "If you did not sign up in Fotfeste, you need not do anything.\n",
        name=account.name,
        link=public_link("security.confirm_email", token=context["confirmation_token"]),
    )
    return Letter(_("Confirm your e-mail address in Fotfeste"), body)


def _new_password(account: Account, context: dict[str, Any]) -> Letter:
    body = _(
        "Hello %(name)s\n\nOpen this link within 2 hours to choose a new password:\n%(link)s\n\n"
        "If you did not ask for it, you need not do anything: your password stays as it is.\n",
        name=account.name,
        link=public_link("security.reset_password", token=context["reset_token"]),
    )
    return Letter(_("New password in Fotfeste"), body)


def _password_changed(account: Account, context: dict[str, Any]) -> Letter:
    del context
    return password_changed(name=account.name)


def password_changed(*, name: str) -> Letter:
    """Tells the owner of an account that its password is another one now."""
    body = _(
        "Hello %(name)s\n\nThe password of your account was changed just now.\n\n"
        "If it was not you, choose a new one at once, so that nobody else can use your account:\n%(link)s\n",
        name=name,
        link=public_link("security.forgot_password"),
    )
    return Letter(_("Your password in Fotfeste was changed"), body)


_LETTERS = {
    "confirmation_instructions": _confirmation,
    "reset_instructions": _new_password,
    "reset_notice": _password_changed,
}


def invitation(*, name: str, inviter: str, tenant: str, link: str) -> Letter:
    """Asks somebody to join a tenant by a personal link."""
    body = _(
        "Hello %(name)s\n\n%(inviter)s invites you to work in Fotfeste for %(tenant)s.\n\n"
        "Open this link within 14 days to join. It is meant for you alone:\n%(link)s\n\n"
        "If you do not know who this is from, you need not do anything.\n",
        name=name,
        inviter=inviter,
        tenant=tenant,
        link=link,
    )
    return Letter(_("Invitation to Fotfeste from %(tenant)s", tenant=tenant), body)


def already_has_account(*, name: str, tenant: str, link: str) -> Letter:
    """Tells the owner of an account that somebody signed up a tenant with the same address."""
    body = _(
        "Hello %(name)s\n\n"
        "Somebody, probably you, signed up %(tenant)s in Fotfeste with this e-mail address. "
        "The address already has an account, so nothing was made.\n\n"
        "Sign in with your account and sign up %(tenant)s from there:\n%(link)s\n\n"
        "On that page you can also choose a new password. If it was not you, you need not do anything.\n",
        name=name,
        tenant=tenant,
        link=link,
    )
    return Letter(_("You already have an account in Fotfeste"), body)


def sign_in_changed(*, name: str, change: str) -> Letter:
    """Tells the owner of an account that a way to sign in was added, changed or removed."""
    body = _(
        "Hello %(name)s\n\n%(change)s\n\n"
        "If it was not you, choose a new password at once, and tell an administrator where you work:\n"
        "%(link)s\n",
        name=name,
        change=change,
        link=public_link("security.forgot_password"),
    )
    return Letter(_("The way you sign in to Fotfeste was changed"), body)


def new_address(*, name: str, link: str) -> Letter:
    """Asks somebody to show that a new address is theirs."""
    body = _(
        "Hello %(name)s\n\nYou want to use this e-mail address in Fotfeste. "
        "Open this link within 24 hours to begin with it:\n%(link)s\n\n"
        "If you did not ask for it, you need not do anything.\n",
        name=name,
        link=link,
    )
    return Letter(_("Confirm your new e-mail address in Fotfeste"), body)


def locked(*, name: str) -> Letter:
    """Tells the owner of an account that somebody tried to sign in too often."""
    body = _(
        "Hello %(name)s\n\n"
        "Somebody has tried to sign in to your account too often with something wrong. "
        "For now nobody can sign in that way.\n\n"
        "If it was you, wait a quarter of an hour and try again, or choose a new password:\n%(link)s\n\n"
        "If it was not you, you need not do anything: your password stays as it is.\n",
        name=name,
        link=public_link("security.forgot_password"),
    )
    return Letter(_("Too many attempts to sign in to your account in Fotfeste"), body)
