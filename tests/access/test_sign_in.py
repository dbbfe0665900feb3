from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.access import service as access
from core.access.models import Account
from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import PASSWORD, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of

NEW_PASSWORD = "blåbær under grønne trapper"
UNCONFIRMED = "venter@example.org"


@pytest.fixture
def unconfirmed(app: Flask) -> str:
    with platform_scope("a person for a test"), unit_of_work():
        access.new_account(UNCONFIRMED, "Vera Venter", PASSWORD)
    return UNCONFIRMED


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_password_is_stored_as_argon2(app: Flask) -> None:
    tenant = make_tenant()
    stored = db.session.scalar(select(Account.password).where(Account.id == tenant.admin_id))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


def test_signing_in_leads_to_the_only_workplace(app: Flask, client: FlaskClient) -> None:
    tenant = make_tenant()
    assert sign_in(client, tenant.admin_email).location == "/tenants"
    assert client.get("/tenants").location == f"/t/{tenant.slug}/"


def test_the_case_of_the_address_does_not_matter(app: Flask, client: FlaskClient) -> None:
    assert sign_in(client, make_tenant().admin_email.upper()).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        ("<script>alert(1)</script>@example.org", "<script>"),
        ("a" * 5000 + "@example.org", "b" * 5000),
    ],
)
def test_a_failed_sign_in_says_the_same_whatever_is_wrong(
    client: FlaskClient, email: str, password: str
) -> None:
    page = page_of(sign_in(client, email, password), 422)
    assert "do not belong together" in page.text
    assert page.value("password") == ""


def test_a_wrong_password_keeps_the_address_and_tells_nothing_more(app: Flask, client: FlaskClient) -> None:
    email = make_tenant().admin_email
    page = page_of(sign_in(client, email, "wrong but long enough"), 422)
    assert "do not belong together" in page.text
    assert page.value("email") == email


@pytest.mark.parametrize("path", ["/sign-in", "/reset-password", "/confirm", "/reset-password/token"])
def test_a_null_byte_is_refused_everywhere(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"email": "a\0b@example.org", "password": "a\0b"})
    assert answer.status_code == 400


def test_an_unconfirmed_address_is_told_how_to_get_the_link_again(
    client: FlaskClient, unconfirmed: str
) -> None:
    page = page_of(sign_in(client, unconfirmed), 422)
    assert "Confirm your e-mail address first" in page.text
    form = page.root.first("form", action="/confirm")
    assert form.first("input", name="email").attributes["value"] == unconfirmed


def test_an_unconfirmed_address_is_not_told_to_somebody_without_the_password(
    client: FlaskClient, unconfirmed: str
) -> None:
    page = page_of(sign_in(client, unconfirmed, "another long password"), 422)
    assert "do not belong together" in page.text
    assert "Confirm your e-mail address first" not in page.text


def test_the_link_confirms_the_address_and_a_second_click_does_no_harm(
    client: FlaskClient, unconfirmed: str
) -> None:
    assert client.post("/confirm", data={"email": unconfirmed}).status_code == 303
    (letter,) = letters_to(unconfirmed)
    assert letter.links[0].startswith("http://localhost/confirm/")
    assert "Vera Venter" in letter.body
    client.get(letter.path)
    assert "confirmed" in page_of(client.get("/sign-in")).text
    again = client.get(letter.path)
    assert again.location == "/sign-in"
    assert sign_in(client, unconfirmed).status_code == 302


@pytest.mark.parametrize(("path", "words"), [("/confirm", "3 days"), ("/reset-password", "2 hours")])
def test_a_dead_link_offers_a_new_one(client: FlaskClient, path: str, words: str) -> None:
    page = page_of(client.get(f"{path}/WyJ4Il0.made.up"), 410)
    assert "no longer works" in page.text
    assert words in page.text
    assert page.root.first("form", action=path).first("input", name="email")


@pytest.mark.parametrize("path", ["/confirm", "/reset-password"])
@pytest.mark.parametrize("email", ["", "no address", "a" * 400 + "@example.org"])
def test_asking_for_a_mail_needs_an_address(client: FlaskClient, path: str, email: str) -> None:
    page = page_of(client.post(path, data={"email": email}), 422)
    assert page.error("email")


