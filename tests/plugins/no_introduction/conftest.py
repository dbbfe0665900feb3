"""A municipality that writes a plan with a participant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask

from core.agreements.drafts import service as drafts
from core.kernel import clock
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant

PLAN = "no_introduction.integration_plan"
CONTRACT = "no_introduction.integration_contract"
DECLARATION = "no_introduction.integration_declaration"
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def inside(app: Flask, tenant: MadeTenant) -> Iterator[None]:
    """The test itself runs as the tenant's administrator, who reads English, on a day in January 2027."""
    with clock.frozen(NOW), acting(app, tenant):
        yield


def whole(type_key: str, email: str = "yonas@example.org") -> UUID:
    """A draft with a participant that lacks nothing; inside `acting`."""
    agreement_id = complete_draft("Plan", type_key=type_key)
    name(agreement_id, email)
    drafts.save_duration(agreement_id, date(2027, 2, 1), date(2028, 1, 31))
    return agreement_id


def name(agreement_id: UUID, email: str) -> None:
    person = {"name": "Yonas Øvelse", "role_title": "", "email": email, "phone": "", "authority": False}
    drafts.save_contact(agreement_id, "participant", person)
