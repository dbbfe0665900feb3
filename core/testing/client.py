"""A browser for tests whose requests share nothing with the test but the database."""

from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.kernel.database import close_session
from core.web.languages import COOKIE


class SeparateClient(FlaskClient):
    """Opens each request outside the test's own application context, as a server does.

    Inside it, Flask would keep ``g`` from one request to the next: the second person to sign in would still
    be the first one.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """A reader of English: tests read messages as they are written, unless they ask for another."""
        super().__init__(*arguments, **options)
        self.set_cookie(COOKIE, "en")

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """Send a request. The test's own session gives its transaction back first."""
        if has_app_context():
            close_session()
        if "Accept-Language" in (options.get("headers") or {}):
            self.delete_cookie(COOKIE)
        return Context().run(super().open, *arguments, **options)
