from typing import Any

import pytest
from flask import Flask

from core.agreements.signing.providers.access import chosen, service_row
from core.kernel.scope import tenant_scope
from core.testing.factories import MadeTenant, make_member, signed_in

KEY, OURS = "bureau.paper", "agreements.personal_link"


def test_an_administrator_fills_in_the_access_and_chooses_the_service(app: Flask, tenant: MadeTenant) -> None:
    browser, address = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/settings/signing"
    early = browser.post(address, data={"provider": KEY})
    assert early.status_code == 422
    assert "Fill in the access to this service first." in early.get_data(as_text=True)
    half = browser.post(f"{address}/{KEY}", data={"account": "Nordvik"})
    assert half.status_code == 422
    assert 'value="Nordvik"' in half.get_data(as_text=True), "what was typed is still there"
    assert browser.post(f"{address}/{KEY}", data={"account": "Nordvik", "secret": "sesam"}).status_code == 303
    assert browser.post(address, data={"provider": KEY}).status_code == 303
    page = browser.get(address).get_data(as_text=True)
    assert "sesam" not in page
    assert f"/t/{tenant.slug}/signing-callbacks/{KEY}" in page
    with tenant_scope(tenant.id):
        assert chosen() == KEY
    assert browser.post(f"{address}/{KEY}", data={"account": "Sørvik", "secret": ""}).status_code == 303
    with tenant_scope(tenant.id):
        row: Any = service_row(KEY)
        assert row.secret_settings == '{"account": "S\\u00f8rvik", "secret": "sesam"}', (
            "an empty secret keeps the old one"
        )
    assert browser.post(address, data={"provider": OURS}).status_code == 303
    with tenant_scope(tenant.id):
        assert chosen() == ""


@pytest.mark.parametrize("provider", ["bureau.other", OURS])
def test_only_the_services_on_offer_have_an_access(app: Flask, tenant: MadeTenant, provider: str) -> None:
    browser = signed_in(app, tenant.admin_email)
    answer = browser.post(
        f"/t/{tenant.slug}/settings/signing/{provider}", data={"account": "a", "secret": "b"}
    )
    assert answer.status_code == 404


def test_who_does_not_manage_the_organisation_sees_none_of_it(app: Flask, tenant: MadeTenant) -> None:
    browser = signed_in(app, make_member(tenant, "access.reader"))
    assert browser.get(f"/t/{tenant.slug}/settings/signing").status_code == 403
