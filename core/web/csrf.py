"""Protection of every form against being sent from another site."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
"""For the API, which knows no cookie, call ``csrf.exempt(blueprint)``."""


def init_app(app: Flask) -> None:
    """Check the token of every changing request. It lives as long as the session: no draft is lost."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    csrf.init_app(app)
