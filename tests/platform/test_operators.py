"""Who gets below /platform: operators, and for everybody else there is no such page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import demo
from core.access import operators
from core.access import service as access
from core.access.methods import totp
from core.app import create_app
from core.cli import operators as commands
from core.kernel import clock
from core.kernel.errors import Conflict, NotFound
from core.kernel.settings import Settings
from core.tenancy import service as tenancy
from core.testing.contract import NOWHERE
from core.testing.factories import PASSWORD, make_tenant, signed_in
from core.testing.pages import page_of
from tests.platform.conftest import EMAIL

RULES = [
    (rule.rule.replace("<uuid:tenant_id>", "0" * 8 + "-0000-7000-8000-" + "0" * 12)
     .replace("<int:job_id>", "1").replace("<kind>", "some.kind").replace("<key>", "some.KEY"), method)
    for rule in create_app(
        Settings("development", "for-the-list-of-addresses", NOWHERE, NOWHERE, NOWHERE, NOWHERE)
    ).url_map.iter_rules()
    if rule.rule.startswith("/platform")
    for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
]  # fmt: skip


def test_the_addresses_are_those_of_the_platform() -> None:
    assert len(RULES) >= 9
    assert not any("<" in path for path, _method in RULES)


@pytest.mark.parametrize(("path", "method"), RULES)
def test_an_administrator_of_a_tenant_finds_no_page_of_the_platform(
    app: Flask, path: str, method: str
) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    assert browser.open(path, method=method).status_code == 404


@pytest.mark.parametrize(("path", "method"), RULES)
def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?")


def test_a_page_that_somebody_adds_below_the_prefix_is_refused_too(app: Flask) -> None:
    settings = app.config["FOTFESTE"]
    other = create_app(settings)
    other.add_url_rule("/platform/forgotten", view_func=lambda: "open", endpoint="forgotten")
    assert other.test_client().get("/platform/forgotten").status_code == 302


def test_an_operator_who_is_ended_is_one_no_longer(app: Flask, operator: FlaskClient) -> None:
    assert operator.get("/platform").status_code == 200
    operators.end("operator@example.org")
    assert operator.get("/platform").status_code == 404


def test_an_operator_sees_nothing_of_a_tenant(app: Flask, operator: FlaskClient) -> None:
    tenant = make_tenant()
    for below in ("", "people", "settings"):
        assert operator.get(f"/t/{tenant.slug}/{below}").status_code == 404


def test_the_pages_of_tenants_have_no_door_to_the_platform_and_the_other_way_round(
    app: Flask, operator: FlaskClient
) -> None:
    menu = page_of(operator.get("/platform")).root.first("nav", **{"aria-label": "Main menu"})
    assert "Organisations" in menu.text
    assert "Agreements" not in menu.text
    answer = signed_in(app, make_tenant().admin_email).get("/platform")
    assert "Organisations" not in answer.get_data(as_text=True)


def test_an_operator_finds_the_door_among_the_workplaces(operator: FlaskClient) -> None:
    assert "/platform" in page_of(operator.get("/tenants")).links()


def test_operators_are_named_listed_and_ended_by_command(app: Flask) -> None:
    email = make_tenant().admin_email
    run: Any = app.test_cli_runner().invoke
    assert "is an operator" in run(commands, ["add", email]).output
    assert email in run(commands, ["list"]).output
    assert operators.is_operator(account_of(email))
    assert "already" in run(commands, ["add", email]).output
    assert "no longer" in run(commands, ["end", email]).output
    assert not operators.is_operator(account_of(email))
    assert "until" in run(commands, ["list"]).output


def account_of(email: str) -> Any:
    account = access.account_by_email(email)
    assert account is not None
    return account.id


def test_nobody_is_named_twice_and_nobody_unknown(app: Flask, operator: FlaskClient) -> None:
    with pytest.raises(Conflict):
        operators.add("operator@example.org", named_by="a test")
    with pytest.raises(NotFound):
        operators.add("nobody@example.org", named_by="a test")
    with pytest.raises(NotFound):
        operators.end(make_tenant().admin_email)


def test_the_demo_has_an_operator(app: Flask) -> None:
    demo._name_operator()
    demo._name_operator()
    assert signed_in(app, demo.OPERATOR[1]).get("/platform").status_code == 200


def test_in_production_a_password_is_not_enough(app: Flask, operator: FlaskClient) -> None:
    settings = app.config["FOTFESTE"]
    app.config["FOTFESTE"] = replace(settings, environment="production")
    try:
        answer = operator.get("/platform")
    finally:
        app.config["FOTFESTE"] = settings
    assert answer.status_code == 303
    assert answer.location == "/account/second-factor?next=/platform"


def test_in_production_a_code_opens_the_platform_after_the_password(
    app: Flask, operator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(operator.get("/account/authenticator"))
    secret = next(one.text for one in page.root.all("dd")).replace(" ", "")
    code = totp.code_of(secret, totp.step_at(clock.now()))
    assert operator.post("/account/authenticator", data={"code": code}).status_code == 200
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setitem(app.config, "FOTFESTE", replace(app.config["FOTFESTE"], environment="production"))
    with clock.frozen(later):
        asked = operator.get("/platform")
        assert asked.status_code == 200 or asked.location.startswith("/sign-in/again")
        browser = app.test_client()
        browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, "next": "/platform"})
        assert browser.get("/platform").status_code == 302
        code = totp.code_of(secret, totp.step_at(clock.now()))
        browser.post("/sign-in/second", data={"code": code, "next": "/platform"})
        assert browser.get("/platform").status_code == 200


def test_a_verb_asks_who_one_is_when_one_signed_in_long_ago(app: Flask, operator: FlaskClient) -> None:
    tenant = make_tenant(confirmed=False)
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        assert operator.get("/platform").status_code == 200
        answer = operator.post(f"/platform/tenants/{tenant.id}/confirm")
    assert answer.location.startswith("/sign-in/again")
    assert not tenancy.by_ids([tenant.id])[tenant.id].confirmed
