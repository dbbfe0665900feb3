"""The whole product with the miniature plugin, without a database: for its addresses, jobs and commands."""

from pathlib import Path

from flask import Flask

from core.app import create_app
from core.kernel.settings import Settings
from core.testing.contract import NOWHERE, plugin_in

MINIATURE = Path(__file__).parents[1] / "miniature"


def product() -> Flask:
    """An application that has every address of the product."""
    settings = Settings("development", "for-the-list-of-addresses", NOWHERE, NOWHERE, NOWHERE, NOWHERE)
    return create_app(settings, {"seminars": plugin_in(MINIATURE, "seminars")})