@pytest.mark.parametrize("path", ["/confirm", "/reset-password"])
def test_asking_for_a_mail_tells_nobody_which_addresses_are_known(
    app: Flask, client: FlaskClient, path: str
) -> None:
    known = make_tenant().admin_email
    answers = []
    for email in (known, "nobody@example.org"):
        assert client.post(path, data={"email": email}).location == "/sign-in"
        answers.append(page_of(client.get("/sign-in")).text)
    assert answers[0] == answers[1]
    assert letters_to("nobody@example.org") == []


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(app: Flask, client: FlaskClient) -> None:
    email = make_tenant().admin_email
    client.post("/reset-password", data={"email": email})
    (letter,) = letters_to(email)
    assert page_of(client.get(letter.path)).heading == "Choose a new password"
    assert client.post(letter.path, data={"password": NEW_PASSWORD}).location == "/sign-in"
    assert letters_to(email)[1].subject == "Your password in Fotfeste was changed"
    assert sign_in(app.test_client(), email).status_code == 422
    assert sign_in(app.test_client(), email, NEW_PASSWORD).status_code == 302
    assert client.get(letter.path).status_code == 410
    assert client.post(letter.path, data={"password": PASSWORD}).status_code == 410


def test_a_new_password_must_be_good(app: Flask, client: FlaskClient) -> None:
    email = make_tenant().admin_email
    client.post("/reset-password", data={"email": email})
    path = letters_to(email)[0].path
    for bad in ("", "kort", "password123", email):
        assert page_of(client.post(path, data={"password": bad}), 422).error("password")


def test_a_new_password_by_mail_confirms_the_address_too(client: FlaskClient, unconfirmed: str) -> None:
    client.post("/reset-password", data={"email": unconfirmed})
    client.post(letters_to(unconfirmed)[0].path, data={"password": NEW_PASSWORD})
    assert sign_in(client, unconfirmed, NEW_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%09/evil",
    ],
)
def test_nobody_is_led_to_another_site(app: Flask, client: FlaskClient, elsewhere: str) -> None:
    email = make_tenant().admin_email
    page = page_of(client.get("/sign-in", query_string={"next": elsewhere}))
    offered = page.value("next")
    assert "evil.example" not in offered
    assert "javascript" not in offered
    location = sign_in(client, email, next=elsewhere).location
    assert "\\" not in location
    assert urljoin("http://localhost/sign-in", location).startswith("http://localhost/")


def test_after_sign_in_one_comes_back_to_the_page_one_wanted(app: Flask, client: FlaskClient) -> None:
    tenant = make_tenant()
    wanted = f"/t/{tenant.slug}/people"
    asked = client.get(wanted)
    assert asked.location == f"/sign-in?next={wanted}"
    assert page_of(client.get(asked.location)).value("next") == wanted
    assert sign_in(client, tenant.admin_email, next=wanted).location == wanted


def test_signing_out_is_a_button(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out").location == "/"
    assert browser.get("/tenants").location.startswith("/sign-in")


def test_a_form_without_its_token_is_refused(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)  # noqa: FBT003
    home = f"/t/{tenant.slug}"
    for path in ("/sign-in", "/sign-out", "/account", f"{home}/settings", f"{home}/people/invite"):
        page = page_of(browser.post(path, data={"email": tenant.admin_email}), 400)
        assert "open for too long" in page.text


def test_somebody_with_two_workplaces_chooses(app: Flask) -> None:
    first, second = make_tenant(), make_tenant()
    with platform_scope("a person for a test"), unit_of_work():
        access.add_member(first.admin_id, "access.reader", tenant_id=second.id)
    page = page_of(signed_in(app, first.admin_email).get("/tenants"))
    assert {f"/t/{first.slug}/", f"/t/{second.slug}/"} == set(page.links())
    assert "Reader" in page.text


def test_somebody_without_a_workplace_is_told_what_to_do(app: Flask, client: FlaskClient) -> None:
    with platform_scope("a person for a test"), unit_of_work():
        access.new_account("alene@example.org", "Alene Prøve", PASSWORD, confirmed=True)
    sign_in(client, "alene@example.org")
    page = page_of(client.get("/tenants"))
    assert "Ask an administrator" in page.text
    assert page.links() == ["/sign-up"]


def test_the_account_page_changes_the_name(app: Flask) -> None:
    browser = signed_in(app, make_member(make_tenant(), "access.reader"))
    assert page_of(browser.get("/account")).value("name") == "Kari Prøve"
    assert browser.post("/account", data={"name": "  Kari   Prøvesen "}).status_code == 303
    assert page_of(browser.get("/account")).value("name") == "Kari Prøvesen"


@pytest.mark.parametrize("name", ["", " ", "x" * 161, "Kari\0Prøve", "Kari\u202eevørP"])
def test_a_name_must_be_text_that_can_be_shown(app: Flask, name: str) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    assert page_of(browser.post("/account", data={"name": name}), 422).error("name")


def test_a_script_as_name_stays_text(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    browser.post("/account", data={"name": "<script>alert(1)</script>"})
    page = page_of(browser.get("/account"))
    assert page.value("name") == "<script>alert(1)</script>"
    assert all("src" in one.attributes for one in page.root.all("script"))
