"""Applications with plugins that are made for a test."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from core.app import create_app
from core.kernel.settings import Settings
from core.plugin_host.host import Host
from core.testing.contract import NOWHERE, app_with, plugin_in
from core.testing.database import TestServer
from core.testing.rollback import rolled_back

MINIATURE = Path(__file__).parents[1] / "miniature"
sys.path.insert(0, str(MINIATURE))


@pytest.fixture(scope="session")
def seminars() -> ModuleType:
    return plugin_in(MINIATURE, "seminars")()


@pytest.fixture(scope="session")
def app_and_database(admin_url: str, seminars: ModuleType) -> Iterator[tuple[Flask, str]]:
    server = TestServer(admin_url)
    yield app_with(server, {"seminars": lambda: seminars})
    server.stop()


@pytest.fixture
def mini(app_and_database: tuple[Flask, str], admin_url: str) -> Iterator[Flask]:
    """The product with the miniature plugin, inside a transaction that is rolled back."""
    app, database = app_and_database
    with rolled_back(app, admin_url, database), app.app_context():
        yield app


@pytest.fixture
def host_with() -> Callable[..., Host]:
    """Starts a host with other settings; no database is needed."""

    def start(**changes: Any) -> Host:
        settings = Settings("development", "for-tests", NOWHERE, NOWHERE, NOWHERE, NOWHERE)
        host: Host = create_app(replace(settings, **changes)).extensions["fotfeste_host"]
        return host

    return start
