"""A tenant whose modules have rules, and the browsers of those who look them up."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.law import sets
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import Element, page_of
from tests.law import lab
from tests.law.pages import SET, Ask

KIND = "norway.municipality"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    del app
    return make_tenant(KIND)


@pytest.fixture
def adviser(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, make_member(tenant, "access.adviser"))


@pytest.fixture
def ask(adviser: FlaskClient, tenant: MadeTenant) -> Ask:
    """The page that answers a question."""

    def page(key: str = SET, *, status: int = 200, **given: str) -> Element:
        answer = adviser.get(f"/t/{tenant.slug}/rules/{key}", query_string=given)
        return page_of(answer, status).root

    return page


@pytest.fixture
def laboratory(monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of a rule set with a fact of every type."""
    monkeypatch.setattr(sets, "rule_sets_in_force", lambda _host: {"no_introduction.lab": lab.RULE_SET})
    return "no_introduction.lab"
