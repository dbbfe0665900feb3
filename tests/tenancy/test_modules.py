"""A tenant may switch on what its kind suggests, and what else is made for its country."""

import pytest
from flask import Flask

from core.kernel.errors import Invalid
from core.tenancy import service as tenancy
from core.testing.drafts import acting
from core.testing.factories import make_tenant


def test_a_county_may_switch_on_what_is_made_for_its_country(app: Flask) -> None:
    county = make_tenant("norway.county")
    with acting(app, county):
        assert "no_work_training" in tenancy.plugins_on_offer()
        tenancy.choose_plugins(["no_work_training"])
        assert tenancy.plugins_switched_on() == {"norway", "no_work_training"}


@pytest.mark.parametrize("name", ["dk_company_centre", "norway", "access", "nothing"])
def test_other_modules_are_not_on_offer(app: Flask, name: str) -> None:
    county = make_tenant("norway.county")
    with acting(app, county), pytest.raises(Invalid):
        tenancy.choose_plugins([name])
