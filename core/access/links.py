"""Addresses in mail: they begin with the public address, never with what a request claims."""

from typing import Any

from flask import current_app, url_for

from core.kernel.settings import Settings


def public_link(endpoint: str, **values: Any) -> str:
    """The full address of a page. Needs a request, or an application that knows its paths."""
    settings: Settings = current_app.config["FOTFESTE"]
    return settings.public_url + url_for(endpoint, _external=False, **values)
