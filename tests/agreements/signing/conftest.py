"""An agreement that was sent, with the links that were mailed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.service import IssuedLink
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant


@dataclass(frozen=True)
class Sent:
    tenant: MadeTenant
    agreement_id: UUID
    links: tuple[IssuedLink, ...]

    def url(self, place: int = 0) -> str:
        return f"/t/{self.tenant.slug}/sign/{self.links[place].token}"

    def sha256(self) -> str:
        return open_case(self.agreement_id).version.sha256

    def sign(self, place: int) -> UUID:
        """Sign by a link; inside the tenant's scope."""
        key = signing.key_of_link(self.links[place].token)
        return signing.sign(key, name="Ola Oppdiktet", role="daglig leder", sha256=self.sha256())


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


@pytest.fixture
def scope(sent: Sent) -> Iterator[None]:
    """The test itself runs in the tenant, without anybody signed in."""
    with tenant_scope(sent.tenant.id):
        yield


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[OutgoingMail]]:
    """All mails that were written, the oldest first."""

    def read() -> list[OutgoingMail]:
        with platform_scope("read the mails of a test"):
            return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))

    return read
