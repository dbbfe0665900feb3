"""The page frame: design, languages, security headers, error pages, fragments and form components.

``init_app(app, WebHooks(...))`` fits all of it; what a page needs to know about accounts, tenants and menus
is handed in by the hooks.
"""

from typing import Final

from flask import Flask

from core.web import (
    components,
    csrf,
    errors,
    formats,
    frame,
    headers,
    htmx,
    languages,
    limits,
    pages,
    static_files,
)
from core.web.cookies import WHOLE_HOST
from core.web.hooks import EXTENSION, AccountInFrame, MenuItem, TenantInFrame, WebHooks

__all__ = ["AccountInFrame", "MenuItem", "TenantInFrame", "WebHooks", "init_app"]

PARTS: Final = (
    limits,
    headers,
    csrf,
    languages,
    formats,
    static_files,
    frame,
    components,
    htmx,
    errors,
    pages,
)


def init_app(app: Flask, hooks: WebHooks | None = None) -> None:
    """Fit the page frame to an application, before anything looks at its templates."""
    app.extensions[EXTENSION] = hooks or WebHooks()
    app.template_folder = str(components.TEMPLATES)
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = app.extensions[EXTENSION].production
    if app.extensions[EXTENSION].production:
        app.config["SESSION_COOKIE_NAME"] = f"{WHOLE_HOST}session"
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in PARTS:
        part.init_app(app)
