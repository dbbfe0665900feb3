"""Setting up the organisation's own sign-in, from describing it to turning it off."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from core.access.models import Membership
from core.access.sso.provider import ProviderCard, in_force
from core.kernel import clock
from core.kernel.database import db, raw_sql_allowed
from core.kernel.scope import tenant_scope
from core.tenancy import service as tenancy
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import Page, page_of
from tests.access.sso.provider import CLIENT, SECRET, FakeProvider, as_json, serving
from tests.access.sso.setting import (
    ADMINISTRATOR,
    ADVISER,
    Left,
    back,
    give_passkey,
    may_break_glass,
    offer,
    roles_of,
    written,
)


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with serving() as fake:
        yield fake


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant()


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def url(tenant: MadeTenant, rest: str = "") -> str:
    return f"/t/{tenant.slug}/settings/sign-in{rest}"


def form(provider: FakeProvider, **changes: str) -> dict[str, str]:
    return {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "button_text": "Logg inn med jobbkonto",
        "scopes": "openid email profile",
        "subject_claim": "sub",
        "email_claim": "email",
        "name_claim": "name",
        "roles_claim": "groups",
        "value_0": "Admins",
        "role_0": ADMINISTRATOR,
    } | changes


def card(tenant: MadeTenant) -> ProviderCard | None:
    with tenant_scope(tenant.id):
        return in_force()


def state(tenant: MadeTenant) -> str:
    return tenancy.by_ids([tenant.id])[tenant.id].single_sign_on


def told(client: FlaskClient, answer: TestResponse) -> Page:
    """The page after a form that was accepted."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return page_of(client.get(answer.location))


def try_it(client: FlaskClient, tenant: MadeTenant, provider: FakeProvider, **claims: Any) -> TestResponse:
    answer = client.get(url(tenant, "/try"))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}
    left = Left(answer.location, asked)
    provider.speak_of(asked["nonce"], **claims)
    return back(client, tenant, left.state)


