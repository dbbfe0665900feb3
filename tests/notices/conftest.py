"""A tenant with a member whose promises are due."""

from collections.abc import Iterator

import pytest
from flask import Flask

from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_tenant


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def inside(app: Flask, tenant: MadeTenant) -> Iterator[None]:
    """The test itself runs as the tenant's administrator, who reads English."""
    with acting(app, tenant):
        yield
