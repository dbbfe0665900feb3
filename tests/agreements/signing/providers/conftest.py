"""An agreement that is signed at a service of make-believe, which the tenant has chosen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.agreements.signing import service as signing
from core.agreements.signing.case import Case, open_case
from core.agreements.signing.elsewhere import handing_over
from core.agreements.signing.providers import choosing
from core.agreements.signing.providers.models import SentEnvelope
from core.app import create_app
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.tenancy.models import TenantPlugin
from core.testing.contract import plugin_in
from core.testing.database import settings_for
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant
from core.testing.passwords import hash_quickly
from core.testing.rollback import as_worker, rolled_back

MINIATURE = Path(__file__).parents[3] / "miniature"
KEY = "bureau.paper"
ACCOUNT = {"account": "Nordvik", "secret": "a secret of the bureau"}


def bureau_plugin() -> ModuleType:
    """The provider of the miniature alone, in a plugin without tables."""
    adapter: Any = plugin_in(MINIATURE, "seminars")().bureau
    provider = replace(adapter.PROVIDER, key=KEY)
    plugin = ModuleType("bureau.plugin")

    @hook
    def register_signing_providers() -> list[Any]:
        return [provider]

    manifest = Manifest("bureau", provider.title, provider.summary, "1.0.0")
    vars(plugin).update(
        __file__=__file__, MANIFEST=manifest, register_signing_providers=register_signing_providers
    )
    return plugin


@pytest.fixture(scope="session")
def with_bureau(admin_url: str, database: str) -> Flask:
    """The application with one plugin more."""
    app = create_app(settings_for(admin_url, database), {"bureau": bureau_plugin})
    hash_quickly(app)
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = False
    app.extensions["fotfeste_limiter"].enabled = False
    return app


@pytest.fixture
def app(with_bureau: Flask, admin_url: str, database: str) -> Iterator[Flask]:
    with rolled_back(with_bureau, admin_url, database), with_bureau.app_context():
        yield with_bureau


@pytest.fixture
def bureau(app: Flask) -> Any:
    """The service itself, new for each test."""
    from seminars import pretend  # noqa: PLC0415  found when the plugin is loaded

    service = pretend.BUREAU
    service.is_down, service.asked = False, 0
    service.papers.clear()
    service.happened.clear()
    return service


@dataclass(frozen=True)
class AtBureau:
    """An agreement that was sent while the tenant had chosen the bureau."""

    app: Flask
    tenant: MadeTenant
    agreement_id: UUID
    bureau: Any

    @property
    def envelope(self) -> SentEnvelope:
        """Its envelope as it stands; inside the tenant's scope."""
        query = select(SentEnvelope).where(SentEnvelope.agreement_id == self.agreement_id)
        return db.session.scalars(query.order_by(SentEnvelope.id.desc()).limit(1)).one()

    @property
    def case(self) -> Case:
        return open_case(self.agreement_id)

    @contextmanager
    def as_adviser(self) -> Iterator[None]:
        """Work as whoever has sent it; the test's own transaction ends before."""
        db.session.close()
        with acting(self.app, self.tenant):
            yield

    def run(self, job: Callable[[str], None]) -> None:
        """Run a job about the envelope with the rights of the worker."""
        envelope_id = str(self.envelope.id)
        with as_worker():
            job(envelope_id)

    def hand_over(self) -> str:
        """Let the job run; gives the bureau's number."""
        self.run(handing_over.hand_over)
        return self.envelope.reference

    def happens(self, what: str, place: int | None = None, **said: str) -> Any:
        """Something happens at the bureau to one of those who sign; gives the call that tells of it."""
        who = "" if place is None else str(self.case.requests[place].id)
        return self.bureau.tell(self.envelope.reference, what, who=who, **said)

    def told(self, call: Any) -> TestResponse:
        """The answer to a call from the bureau, by whatever came over the network."""
        headers, body = call
        address = f"/t/{self.tenant.slug}/signing-callbacks/{KEY}"
        return self.app.test_client().post(address, data=body, headers=headers)


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    made = make_tenant("norway.municipality")
    with tenant_scope(made.id), unit_of_work():
        db.session.add(TenantPlugin(plugin="bureau"))
    return made


@pytest.fixture
def sent(app: Flask, tenant: MadeTenant, bureau: Any) -> AtBureau:
    with acting(app, tenant):
        choosing.fill_in(KEY, ACCOUNT)
        choosing.choose(KEY)
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        assert signing.send(agreement_id) == []
    return AtBureau(app, tenant, agreement_id, bureau)


@pytest.fixture
def scope(sent: AtBureau) -> Iterator[None]:
    """The test itself runs in the tenant, as a job does."""
    with tenant_scope(sent.tenant.id):
        yield


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without an account."""
    return app.test_client()


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[OutgoingMail]]:
    """All mails that were written, the oldest first."""

    def read() -> list[OutgoingMail]:
        with platform_scope("read the mails of a test"):
            return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))

    return read
