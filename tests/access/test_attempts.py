"""Guessing passwords, and what an answer tells about whether somebody has an account."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import argon2.low_level
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from core.access import attempts, invitations
from core.access import service as access
from core.access.attempts import Kind, Locked, wait_after
from core.access.models import Account, Attempt
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting
from core.testing.factories import PASSWORD, MadeTenant, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from tests.tenants.test_sign_up import filled, free_place

WRONG = "another long password"
FIVE = {"known", "unknown", "unconfirmed", "without a password", "closed"}


@contextmanager
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every computation of argon2 while the block lasts."""
    made: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("hash_secret", "hash_secret_raw", "verify_secret"):
            real = getattr(argon2.low_level, name)

            def noted(*arguments: Any, _real: Any = real, _name: str = name, **options: Any) -> Any:
                made.append(_name)
                return _real(*arguments, **options)

            patch.setattr(argon2.low_level, name, noted)
        yield made


@pytest.fixture
def addresses(app: Flask) -> dict[str, str]:
    """One address for each state of an account, and one without."""
    tenant = make_tenant()
    with platform_scope("people for a test"), unit_of_work():
        access.new_account("vera@example.org", "Vera Venter", PASSWORD)
        access.new_account("uten@example.org", "Uten Passord", PASSWORD, confirmed=True).password = None
        access.new_account("lukket@example.org", "Lukket Konto", PASSWORD, confirmed=True).active = False
    return {
        "known": tenant.admin_email,
        "unknown": "nobody@example.org",
        "unconfirmed": "vera@example.org",
        "without a password": "uten@example.org",
        "closed": "lukket@example.org",
    }


def sign_in(client: FlaskClient, email: str, password: str = WRONG) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password})


def lock(client: FlaskClient, email: str) -> None:
    for _time in range(10):
        assert sign_in(client, email).status_code == 422


