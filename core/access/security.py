"""Sign-in by Flask-Security-Too, bent to our unit of work, our mail and our password rule."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_security import Security, SQLAlchemyUserDatastore, current_user

from core.access import second_factor, service, sessions, support
from core.access.entry.views import sign_in
from core.access.mails import Mails
from core.access.models import Account
from core.access.passwords import Passwords
from core.access.returning import ask_to_sign_in, page_here
from core.access.sign_in import ForgottenPassword, NewPassword, init_pages, render
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

View = TypeVar("View", bound=Callable[..., Any])

OPTIONS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_CONFIRMABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": False,
    "SECURITY_REGISTERABLE": False,
    "SECURITY_TRACKABLE": False,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_RESET_URL": "/reset-password",
    "SECURITY_CONFIRM_URL": "/confirm",
    "SECURITY_POST_LOGIN_VIEW": "/tenants",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_CONFIRM_VIEW": "/sign-in",
    "SECURITY_POST_RESET_VIEW": "/sign-in",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_CONFIRM_EMAIL_WITHIN": timedelta(days=3),
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=2),
    # Links hold a hash of the stored password, which is random already: a slow one would only tell by the
    # clock which addresses have an account.
    "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    # Nothing asks for a fresh sign-in yet, and no page of ours uses scripts of Flask-Security's.
    "SECURITY_FRESHNESS": timedelta(minutes=-1),
    "SECURITY_STATIC_FOLDER": None,
    # The words of mails and messages are ours, in mails.py and sign_in.py.
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_PLAINTEXT": False,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_I18N_DOMAIN": "flask_security",
    "SECURITY_ANONYMOUS_USER_DISABLED": False,
    # Its commands would change accounts past the audit.
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
}


class Datastore(SQLAlchemyUserDatastore):
    """Flask-Security's door to accounts; only the unit of work commits."""

    def commit(self) -> None:
        """Store what Flask-Security changed."""
        with unit_of_work():
            db.session.flush()


def init_security(app: Flask, settings: Settings) -> None:
    """Sign-in, sign-out, password reset and e-mail confirmation at our addresses."""
    app.config.update(OPTIONS)
    app.config["SECURITY_PASSWORD_SALT"] = settings.secret_key
    app.config["SECURITY_EMAIL_SENDER"] = settings.mail_from
    Security(
        app,
        Datastore(db, Account, None),  # type: ignore[arg-type]
        mail_util_cls=Mails,
        password_util_cls=Passwords,
        render_template=render,
        forgot_password_form=ForgottenPassword,
        reset_password_form=NewPassword,
    )
    init_pages(app)
    sessions.init_sessions(app)
    app.view_functions["security.login"] = sign_in
    app.login_manager.unauthorized_handler(ask_to_sign_in)  # type: ignore[attr-defined]
    app.before_request(_know_member)


def _know_member() -> ResponseReturnValue | None:
    """Default-deny below a tenant's address: only members come in, unless the view says otherwise."""
    if current_user.is_authenticated:
        audit.name_actor(audit.Actor("account", current_user.id))
        sessions.note_presence()
    else:
        audit.name_actor(audit.SYSTEM)
    if "slug" not in g or request.endpoint is None:
        return None
    view = current_app.view_functions.get(request.endpoint)
    # What an address takes is answered without asking its view, so visitors are not told of it.
    is_for_visitors = getattr(view, "external", False) and request.method != "OPTIONS"
    if getattr(view, "personal_link", False) or is_for_visitors:
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    member = service.current_member()
    if member is None:
        raise NotFound("access.not_a_member", _("We cannot find this page."))
    if second_factor.is_missing(member):
        return redirect(url_for("access_methods.choose", next=page_here()), code=303)
    support.watch(member)
    return None


def personal_link(view: View) -> View:
    """Mark a view below a tenant's address as open to whoever holds its link; the view checks the token."""
    view.personal_link = True  # type: ignore[attr-defined]
    return view


def external(view: View) -> View:
    """Mark a view below a tenant's address as for people from outside; the view checks that they came in."""
    view.external = True  # type: ignore[attr-defined]
    return view
