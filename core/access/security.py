"""Sign-in by Flask-Security-Too, bent to our unit of work, our mail and our password rule."""

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import gettext, lazy_gettext as _
from flask_security import MailUtil, PasswordUtil, Security, SQLAlchemyUserDatastore, current_user
from zxcvbn import zxcvbn

from core.access import service
from core.access.models import Account
from core.kernel import audit, mail
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
WEAKEST_SCORE = 3


class Datastore(SQLAlchemyUserDatastore):  # type: ignore[misc]
    """Flask-Security's door to accounts; only the unit of work commits."""

    def commit(self) -> None:
        """Store what Flask-Security changed."""
        with unit_of_work():
            db.session.flush()


class Passwords(PasswordUtil):  # type: ignore[misc]
    """Long enough and hard to guess; no rules about which characters."""

    def validate(self, password: str, is_register: bool, **fields: Any) -> tuple[list[str] | None, str]:  # noqa: FBT001
        """Complaints about a new password, and its normalised form."""
        del is_register, fields
        complaints = password_complaints(password)
        return complaints or None, self.normalize(password)


def password_complaints(password: str, personal: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a new password, in the reader's language; empty when it is good."""
    if len(password) < SHORTEST_PASSWORD:
        return [gettext("Use at least %(count)s characters, for example a few words.", count=SHORTEST_PASSWORD)]
    if len(password) > LONGEST_PASSWORD:
        return [gettext("Use at most %(count)s characters.", count=LONGEST_PASSWORD)]
    if "\0" in password:
        return [gettext("The password holds a character that cannot be typed.")]
    if zxcvbn(password, user_inputs=[*personal, "fotfeste"])["score"] < WEAKEST_SCORE:
        return [gettext("This password is easy to guess. Use several words that do not belong together.")]
    return []


class Mail(MailUtil):  # type: ignore[misc]
    """Flask-Security's mails go the way of all our mail."""

    def send_mail(self, template: str, subject: str, recipient: str, sender: Any, body: str, html: Any, **rest: Any) -> None:  # noqa: E501, PLR0913, PLR0917
        """Write the mail; a job sends it."""
        del template, sender, html, rest
        with unit_of_work():
            mail.send(recipient, str(subject), body)


def init_security(app: Flask, settings: Settings) -> None:
    """Sign-in, sign-out, password reset and e-mail confirmation at our addresses."""
    app.config.update(
        SECURITY_PASSWORD_SALT=settings.secret_key,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_CONFIRMABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_CHANGEABLE=False,
        SECURITY_REGISTERABLE=False,
        SECURITY_TRACKABLE=False,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_RESET_URL="/reset-password",
        SECURITY_CONFIRM_URL="/confirm",
        SECURITY_POST_LOGIN_VIEW="/tenants",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_POST_CONFIRM_VIEW="/sign-in",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_CONFIRM_EMAIL_WITHIN=timedelta(days=3),
        SECURITY_RESET_PASSWORD_WITHIN=timedelta(hours=2),
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_EMAIL_HTML=False,
        SECURITY_EMAIL_SENDER=settings.mail_from,
        SECURITY_EMAIL_SUBJECT_CONFIRM=_("Confirm your e-mail address in Fotfeste"),
        SECURITY_EMAIL_SUBJECT_PASSWORD_RESET=_("New password in Fotfeste"),
        SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE=_("Your password in Fotfeste was changed"),
        SECURITY_FLASH_MESSAGES=True,
        SECURITY_I18N_DOMAIN="flask_security",
        SECURITY_ANONYMOUS_USER_DISABLED=False,
    )
    Security(
        app,
        Datastore(db, Account, None),
        mail_util_cls=Mail,
        password_util_cls=Passwords,
    )
    app.before_request(_know_member)


def _know_member() -> Any:
    """Default-deny below a tenant's address: only members come in, unless the view is a personal link."""
    if current_user.is_authenticated:
        audit.name_actor(audit.Actor("account", current_user.id))
    else:
        audit.name_actor(audit.SYSTEM)
    if "slug" not in g or request.endpoint is None:
        return None
    view = current_app.view_functions.get(request.endpoint)
    if getattr(view, "personal_link", False):
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if service.current_member() is None:
        raise NotFound("access.not_a_member", _("We cannot find this page."))
    return None


def personal_link(view: Any) -> Any:
    """Mark a view below a tenant's address as open to whoever holds its link; the view checks the token."""
    view.personal_link = True
    return view
