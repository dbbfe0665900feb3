"""An agreement in force whose first report is due on 31 March 2027."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask

from core.kernel import clock
from core.obligations import service as obligations
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_tenant
from tests.agreements.pacts import Pact, pact

NOW = datetime(2027, 6, 15, 9, tzinfo=UTC)


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def made(tenant: MadeTenant) -> Pact:
    return pact(tenant)


@pytest.fixture
def inside(app: Flask, made: Pact) -> Iterator[None]:
    """The adviser at work on 15 June 2027."""
    with clock.frozen(NOW), acting(app, made.tenant):
        yield


def promises(made: Pact, kind: str) -> list[UUID]:
    return [one.id for one in obligations.for_subject(made.id) if one.kind == kind]
