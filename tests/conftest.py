"""One server for the run, one migrated template, a clone for each process, and every test rolled back."""

import gc
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.app import create_app
from core.kernel import security_log
from core.kernel.migrations import upgrade
from core.lineages import all_lineages
from core.testing.database import TestServer, settings_for
from core.testing.passwords import hash_quickly
from core.testing.rollback import rolled_back

# How long an example takes tells how busy the machine is, and fails a test that is right.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

_server: TestServer | None = None
_place: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Start the server and migrate the template once, in the controlling process."""
    global _server  # noqa: PLW0603  pytest offers no other home that lives as long as the run
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        _place.update(admin_url=worker["admin_url"], template=worker["template"])
        return
    _server = TestServer.start()
    template = _server.new_database()
    settings = settings_for(_server.admin_url, template)
    with create_app(settings).app_context():
        upgrade(settings.database_url_owner, all_lineages())
    _place.update(admin_url=_server.admin_url, template=template)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only tests with a browser are wanted, do not read the thousands of others to leave them out."""
    if config.option.markexpr != "browser" or not collection_path.name.startswith("test_"):
        return None
    return True if "mark.browser" not in collection_path.read_text(encoding="utf-8") else None


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays anyway; it took a tenth of the time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_configure_node(node: Any) -> None:
    """Tell each test process where the server is."""
    node.workerinput.update(_place)


def pytest_unconfigure() -> None:
    """Leave nothing running."""
    if _server is not None:
        _server.stop()


@pytest.fixture(scope="session")
def admin_url() -> str:
    """The administrator's address of the test server."""
    return _place["admin_url"]


@pytest.fixture(scope="session")
def database(admin_url: str) -> str:
    """This process's own clone of the migrated template."""
    return TestServer(admin_url).new_database(_place["template"])


@pytest.fixture(scope="session")
def application(admin_url: str, database: str) -> Flask:
    """The application whose tests are rolled back."""
    app = create_app(settings_for(admin_url, database))
    hash_quickly(app)
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = False
    app.extensions["fotfeste_limiter"].enabled = False
    return app


@pytest.fixture
def app(application: Flask, admin_url: str, database: str) -> Iterator[Flask]:
    """The application inside a transaction that is rolled back; both doors share one connection, by role."""
    with rolled_back(application, admin_url, database), application.app_context():
        yield application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture(scope="session")
def live_application(admin_url: str, database: str) -> Flask:
    """The application with its real database roles, for tests that commit; they make their own tenant."""
    app = create_app(settings_for(admin_url, database))
    hash_quickly(app)
    app.config["WTF_CSRF_ENABLED"] = False
    app.extensions["fotfeste_limiter"].enabled = False
    return app


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[str], list[dict[str, Any]]]:
    """The events of the security log so far, by their names."""
    caplog.set_level(logging.INFO, logger=security_log.LOGGER)

    def events(name: str) -> list[dict[str, Any]]:
        lines = [json.loads(one.message) for one in caplog.records if one.name == security_log.LOGGER]
        return [line for line in lines if line["event"] == name]

    return events
