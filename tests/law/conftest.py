"""A tenant whose modules have rules, and the browsers of those who look them up."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in

KIND = "norway.municipality"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    del app
    return make_tenant(KIND)


@pytest.fixture
def adviser(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, make_member(tenant, "access.adviser"))
