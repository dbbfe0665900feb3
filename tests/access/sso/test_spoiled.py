"""Everything that somebody could spoil on the way back, through the pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.kernel import clock
from core.testing.factories import MadeTenant, make_tenant
from core.testing.pages import page_of
from tests.access.sso.provider import OTHER_KEY, FakeProvider, as_json, serving
from tests.access.sso.setting import back, identities, leave, offer

GROUPS = {"groups": ["Advisers"]}


@pytest.fixture
def tenant(app: Flask, provider: FakeProvider) -> MadeTenant:
    made = make_tenant()
    offer(made, provider)
    return made


def refused(client: FlaskClient, tenant: MadeTenant, answer: Any, words: str) -> None:
    assert words in page_of(answer, 400).text
    assert identities(tenant) == []
    assert client.get(f"/t/{tenant.slug}/").status_code == 302


def spoil_signature(provider: FakeProvider) -> None:
    head, body, seal = provider.identity_token().split(".")
    provider.token = f"{head}.{body}.{seal[:-4]}AAAA"


def sign_with_another(provider: FakeProvider) -> None:
    provider.signing_key = OTHER_KEY


def name_an_unknown_key(provider: FakeProvider) -> None:
    provider.signing_key, provider.header = OTHER_KEY, {"alg": "RS256", "kid": "two"}


def forget_the_signature(provider: FakeProvider) -> None:
    _head, body, _seal = provider.identity_token().split(".")
    provider.token = f"eyJhbGciOiJub25lIn0.{body}."


def change(**claims: Any) -> Callable[[FakeProvider], None]:
    return lambda provider: provider.claims.update(claims)


def answer_with(document: Any, status: int) -> Callable[[FakeProvider], None]:
    return lambda provider: provider.answers.update({"/token": lambda _request: as_json(document, status)})


SPOILS: dict[str, tuple[Callable[[FakeProvider], None], str]] = {
    "a wrong nonce": (change(nonce="another"), "another sign-in"),
    "a wrong audience": (change(aud="another"), "meant for another service"),
    "a wrong issuer": (change(iss="https://evil.example"), "another sign-in service"),
    "an old token": (change(exp=1), "too old"),
    "no signature": (forget_the_signature, "not signed in a way"),
    "a changed signature": (spoil_signature, "not signed by it"),
    "another signature": (sign_with_another, "not signed by it"),
    "an unknown key": (name_an_unknown_key, "a key that it does not show"),
    "no token": (answer_with({}, 200), "did not say who you are"),
    "a code that is used up": (answer_with({"error": "invalid_grant"}, 400), "did not accept the answer"),
    "a secret that is wrong": (answer_with({"error": "invalid_client"}, 401), "the secret is wrong"),
}


@pytest.mark.parametrize("what", SPOILS)
def test_nobody_comes_in_with(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider, what: str
) -> None:
    spoil, words = SPOILS[what]
    left = leave(client, tenant)
    provider.speak_of(left.asked["nonce"], **GROUPS)
    spoil(provider)
    refused(client, tenant, back(client, tenant, left.state), words)


def test_a_state_of_another_browser_is_refused(
    app: Flask, client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    """Nobody can be signed in to somebody else's account by a link."""
    attacker = leave(app.test_client(), tenant)
    provider.speak_of(attacker.asked["nonce"], **GROUPS)
    refused(client, tenant, back(client, tenant, attacker.state), "cannot tie this answer")
    assert provider.asked == [], "the code is not even tried"


def test_an_answer_is_taken_once(client: FlaskClient, tenant: MadeTenant, provider: FakeProvider) -> None:
    left = leave(client, tenant)
    provider.speak_of(left.asked["nonce"], **GROUPS)
    assert back(client, tenant, left.state).status_code == 302
    again = back(client, tenant, left.state)
    assert "cannot tie this answer" in page_of(again, 400).text
    assert len(provider.asked) == 1


def test_an_answer_without_state_is_refused(client: FlaskClient, tenant: MadeTenant) -> None:
    leave(client, tenant)
    for state in ("", "unknown"):
        refused(client, tenant, back(client, tenant, state), "cannot tie this answer")


def test_an_answer_that_comes_too_late_is_refused(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    with clock.frozen(clock.now() - timedelta(minutes=11)):
        left = leave(client, tenant)
    provider.speak_of(left.asked["nonce"], **GROUPS)
    refused(client, tenant, back(client, tenant, left.state), "cannot tie this answer")


def test_an_answer_for_one_tenant_opens_no_other(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    other = make_tenant()
    offer(other, provider)
    left = leave(client, tenant)
    provider.speak_of(left.asked["nonce"], **GROUPS)
    refused(client, other, back(client, other, left.state), "cannot tie this answer")


def test_an_answer_of_another_provider_is_refused(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    """Mix-up: the answer says whose it is, and it is not from whom we sent the person to."""
    left = leave(client, tenant)
    provider.speak_of(left.asked["nonce"], **GROUPS)
    answer = back(client, tenant, left.state, iss="https://evil.example")
    refused(client, tenant, answer, "another sign-in service")
    assert provider.asked == []


def test_a_provider_that_promises_to_name_itself_must(app: Flask, client: FlaskClient) -> None:
    with serving() as provider:
        provider.document = {"authorization_response_iss_parameter_supported": True}
        tenant = make_tenant()
        offer(tenant, provider)
        left = leave(client, tenant)
        provider.speak_of(left.asked["nonce"], **GROUPS)
        refused(client, tenant, back(client, tenant, left.state), "another sign-in service")


def test_two_sign_ins_in_two_tabs_both_work(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    first, second = leave(client, tenant), leave(client, tenant)
    provider.speak_of(first.asked["nonce"], **GROUPS)
    assert back(client, tenant, first.state).status_code == 302
    assert first.state != second.state


def test_a_cookie_does_not_grow_with_sign_ins_that_never_ended(
    client: FlaskClient, tenant: MadeTenant
) -> None:
    states = [leave(client, tenant, "?next=/" + "a" * 100).state for _number in range(10)]
    with client.session_transaction() as cookie:
        assert set(cookie["sso_flows"]) == set(states[-4:])


def test_a_level_that_is_too_low_is_refused(client: FlaskClient, provider: FakeProvider) -> None:
    tenant = make_tenant()
    offer(tenant, provider, levels="substantial high")
    left = leave(client, tenant)
    assert left.asked["acr_values"] == "substantial high"
    provider.speak_of(left.asked["nonce"], acr="low", **GROUPS)
    refused(client, tenant, back(client, tenant, left.state), "stronger way")


def test_what_a_tenant_adds_never_takes_the_place_of_what_protects(
    client: FlaskClient, provider: FakeProvider
) -> None:
    tenant = make_tenant()
    offer(tenant, provider, parameters={"ui_locales": "nb", "nonce": "fixed", "state": "fixed"})
    left = leave(client, tenant)
    assert left.asked["ui_locales"] == "nb"
    assert left.asked["nonce"] != "fixed"
    assert left.state != "fixed"


def test_a_provider_that_does_not_answer_is_said_in_words(app: Flask, client: FlaskClient) -> None:
    tenant = make_tenant()
    with serving() as gone:
        pass
    offer(tenant, gone)
    answer = client.get(f"/t/{tenant.slug}/sso")
    assert "No sign-in service answers there" in page_of(answer, 400).text
