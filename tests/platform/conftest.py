"""Operators for the tests of the platform's pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.access import operators
from core.access import service as access
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import PASSWORD, signed_in

EMAIL = "operator@example.org"


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    """The browser of an operator who works in no tenant."""
    with platform_scope("an operator for a test"), unit_of_work():
        access.new_account(EMAIL, "Drift Prøve", PASSWORD, confirmed=True)
    operators.add(EMAIL, named_by="a test")
    return signed_in(app, EMAIL)