def test_a_wrong_password_costs_one_hash_whatever_the_account_is(
    client: FlaskClient, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(addresses) == FIVE
    for state, email in addresses.items():
        with hashes(monkeypatch) as made:
            assert sign_in(client, email).status_code == 422
        assert len(made) == 1, state


def test_a_right_password_costs_one_hash_too(
    app: Flask, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for state, email in addresses.items():
        with hashes(monkeypatch) as made:
            sign_in(app.test_client(), email, PASSWORD)
        assert len(made) == 1, state


def test_whoever_has_to_wait_costs_one_hash_too(
    client: FlaskClient, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for state, email in addresses.items():
        lock(client, email)
        with hashes(monkeypatch) as made:
            assert sign_in(client, email, PASSWORD).status_code == 429
        assert len(made) == 1, state


@pytest.mark.parametrize("password", ["", "x" * 129, "x" * 100_000])
def test_a_password_that_nobody_has_costs_one_hash(
    client: FlaskClient, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    for email in addresses.values():
        with hashes(monkeypatch) as made:
            assert sign_in(client, email, password).status_code == 422
        assert len(made) == 1


@pytest.mark.parametrize(("path", "cost"), [("/reset-password", 1), ("/confirm", 0)])
def test_asking_for_a_link_costs_the_same_for_everybody(
    client: FlaskClient, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch, path: str, cost: int
) -> None:
    for email in addresses.values():
        with hashes(monkeypatch) as made:
            assert client.post(path, data={"email": email}).location == "/sign-in"
        assert len(made) == cost


def test_signing_up_costs_one_hash_whether_or_not_the_address_is_known(
    client: FlaskClient, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    form, answers = filled(place_code=free_place("norway.municipality")), set()
    for state in ("known", "unknown"):
        with hashes(monkeypatch) as made:
            answer = client.post("/sign-up/norway.municipality", data=form | {"email": addresses[state]})
        assert len(made) == 1, state
        answers.add((answer.status_code, answer.location))
    assert answers == {(303, "/check-your-mail")}


@pytest.mark.parametrize(
    ("state", "password", "status"),
    [
        ("known", PASSWORD, 303),
        ("known", WRONG, 422),
        ("unknown", PASSWORD, 303),
        ("unconfirmed", PASSWORD, 303),
        ("without a password", PASSWORD, 422),
        ("closed", PASSWORD, 422),
    ],
)
def test_joining_costs_one_hash(
    app: Flask,
    client: FlaskClient,
    addresses: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    password: str,
    status: int,
) -> None:
    path = invited(app, make_tenant(), addresses[state])
    with hashes(monkeypatch) as made:
        answer = client.post(path, data={"password": password})
    assert len(made) == 1
    assert answer.status_code == status


def invited(app: Flask, tenant: MadeTenant, email: str) -> str:
    """The path of a personal link to join a tenant."""
    tokens: list[str] = []
    with acting(app, tenant):
        invitations.invite(email, "Ola Prøve", "access.reader", lambda token: tokens.append(token) or "link")
    return f"/t/{tenant.slug}/join/{tokens[0]}"


def test_guessing_at_a_link_to_join_is_counted_with_guessing_at_sign_in(
    app: Flask, client: FlaskClient, addresses: dict[str, str]
) -> None:
    path = invited(app, make_tenant(), addresses["known"])
    for _time in range(10):
        assert client.post(path, data={"password": WRONG}).status_code == 422
    answer = client.post(path, data={"password": PASSWORD})
    assert "Try again in 15 minutes" in page_of(answer, 429).text
    assert int(answer.headers["Retry-After"]) > 800
    assert sign_in(client, addresses["known"], PASSWORD).status_code == 429


@pytest.mark.parametrize("state", sorted(FIVE))
def test_ten_wrong_passwords_lock_the_address_whether_or_not_it_has_an_account(
    client: FlaskClient, addresses: dict[str, str], state: str
) -> None:
    email = addresses[state]
    lock(client, email)
    answer = sign_in(client, email, PASSWORD)
    page = page_of(answer, 429)
    assert "Too many attempts" in page.text
    assert "You can try again at" in page.text
    assert page.value("email") == email
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60


def test_the_words_are_the_readers_own(client: FlaskClient, addresses: dict[str, str]) -> None:
    lock(client, addresses["known"])
    client.set_cookie("language", "nb")
    assert page_of(sign_in(client, addresses["known"]), 429).root.first("html").attributes["lang"] == "nb"


def test_the_owner_of_a_locked_account_gets_one_mail_and_strangers_none(
    client: FlaskClient, addresses: dict[str, str]
) -> None:
    for state in ("known", "unknown"):
        lock(client, addresses[state])
        for _time in range(3):
            sign_in(client, addresses[state])
    (letter,) = letters_to(addresses["known"])
    assert "Too many attempts" in letter.subject
    assert letter.path == "/reset-password"
    assert letters_to(addresses["unknown"]) == []


def test_the_lock_opens_after_a_quarter_and_right_passwords_free_the_address(
    app: Flask, client: FlaskClient, addresses: dict[str, str]
) -> None:
    lock(client, addresses["known"])
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert sign_in(app.test_client(), addresses["known"], PASSWORD).status_code == 302
        assert sign_in(client, addresses["known"]).status_code == 422


def test_a_lock_on_one_address_is_none_on_another(
    app: Flask, client: FlaskClient, addresses: dict[str, str]
) -> None:
    lock(client, addresses["unknown"])
    assert signed_in(app, addresses["known"])


def test_the_spelling_of_an_address_makes_no_new_round(
    client: FlaskClient, addresses: dict[str, str]
) -> None:
    email = addresses["known"]
    for spelled in (email.upper(), f" {email}", email.title(), email, f"{email} "):
        for _time in range(2):
            sign_in(client, spelled)
    assert sign_in(client, email, PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (9, 0), (10, 15), (19, 15), (20, 30), (30, 60), (50, 240), (500, 240)]
)
def test_the_wait_grows_with_the_failures(failures: int, minutes: int) -> None:
    assert wait_after(failures) == timedelta(minutes=minutes)


def test_one_network_cannot_try_one_password_on_everybody(app: Flask, client: FlaskClient) -> None:
    email = make_tenant().admin_email
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        for number in range(200):
            attempts.begin(Kind.PASSWORD, f"person{number}@elsewhere.example")
        with pytest.raises(Locked):
            attempts.begin(Kind.PASSWORD, "one-more@elsewhere.example")
    there = {"REMOTE_ADDR": "192.0.2.250"}
    data = {"email": email, "password": PASSWORD}
    assert client.post("/sign-in", data=data, environ_base=there).status_code == 429
    assert client.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": "198.51.100.1"}).status_code == 302


def test_an_attempt_that_is_under_way_counts(app: Flask) -> None:
    """Ten that arrive together must not each see that nobody has failed yet."""
    with app.test_request_context():
        for _time in range(10):
            attempts.begin(Kind.PASSWORD, "many@example.org")
        with pytest.raises(Locked):
            attempts.begin(Kind.PASSWORD, "many@example.org")


@pytest.mark.parametrize("path", ["/reset-password", "/confirm"])
def test_an_address_gets_only_so_many_links_whether_or_not_it_is_known(
    client: FlaskClient, addresses: dict[str, str], path: str
) -> None:
    for state in ("unconfirmed", "unknown"):
        for _time in range(10):
            assert client.post(path, data={"email": addresses[state]}).status_code == 303
        answer = client.post(path, data={"email": addresses[state]})
        assert "Try again in" in page_of(answer, 429).text
        assert answer.headers["Retry-After"]
    assert len(letters_to(addresses["unconfirmed"])) == 10


def test_a_new_password_by_mail_opens_the_lock(app: Flask, client: FlaskClient) -> None:
    email = make_tenant().admin_email
    lock(client, email)
    client.post("/reset-password", data={"email": email})
    new = "blåbær under grønne trapper"
    client.post(letters_to(email)[-1].path, data={"password": new})
    assert sign_in(client, email, new).status_code == 302


def test_attempts_are_forgotten_after_a_month(app: Flask, client: FlaskClient) -> None:
    sign_in(client, "nobody@example.org")
    with clock.frozen(clock.now() + timedelta(days=29)):
        attempts.forget_old()
    assert db.session.scalars(select(Attempt)).all()
    with clock.frozen(clock.now() + timedelta(days=31)):
        attempts.forget_old()
    assert db.session.scalars(select(Attempt)).all() == []


def test_a_closed_account_is_out_at_once(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    with unit_of_work():
        db.session.execute(update(Account).where(Account.id == tenant.admin_id).values(active=False))
    assert browser.get("/account").location == "/sign-in?next=/account"
