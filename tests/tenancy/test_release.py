"""A place taken by mistake is free again, and one that is confirmed stays."""

import pytest
from flask import Flask

from core.access import service as access
from core.kernel.errors import Conflict
from core.tenancy import service as tenancy
from core.tenancy.kinds import kind_of
from core.testing.factories import PASSWORD, make_tenant


def test_the_place_of_an_unconfirmed_tenant_can_be_released(app: Flask) -> None:
    kind = kind_of("norway.municipality")
    assert kind is not None
    new = tenancy.NewTenant(kind.key, kind.places[300].code, "", "312345676")
    with app.test_request_context():
        first, _account = access.sign_up(
            new, email="typo@example.org", name="Feil Adresse", password=PASSWORD
        )
        tenancy.release(tenancy.by_ids([first])[first].slug)
        second, _account = access.sign_up(
            new, email="right@example.org", name="Rett Adresse", password=PASSWORD
        )
        assert second != first
        assert tenancy.find_taken(new) == tenancy.by_ids([second])[second]


def test_a_confirmed_tenant_keeps_its_place(app: Flask) -> None:
    tenant = make_tenant()
    with app.test_request_context(), pytest.raises(Conflict):
        tenancy.release(tenant.slug)
