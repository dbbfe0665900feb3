"""A draft of a declared type, and people who write it."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in

INTENTION = "no_work_training.intention_agreement"


@dataclass(frozen=True)
class Draft:
    """An agreement just begun, with its writer's browser."""

    tenant: MadeTenant
    id: UUID
    url: str
    writer: FlaskClient
    colleague: FlaskClient

    def post(self, path: str, **data: object) -> int:
        """Send a form without JavaScript; gives the status."""
        return self.writer.post(f"{self.url}/{path}", data=data).status_code


@pytest.fixture
def draft(app: Flask) -> Draft:
    """A new intention agreement of a Norwegian municipality."""
    tenant = make_tenant("norway.municipality")
    writer = signed_in(app, make_member(tenant, "access.adviser", "Vera Skriver"))
    colleague = signed_in(app, make_member(tenant, "access.adviser", "Kai Kollega"))
    answer = writer.post(f"/t/{tenant.slug}/agreements/new", data={"type_key": INTENTION, "title": "Avtale"})
    url = answer.location.partition("/compose")[0]
    return Draft(tenant, UUID(url.rpartition("/")[2]), url, writer, colleague)
