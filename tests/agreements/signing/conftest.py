"""An agreement that was sent, with the links that were mailed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements.signing import service as signing
from core.agreements.signing.service import IssuedLink
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant


@dataclass(frozen=True)
class Sent:
    tenant: MadeTenant
    agreement_id: UUID
    links: tuple[IssuedLink, ...]

    def url(self, place: int = 0) -> str:
        return f"/t/{self.tenant.slug}/sign/{self.links[place].token}"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without an account that reads English."""
    browser = app.test_client()
    browser.set_cookie("language", "en")
    return browser


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def inside(app: Flask, tenant: MadeTenant) -> Iterator[None]:
    """The test itself runs as the tenant's administrator."""
    with acting(app, tenant):
        yield


@pytest.fixture
def send(app: Flask, tenant: MadeTenant) -> Callable[[], Sent]:
    def make() -> Sent:
        with acting(app, tenant):
            agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
            return Sent(tenant, agreement_id, tuple(signing.send(agreement_id)))

    return make


@pytest.fixture
def sent(send: Callable[[], Sent]) -> Sent:
    return send()
