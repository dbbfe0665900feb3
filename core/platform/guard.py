"""Default-deny for everything below /platform: for everybody but operators there is no such page."""

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access import operators, sessions
from core.access.freshness import fresh
from core.access.methods.service import has_second_factor
from core.access.returning import page_here
from core.web import MenuItem

PREFIX = "/platform"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def only_operators() -> ResponseReturnValue | None:
    """Refuse whoever is no operator, before any view below the prefix is asked."""
    if not is_below(request.path):
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    operators.require()
    g.operator = True
    return _second_factor() or _fresh_for_verbs()


def _second_factor() -> ResponseReturnValue | None:
    """Ask for more than a password, everywhere but on a developer's own machine."""
    if sessions.is_proven():
        return None
    step = "access_entry.again" if has_second_factor(current_user) else "access_methods.choose"
    return redirect(url_for(step, next=page_here()), code=303)


def _fresh_for_verbs() -> ResponseReturnValue | None:
    """Ask again who one is before anything is done, when one signed in more than 15 minutes ago."""
    if request.method in READING:
        return None
    answer: ResponseReturnValue | None = fresh(lambda: None)()
    return answer


def is_below(path: str) -> bool:
    """Whether a path is one of the platform's."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def platform_menu() -> tuple[MenuItem, ...]:
    """The doors of the platform, for an operator who is there."""
    if not g.get("operator"):
        return ()
    return (
        MenuItem("platform.tenants", _("Organisations"), url_for("platform_tenants.page")),
        MenuItem("platform.plugins", _("Modules"), url_for("platform_plugins.page")),
        MenuItem("platform.law", _("Law"), url_for("platform_law.page")),
        MenuItem("platform.jobs", _("Jobs"), url_for("platform_jobs.page")),
    )
