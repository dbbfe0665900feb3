"""Jobs that tests of the kernel declare, and a database that they may commit to."""

from collections.abc import Iterator

import pytest
from flask import Flask

from core.app import create_app
from core.kernel import jobs
from core.testing.contract import app_with
from core.testing.database import TestServer, settings_for


@pytest.fixture
def declared() -> Iterator[None]:
    """Forget the jobs that a test declares."""
    before = dict(jobs._jobs)
    yield
    jobs._jobs.clear()
    jobs._jobs.update(before)


@pytest.fixture(scope="session")
def own_house(admin_url: str) -> Iterator[tuple[Flask, str]]:
    """The product on a database of its own, with its real roles: what is done there is committed."""
    server = TestServer(admin_url)
    yield app_with(server, {})
    server.stop()


@pytest.fixture
def worker_app(own_house: tuple[Flask, str], admin_url: str) -> Flask:
    """The same by the worker's door."""
    return create_app(settings_for(admin_url, own_house[1], door="worker"))
