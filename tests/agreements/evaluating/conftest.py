"""An agreement in force for a year whose evaluation is due, made by hand; its type has five aims."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.content import fingerprint
from core.agreements.evaluating import service
from core.agreements.evaluating.finding import Case, begun_case
from core.agreements.models import Agreement, Version
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.models import Obligation
from core.testing.agreements import content
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_tenant, signed_in

STARTS, ENDS = date(2026, 11, 30), date(2028, 11, 30)
NOW = datetime(2027, 11, 29, 12, tzinfo=UTC)
AIMS = (
    "clear_responsibility",
    "early_involvement",
    "good_transitions",
    "information_flow",
    "cooperation_routines",
)


@dataclass(frozen=True)
class Due:
    """An agreement of "Nordvik" with "Fjord Bakeri AS", to be evaluated on 30 November 2027."""

    tenant: MadeTenant
    agreement_id: UUID
    obligation_id: UUID

    @property
    def url(self) -> str:
        return f"/t/{self.tenant.slug}/obligations/{self.obligation_id}/evaluation"

    @property
    def case(self) -> Case:
        return begun_case(self.obligation_id)

    def link(self, token: str) -> str:
        return f"/t/{self.tenant.slug}/evaluate/{token}"


def make_due(tenant: MadeTenant) -> Due:
    """Let a tenant have such an agreement."""
    agreement_id, text = new_id(), content()
    signed_at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    with clock.frozen(signed_at), tenant_scope(tenant.id), unit_of_work():
        db.session.add(
            Agreement(
                id=agreement_id,
                type_key="no_introduction.nav_cooperation",
                edition="2026-1",
                language="nb",
                title="Avtalen",
                adviser_id=tenant.admin_id,
                activated_at=signed_at,
                starts_on=STARTS,
                ends_on=ENDS,
            )
        )
        db.session.flush()
        db.session.add(Version(agreement_id=agreement_id, number=1, content=text, sha256=fingerprint(text)))
        obligations.make_for_agreement(agreement_id, text, STARTS, ENDS)
    with tenant_scope(tenant.id):
        query = select(Obligation.id).where(
            Obligation.subject_id == agreement_id, Obligation.kind == service.KIND
        )
        return Due(tenant, agreement_id, db.session.scalars(query.order_by(Obligation.due_on)).first())


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def due(app: Flask, tenant: MadeTenant) -> Due:
    return make_due(tenant)


@pytest.fixture
def inside(app: Flask, due: Due) -> Iterator[None]:
    """The adviser at work on the day before the evaluation is due."""
    with clock.frozen(NOW), acting(app, due.tenant):
        yield


@pytest.fixture
def begun(inside: None, due: Due) -> Due:
    service.begin(due.obligation_id)
    return due


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    """A browser without an account that reads English."""
    browser = app.test_client()
    browser.set_cookie("language", "en")
    return browser


@pytest.fixture
def adviser(app: Flask, due: Due) -> FlaskClient:
    with clock.frozen(NOW):
        browser = signed_in(app, due.tenant.admin_email)
    browser.set_cookie("language", "en")
    return browser


def later(**time: float) -> datetime:
    return NOW + timedelta(**time)
