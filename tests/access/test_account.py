"""One's own account: password, address, devices; and what a workplace may ask of it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access.methods import totp
from core.access.models import Account, AccountSession
from core.access.own.service import token_for
from core.kernel import clock
from core.kernel.database import db
from core.testing.factories import PASSWORD, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of

NEW_PASSWORD = "blåbær under grønne trapper"
NEW_ADDRESS = "ny.adresse@example.org"


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def test_the_page_says_where_i_work_and_as_what(app: Flask) -> None:
    tenant = make_tenant()
    page = page_of(signed_in(app, make_member(tenant, "access.reader")).get("/account"))
    assert f"/t/{tenant.slug}/" in page.links()
    assert ": Reader" in page.text


def test_the_language_of_an_account_is_chosen_on_its_page(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    assert browser.post("/account", data={"name": "Kari", "language": "da"}).status_code == 303
    assert page_of(browser.get("/account")).root.first("html").attributes["lang"] == "da"
    assert browser.post("/account", data={"name": "Kari", "language": "xx"}).status_code == 422


def test_my_attempts_are_shown_to_me_and_those_of_others_are_not(app: Flask) -> None:
    mine, theirs = make_tenant(), make_tenant()
    app.test_client().post("/sign-in", data={"email": mine.admin_email, "password": "wrong password"})
    text = page_of(signed_in(app, mine.admin_email).get("/account")).text
    assert len(re.findall("Password, right", text)) == 1
    assert len(re.findall("Password, wrong", text)) == 1
    assert (
        "wrong"
        not in page_of(signed_in(app, theirs.admin_email).get("/account")).text.partition("attempts")[2]
    )


def test_a_device_is_signed_out_from_another(app: Flask) -> None:
    tenant = make_tenant()
    other, browser = signed_in(app, tenant.admin_email), signed_in(app, tenant.admin_email)
    page = page_of(browser.get("/account"))
    (form,) = [one for one in page.root.all("form") if one.attributes["action"].endswith("/end")]
    assert browser.post(form.attributes["action"]).location == "/account"
    assert not is_in(other)
    assert is_in(browser)


def test_everywhere_else_is_signed_out_at_once(app: Flask) -> None:
    tenant = make_tenant()
    others = [signed_in(app, tenant.admin_email) for _device in range(3)]
    browser = signed_in(app, tenant.admin_email)
    browser.post("/account/sign-ins/end-others")
    assert not any(is_in(other) for other in others)
    assert is_in(browser)


def test_nobody_ends_a_session_of_somebody_else(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    theirs = db.session.scalars(select(AccountSession.id)).one()
    signed_in(app, make_tenant().admin_email).post(f"/account/sign-ins/{theirs}/end")
    assert is_in(browser)


def test_a_new_password_signs_other_devices_out_and_is_told_by_mail(app: Flask) -> None:
    tenant = make_tenant()
    other, browser = signed_in(app, tenant.admin_email), signed_in(app, tenant.admin_email)
    answer = browser.post("/account/password", data={"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert answer.location == "/account"
    assert is_in(browser)
    assert not is_in(other)
    assert letters_to(tenant.admin_email)[-1].subject == "Your password in Fotfeste was changed"
    data = {"email": tenant.admin_email, "password": NEW_PASSWORD}
    assert app.test_client().post("/sign-in", data=data).status_code == 302


@pytest.mark.parametrize(
    ("password", "new", "field"),
    [
        ("wrong password", NEW_PASSWORD, "password"),
        ("", NEW_PASSWORD, "password"),
        (PASSWORD, "kort", "new_password"),
        (PASSWORD, "password123", "new_password"),
        (PASSWORD, "", "new_password"),
        (PASSWORD, "x" * 129, "new_password"),
    ],
)
def test_a_password_changes_only_by_the_old_one_into_a_good_one(
    app: Flask, password: str, new: str, field: str
) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    page = page_of(browser.post("/account/password", data={"password": password, "new_password": new}), 422)
    assert page.error(field)
    assert signed_in(app, tenant.admin_email)


def test_guessing_the_old_password_is_locked(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    data = {"password": "wrong password", "new_password": NEW_PASSWORD}
    for _time in range(10):
        assert browser.post("/account/password", data=data).status_code == 422
    answer = browser.post("/account/password", data=data | {"password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]


def test_an_address_changes_when_its_own_mail_is_answered(app: Flask) -> None:
    tenant = make_tenant()
    other, browser = signed_in(app, tenant.admin_email), signed_in(app, tenant.admin_email)
    assert browser.post("/account/e-mail", data={"email": NEW_ADDRESS.upper()}).location == "/account"
    (letter,) = letters_to(NEW_ADDRESS)
    assert signed_in(app, tenant.admin_email)
    assert NEW_ADDRESS in page_of(browser.get(letter.path)).text
    assert browser.post(letter.path).location == "/account"
    assert not is_in(other)
    assert "address of your account was changed" in letters_to(tenant.admin_email)[-1].body
    assert signed_in(app, NEW_ADDRESS)
    assert browser.get(letter.path).status_code == 410


def test_an_address_that_is_taken_is_told_to_nobody_and_taken_from_nobody(app: Flask) -> None:
    mine, theirs = make_tenant(), make_tenant()
    browser = signed_in(app, mine.admin_email)
    answers = []
    for email in (theirs.admin_email, NEW_ADDRESS):
        browser.post("/account/e-mail", data={"email": email})
        answers.append(page_of(browser.get("/account")).text.partition("is on its way")[0])
    assert answers[0] == answers[1]
    assert letters_to(theirs.admin_email) == []
    account = db.session.get_one(Account, mine.admin_id)
    assert browser.post(f"/account/e-mail/{token_for(account, theirs.admin_email)}").status_code == 409


@pytest.mark.parametrize("token", ["x", "WyJ4Il0.made.up"])
def test_a_link_that_nobody_made_changes_nothing(client: FlaskClient, token: str) -> None:
    assert client.get(f"/account/e-mail/{token}").status_code == 404
    assert client.post(f"/account/e-mail/{token}").status_code == 404


def test_a_link_to_a_new_address_lasts_a_day(app: Flask, client: FlaskClient) -> None:
    token = token_for(db.session.get_one(Account, make_tenant().admin_id), NEW_ADDRESS)
    assert client.get(f"/account/e-mail/{token}").status_code == 200
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert client.post(f"/account/e-mail/{token}").status_code == 410


def choose(browser: FlaskClient, slug: str, rule: str) -> None:
    answer = browser.post(f"/t/{slug}/settings/second-factor", data={"second_factor": rule})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("rule", "role", "asked"),
    [
        ("", "access.administrator", False),
        ("wide", "access.administrator", True),
        ("wide", "access.reader", False),
        ("everybody", "access.reader", True),
    ],
)
def test_a_workplace_decides_who_must_show_more_than_a_password(
    app: Flask, rule: str, role: str, asked: bool
) -> None:
    tenant = make_tenant()
    home = f"/t/{tenant.slug}/"
    member = signed_in(app, make_member(tenant, role))
    choose(signed_in(app, tenant.admin_email), tenant.slug, rule)
    answer = member.get(home)
    if asked:
        assert answer.location == f"/account/second-factor?next={home}"
    else:
        assert answer.status_code == 200


def test_whoever_is_asked_sets_it_up_and_comes_in(app: Flask) -> None:
    tenant = make_tenant()
    home = f"/t/{tenant.slug}/"
    browser = signed_in(app, tenant.admin_email)
    choose(browser, tenant.slug, "everybody")
    page = page_of(browser.get(browser.get(home).location))
    way = next(link for link in page.links() if link.startswith("/account/authenticator"))
    page = page_of(browser.get(way))
    assert page.value("next") == home
    secret = next(one.text for one in page.root.all("dd")).replace(" ", "")
    code = totp.code_of(secret, totp.step_at(clock.now()))
    page = page_of(browser.post("/account/authenticator", data={"code": code, "next": home}))
    assert home in page.links()
    assert browser.get(home).status_code == 200


def test_what_one_workplace_asks_is_not_asked_in_another(app: Flask) -> None:
    strict, other = make_tenant(), make_tenant()
    choose(signed_in(app, strict.admin_email), strict.slug, "everybody")
    assert signed_in(app, other.admin_email).get(f"/t/{other.slug}/").status_code == 200


def test_a_rule_that_does_not_exist_is_refused(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    data = {"second_factor": "sometimes"}
    assert browser.post(f"/t/{tenant.slug}/settings/second-factor", data=data).status_code == 422


POSTS = (
    "/sign-in",
    "/sign-in/passkey",
    "/sign-in/second",
    "/sign-in/again",
    "/sign-out",
    "/account",
    "/account/password",
    "/account/e-mail",
    "/account/authenticator",
    "/account/authenticator/remove",
    "/account/recovery-codes",
    "/account/passkeys",
    "/account/passkeys/00000000-0000-0000-0000-000000000000/remove",
    "/account/sign-ins/00000000-0000-0000-0000-000000000000/end",
    "/account/sign-ins/end-others",
    "/reset-password",
    "/confirm",
)


@pytest.mark.parametrize("path", POSTS)
def test_no_form_of_signing_in_is_sent_from_another_site(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)  # noqa: FBT003
    for token in ("", "made-up"):
        page = page_of(browser.post(path, data={"csrf_token": token, "name": "Kari"}), 400)
        assert "open for too long" in page.text
    assert is_in(browser)


def test_a_form_with_its_own_token_is_taken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)  # noqa: FBT003
    token = page_of(browser.get("/account")).value("csrf_token")
    assert browser.post("/account", data={"csrf_token": token, "name": "Kari"}).status_code == 303


def test_a_token_from_before_signing_in_is_worth_nothing_after_it(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)  # noqa: FBT003
    token = page_of(client.get("/sign-in")).value("csrf_token")
    data = {"email": make_tenant().admin_email, "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=data).status_code == 302
    assert client.post("/account", data={"csrf_token": token, "name": "Kari"}).status_code == 400


@pytest.mark.parametrize("path", ["/reset-password", "/sign-in", "/account/e-mail"])
def test_a_false_host_reaches_neither_mail_nor_redirect(app: Flask, path: str) -> None:
    tenant = make_tenant()
    browser = app.test_client() if path == "/sign-in" else signed_in(app, tenant.admin_email)
    email = NEW_ADDRESS if path == "/account/e-mail" else tenant.admin_email
    false = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    if path != "/sign-in":
        browser.set_cookie("session", browser.get_cookie("session").value, domain="evil.example")  # type: ignore[union-attr]
    answer = browser.post(path, data={"email": email, "password": PASSWORD}, headers=false)
    assert answer.location.startswith("/")
    assert all(link.startswith("http://localhost/") for one in letters_to(email) for link in one.links)
    assert "evil" not in "".join(one.body for one in letters_to(email))


def test_a_line_break_in_a_name_adds_no_head_to_a_mail(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    for name in ("Kari\r\nBcc: all@example.org", "Kari\nSubject: x"):
        assert browser.post("/account", data={"name": name}).status_code in {303, 422}
        assert "\n" not in page_of(browser.get("/account")).value("name")