def test_an_administrator_sets_it_up_tries_it_and_turns_it_on(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    assert "Not set up" in page_of(admin.get(url(tenant))).text
    assert "Saved" in told(admin, admin.post(url(tenant), data=form(provider))).text
    assert state(tenant) == ""
    checked = told(admin, admin.post(url(tenant, "/check"))).text
    assert "knows the client id and the secret" in checked
    tried = try_it(admin, tenant, provider)
    assert tried.location == url(tenant)
    assert "It works. The sign-in service calls you Kari Prøve" in page_of(admin.get(tried.location)).text
    told(admin, admin.post(url(tenant, "/offer")))
    assert state(tenant) == "offered"
    assert [one for one in written(tenant) if one.startswith("sign_in.")] == [
        "sign_in.described",
        "sign_in.checked",
        "sign_in.tried",
        "sign_in.offered",
    ]


def test_a_trial_takes_no_role_from_the_one_who_tries(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    admin.post(url(tenant), data=form(provider))
    try_it(admin, tenant, provider, groups=[])
    assert roles_of(tenant, tenant.admin_email) == [ADMINISTRATOR]


def test_nobody_but_whoever_tries_comes_in_before_it_is_turned_on(
    app: Flask, admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    admin.post(url(tenant), data=form(provider))
    assert app.test_client().get(f"/t/{tenant.slug}/sso").status_code == 404


def test_it_is_not_turned_on_before_it_was_tried(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    admin.post(url(tenant), data=form(provider))
    answer = admin.post(url(tenant, "/offer"))
    assert "Try it yourself first" in page_of(answer, 409).text
    assert state(tenant) == ""


def test_an_organisation_that_is_not_confirmed_cannot_turn_it_on(app: Flask, provider: FakeProvider) -> None:
    tenant = make_tenant(confirmed=False)
    admin = signed_in(app, tenant.admin_email)
    admin.post(url(tenant), data=form(provider))
    try_it(admin, tenant, provider)
    assert "must confirm your organisation" in page_of(admin.post(url(tenant, "/offer")), 409).text


def ready(tenant: MadeTenant, admin: FlaskClient, provider: FakeProvider) -> None:
    """Described, tried and turned on."""
    admin.post(url(tenant), data=form(provider))
    try_it(admin, tenant, provider)
    admin.post(url(tenant, "/offer"))


def test_it_is_required_only_when_somebody_can_come_in_without_it(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    ready(tenant, admin, provider)
    assert "Name somebody first" in page_of(admin.post(url(tenant, "/enforce")), 409).text
    may_break_glass(tenant)
    assert "Name somebody first" in page_of(admin.post(url(tenant, "/enforce")), 409).text, "not ready"
    give_passkey(tenant)
    told(admin, admin.post(url(tenant, "/enforce")))
    assert state(tenant) == "enforced"
    told(admin, admin.post(url(tenant, "/relax")))
    assert state(tenant) == "offered"


def test_it_is_required_only_by_somebody_who_has_come_in_by_it(
    app: Flask, admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    ready(tenant, admin, provider)
    give_passkey(tenant)
    may_break_glass(tenant)
    another = signed_in(app, make_member(tenant, ADMINISTRATOR))
    assert "Try it yourself first" in page_of(another.post(url(tenant, "/enforce")), 409).text


def test_the_last_who_can_come_in_without_it_stays_while_it_is_required(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    ready(tenant, admin, provider)
    give_passkey(tenant)
    with tenant_scope(tenant.id):
        membership = db.session.scalars(
            select(Membership.id).where(Membership.account_id == tenant.admin_id)
        ).one()
    told(admin, admin.post(url(tenant, "/break-glass"), data={"membership_id": str(membership)}))
    told(admin, admin.post(url(tenant, "/enforce")))
    release = url(tenant, f"/break-glass/{membership}/release")
    assert "Name another first" in page_of(admin.post(release), 409).text
    admin.post(url(tenant, "/relax"))
    told(admin, admin.post(release))


def test_another_secret_must_be_tried_before_it_can_be_required_again(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    ready(tenant, admin, provider)
    admin.post(url(tenant), data=form(provider, client_secret="another secret"))
    known = card(tenant)
    assert known is not None
    assert known.client_secret == "another secret"
    assert known.tried_at is None
    assert known.offered_from is not None, "people go on signing in"


def test_another_issuer_is_another_provider_and_begins_turned_off(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    ready(tenant, admin, provider)
    before = card(tenant)
    with serving() as other:
        told(admin, admin.post(url(tenant), data=form(other)))
    after = card(tenant)
    assert before is not None
    assert after is not None
    assert after.id != before.id
    assert state(tenant) == ""


def test_the_secret_is_kept_when_nothing_is_typed_and_is_never_shown_or_stored_readably(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    admin.post(url(tenant), data=form(provider))
    admin.post(url(tenant), data=form(provider, client_secret="", button_text="Logg inn"))
    known = card(tenant)
    assert known is not None
    assert known.client_secret == SECRET
    assert known.button_text == "Logg inn"
    assert SECRET not in repr(known)
    assert SECRET not in admin.get(url(tenant)).get_data(as_text=True)
    with tenant_scope(tenant.id), raw_sql_allowed():
        stored = db.session.execute(text("SELECT client_secret FROM access_identity_provider")).scalars()
        assert all(SECRET not in one for one in stored)


WRONG = {
    "an address without https": ({"issuer": "http://id.example"}, "issuer"),
    "no secret": ({"client_secret": ""}, "client_secret"),
    "scopes without openid": ({"scopes": "email"}, "scopes"),
    "a role that is none": ({"role_0": "access.emperor"}, "role_0"),
    "a parameter that is ours": ({"parameters": "redirect_uri=https://evil.example"}, "parameters"),
    "a parameter without a value": ({"parameters": "ui_locales"}, "parameters"),
    "no issuer": ({"issuer": ""}, "issuer"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_kept_comes_back_with_a_message(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider, what: str
) -> None:
    changes, field = WRONG[what]
    page = page_of(admin.post(url(tenant), data=form(provider, **changes)), 422)
    assert page.error(field)
    assert page.value("button_text") == "Logg inn med jobbkonto"
    assert card(tenant) is None


TROUBLES = {
    "a wrong secret": (
        "/token",
        lambda _request: as_json({"error": "invalid_client"}, 401),
        "secret is wrong",
    ),
    "no keys": ("/jwks", lambda _request: as_json({"keys": []}), "no key"),
    "no service": (
        "/.well-known/openid-configuration",
        lambda _request: as_json({}, 404),
        "No sign-in service answers there",
    ),
    "another issuer": (
        "/.well-known/openid-configuration",
        lambda _request: as_json({"issuer": "https://evil.example"}),
        "calls itself something else",
    ),
}


@pytest.mark.parametrize("what", TROUBLES)
def test_the_test_says_in_plain_words_what_is_wrong(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider, what: str
) -> None:
    path, answer, words = TROUBLES[what]
    admin.post(url(tenant), data=form(provider))
    provider.answers[path] = answer
    assert words in page_of(admin.get(admin.post(url(tenant, "/check")).location)).root.text
    known = card(tenant)
    assert known is not None
    assert known.checked_at is None


def test_turned_off_it_lets_nobody_in_any_more(
    app: Flask, admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    ready(tenant, admin, provider)
    told(admin, admin.post(url(tenant, "/off")))
    assert state(tenant) == ""
    assert app.test_client().get(f"/t/{tenant.slug}/sso").status_code == 404


def test_the_page_has_room_for_more_groups_than_are_filled(
    admin: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    more = {"value_1": "Advisers", "role_1": ADVISER, "value_2": "Left over", "role_2": ""}
    admin.post(url(tenant), data=form(provider, **more))
    known = card(tenant)
    assert known is not None
    assert known.role_map == (("Admins", ADMINISTRATOR), ("Advisers", ADVISER))
    page = page_of(admin.get(url(tenant)))
    assert page.value("value_1") == "Advisers"
    assert page.value("value_4") == ""


def test_a_stale_sign_in_is_asked_for_again_first(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:

    with clock.frozen(clock.now() - timedelta(minutes=20)):
        admin = signed_in(app, tenant.admin_email)
    answer = admin.post(url(tenant), data=form(provider))
    assert answer.location.startswith("/sign-in/again")
    assert card(tenant) is None


def test_an_offered_provider_is_shown_as_in_use(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    offer(tenant, provider)
    assert "In use" in page_of(signed_in(app, tenant.admin_email).get(url(tenant))).text
