"""Verbs that ask again who one is, when that was shown too long ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from core.access import sessions
from core.access.returning import page_here

View = Callable[..., Any]


def fresh(view: View) -> View:
    """Let a view run only within 15 minutes of a sign-in; else the person signs in again and comes back.

    What a stopped form carried is not kept: the page to sign in again says so.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        if sessions.is_fresh():
            return view(*args, **kwargs)
        if request.method != "GET":
            flash(
                _("Nothing was stored yet. Confirm who you are, and then press the button once more."), "info"
            )
        return redirect(url_for("access_entry.again", next=page_here()), code=303)

    return guarded
