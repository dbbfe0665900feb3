"""Default-deny for everything below /platform: for everybody but operators there is no such page."""

from flask import current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access import operators
from core.web import MenuItem

PREFIX = "/platform"


def only_operators() -> ResponseReturnValue | None:
    """Refuse whoever is no operator, before any view below the prefix is asked."""
    if not is_below(request.path):
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    operators.require()
    g.operator = True
    return None


def is_below(path: str) -> bool:
    """Whether a path is one of the platform's."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def platform_menu() -> tuple[MenuItem, ...]:
    """The doors of the platform, for an operator who is there."""
    if not g.get("operator"):
        return ()
    return (
        MenuItem("platform.tenants", _("Organisations"), url_for("platform_tenants.page")),
        MenuItem("platform.jobs", _("Jobs"), url_for("platform_jobs.page")),
    )
