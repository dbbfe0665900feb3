"""An office where people outside are registered."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from core.testing.factories import make_member, make_tenant, signed_in
from tests.persons.office import Office


@pytest.fixture
def open_office(app: Flask) -> Callable[..., Office]:
    def opened(kind: str = "norway.municipality", **options: Any) -> Office:
        tenant = make_tenant(kind, **options)
        email = make_member(tenant, "access.adviser", name="Vera Veileder")
        return Office(app, tenant, email, signed_in(app, email))

    return opened


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    return open_office()
