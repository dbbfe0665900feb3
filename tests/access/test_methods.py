import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, cast, select, type_coerce, update
from werkzeug.test import TestResponse

from core import cli
from core.access.methods import totp
from core.access.models import Account, AccountSession, Attempt, Passkey, RecoveryCode
from core.kernel import clock
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import PASSWORD, MadeTenant, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import Page, page_of
from core.testing.passkeys import PRESENT, Device

KNOWN = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of the examples in RFC 6238: the digits 1 to 0, twice."""


def key_on(page: Page) -> str:
    return next(one.text for one in page.root.all("dd")).replace(" ", "")


def code_now(secret: str, later: int = 0) -> str:
    return totp.code_of(secret, totp.step_at(clock.now()) + later)


def with_app(app: Flask, tenant: MadeTenant) -> tuple[FlaskClient, str, list[str]]:
    """A browser of the administrator, who has set up an app: its secret and the recovery codes."""
    browser = signed_in(app, tenant.admin_email)
    secret = key_on(page_of(browser.get("/account/authenticator")))
    page = page_of(browser.post("/account/authenticator", data={"code": code_now(secret)}))
    return browser, secret, [one.text for one in page.root.all("code")]


def half_way(app: Flask, email: str, target: str = "/account") -> FlaskClient:
    """A browser that has shown the password and is asked for more."""
    browser = app.test_client()
    answer = browser.post("/sign-in", data={"email": email, "password": PASSWORD, "next": target})
    assert answer.location == f"/sign-in/second?next={target}"
    return browser


def second(browser: FlaskClient, code: str, target: str = "/account") -> TestResponse:
    return browser.post("/sign-in/second", data={"code": code, "next": target})


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert totp.code_of(KNOWN, totp.step_at(datetime.fromtimestamp(at, UTC))) == code


@pytest.mark.parametrize(("seconds", "fits"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(seconds: int, fits: bool) -> None:
    now = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
    code = totp.code_of(KNOWN, totp.step_at(now + timedelta(seconds=seconds)))
    assert (totp.matching_step(KNOWN, code, now) is not None) is fits


def test_an_app_is_set_up_by_its_first_code(app: Flask) -> None:
    tenant = make_tenant()
    browser, secret, codes = with_app(app, tenant)
    assert len(set(codes)) == 10
    page = page_of(browser.get("/account"))
    assert "In use" in page.text
    assert "10 codes are left" in page.text
    assert letters_to(tenant.admin_email)[-1].subject == "The way you sign in to Fotfeste was changed"
    assert secret not in page.text


def test_the_secret_is_shown_as_text_and_as_a_picture_of_ours(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    page = page_of(browser.get("/account/authenticator"))
    assert re.fullmatch("[A-Z2-7]{32}", key_on(page))
    picture = page.root.first("main").first("img").attributes["src"]
    assert picture.startswith("data:image/svg+xml;base64,")
    assert key_on(page) == key_on(page_of(browser.get("/account/authenticator")))


def test_a_wrong_code_sets_nothing_up(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    secret = key_on(page_of(browser.get("/account/authenticator")))
    wrong = browser.post("/account/authenticator", data={"code": code_now(secret, later=5)})
    page = page_of(wrong, 422)
    assert page.error("code")
    assert key_on(page) == secret
    assert signed_in(app, tenant.admin_email)


def test_neither_secret_nor_recovery_codes_lie_readable_in_the_database(app: Flask) -> None:
    tenant = make_tenant()
    _browser, secret, codes = with_app(app, tenant)
    query = select(type_coerce(cast(Account.totp_secret, String), String)).where(
        Account.id == tenant.admin_id
    )
    stored = db.session.scalar(query)
    assert stored
    assert secret not in stored
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(hashes) == 10
    assert not {*codes, *(one.replace("-", "") for one in codes)} & set(hashes)


def test_with_an_app_the_password_alone_opens_nothing(app: Flask) -> None:
    tenant = make_tenant()
    _browser, secret, _codes = with_app(app, tenant)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        browser = half_way(app, tenant.admin_email)
        assert not is_in(browser)
        assert page_of(browser.get("/sign-in/second?next=/account")).heading == "Confirm that it is you"
        assert second(browser, code_now(secret)).location == "/account"
        assert is_in(browser)
        newest = select(AccountSession.ways).order_by(AccountSession.id.desc()).limit(1)
        assert db.session.scalar(newest) == ["password", "code"]


def test_a_code_opens_the_door_once(app: Flask) -> None:
    tenant = make_tenant()
    _browser, secret, _codes = with_app(app, tenant)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        code = code_now(secret)
        assert second(half_way(app, tenant.admin_email), code).status_code == 303
        again = page_of(second(half_way(app, tenant.admin_email), code), 422)
        assert "has been used" in again.error("code")
        earlier = code_now(secret, later=-1)
        assert second(half_way(app, tenant.admin_email), earlier).status_code == 422
        assert second(half_way(app, tenant.admin_email), code_now(secret, later=1)).status_code == 303


def test_the_code_that_set_the_app_up_does_not_sign_in(app: Flask) -> None:
    tenant = make_tenant()
    with clock.frozen(clock.now()):
        _browser, secret, _codes = with_app(app, tenant)
        assert second(half_way(app, tenant.admin_email), code_now(secret)).status_code == 422


def test_a_recovery_code_opens_the_door_once_however_it_is_typed(app: Flask) -> None:
    tenant = make_tenant()
    _browser, _secret, codes = with_app(app, tenant)
    typed = codes[3].upper().replace("-", " ")
    assert second(half_way(app, tenant.admin_email), typed).status_code == 303
    assert "9 are left" in letters_to(tenant.admin_email)[-1].body
    assert second(half_way(app, tenant.admin_email), typed).status_code == 422


def test_new_recovery_codes_replace_the_old_ones(app: Flask) -> None:
    tenant = make_tenant()
    browser, _secret, old = with_app(app, tenant)
    page = page_of(browser.post("/account/recovery-codes"))
    new = [one.text for one in page.root.all("code")]
    assert not set(new) & set(old)
    assert second(half_way(app, tenant.admin_email), old[0]).status_code == 422
    assert second(half_way(app, tenant.admin_email), new[0]).status_code == 303


def test_recovery_codes_of_somebody_else_open_nothing(app: Flask) -> None:
    mine, theirs = make_tenant(), make_tenant()
    with_app(app, mine)
    _browser, _secret, codes = with_app(app, theirs)
    assert second(half_way(app, mine.admin_email), codes[0]).status_code == 422


def test_without_a_second_factor_there_are_no_recovery_codes(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    assert browser.post("/account/recovery-codes").status_code == 409


def test_removing_the_app_removes_its_codes_and_tells_the_owner(app: Flask) -> None:
    tenant = make_tenant()
    browser, _secret, _codes = with_app(app, tenant)
    assert browser.post("/account/authenticator/remove").location == "/account"
    assert "was removed" in letters_to(tenant.admin_email)[-1].body
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert signed_in(app, tenant.admin_email)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/account/authenticator"),
        ("POST", "/account/authenticator"),
        ("POST", "/account/authenticator/remove"),
        ("POST", "/account/recovery-codes"),
        ("GET", "/account/passkeys"),
        ("POST", "/account/passkeys"),
        ("POST", "/account/passkeys/00000000-0000-0000-0000-000000000000/remove"),
        ("GET", "/account/second-factor"),
        ("GET", "/account/e-mail"),
        ("POST", "/account/e-mail"),
    ],
)
def test_ways_to_sign_in_change_only_after_a_fresh_sign_in(app: Flask, method: str, path: str) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert browser.open(path, method=method).location.startswith("/sign-in/again?next=")


def test_setting_up_a_second_factor_signs_every_other_device_out(app: Flask) -> None:
    tenant = make_tenant()
    other = signed_in(app, tenant.admin_email)
    browser, _secret, _codes = with_app(app, tenant)
    assert is_in(browser)
    assert not is_in(other)


def test_the_second_step_is_remembered_for_ten_minutes(app: Flask) -> None:
    tenant = make_tenant()
    _browser, secret, _codes = with_app(app, tenant)
    browser = half_way(app, tenant.admin_email)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert browser.get("/sign-in/second").location == "/sign-in"
        assert second(browser, code_now(secret)).location == "/sign-in"
        assert not is_in(browser)


def test_the_second_step_needs_the_first(client: FlaskClient) -> None:
    assert client.get("/sign-in/second").location == "/sign-in"
    assert second(client, "123456").location == "/sign-in"


def test_guessing_codes_is_locked_and_the_password_opens_no_new_round(app: Flask) -> None:
    tenant = make_tenant()
    _browser, secret, _codes = with_app(app, tenant)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        wrong = code_now(secret, later=100)
        for _time in range(10):
            assert second(half_way(app, tenant.admin_email), wrong).status_code == 422
        answer = second(half_way(app, tenant.admin_email), code_now(secret))
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) == 15 * 60
        assert "Too many attempts" in page_of(answer, 429).text
    with clock.frozen(clock.now() + timedelta(minutes=17)):
        assert second(half_way(app, tenant.admin_email), code_now(secret)).status_code == 303


def with_passkey(app: Flask, tenant: MadeTenant) -> tuple[FlaskClient, Device]:
    """A browser of the administrator, who has added a passkey."""
    browser, device = signed_in(app, tenant.admin_email), Device()
    answer = add(browser, device)
    assert len(list(page_of(answer).root.all("code"))) == 10
    return browser, device


def add(browser: FlaskClient, device: Device, name: str = "Min mobil") -> TestResponse:
    answer = device.create(question_on(browser, "/account/passkeys"))
    return browser.post("/account/passkeys", data={"name": name, "answer": answer})


def question_on(browser: FlaskClient, path: str) -> str:
    page = page_of(browser.get(path))
    return next(
        form.attributes["data-question"]
        for form in page.root.all("form")
        if "data-question" in form.attributes
    )


def by_passkey(browser: FlaskClient, answer: str, target: str = "/account") -> TestResponse:
    return browser.post("/sign-in/passkey", data={"answer": answer, "next": target})


def test_a_passkey_signs_in_alone(app: Flask) -> None:
    tenant = make_tenant()
    _browser, device = with_passkey(app, tenant)
    browser = app.test_client()
    answer = by_passkey(browser, device.get(question_on(browser, "/sign-in")))
    assert answer.location == "/account"
    page = page_of(browser.get("/account"))
    assert "Min mobil" in page.text
    assert "last used" in page.text


def test_a_passkey_is_the_second_step_after_a_password(app: Flask) -> None:
    tenant = make_tenant()
    _browser, device = with_passkey(app, tenant)
    browser = half_way(app, tenant.admin_email)
    answer = device.get(question_on(browser, "/sign-in/second"))
    done = browser.post("/sign-in/second", data={"answer": answer, "next": "/account"})
    assert done.location == "/account"
    assert is_in(browser)


def test_a_passkey_of_somebody_else_is_no_second_step(app: Flask) -> None:
    mine, theirs = make_tenant(), make_tenant()
    with_passkey(app, mine)
    _browser, foreign = with_passkey(app, theirs)
    browser = half_way(app, mine.admin_email)
    answer = foreign.get(question_on(browser, "/sign-in/second"))
    assert browser.post("/sign-in/second", data={"answer": answer}).status_code == 422
    assert not is_in(browser)


def test_an_answer_works_once(app: Flask) -> None:
    _browser, device = with_passkey(app, make_tenant())
    browser = app.test_client()
    answer = device.get(question_on(browser, "/sign-in"))
    kept = browser.get_cookie("session")
    assert kept is not None
    assert by_passkey(browser, answer).status_code == 303
    thief = app.test_client()
    thief.set_cookie("session", kept.value)
    assert by_passkey(thief, answer).status_code == 429
    assert not is_in(thief)


def test_a_copied_passkey_is_refused(app: Flask) -> None:
    _browser, device = with_passkey(app, make_tenant())
    device.count = 7
    first = app.test_client()
    assert by_passkey(first, device.get(question_on(first, "/sign-in"))).status_code == 303
    device.count = 3
    copy = app.test_client()
    assert by_passkey(copy, device.get(question_on(copy, "/sign-in"))).status_code == 422


@pytest.mark.parametrize(
    "odd",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:9999"},
        {"host": "evil.example"},
        {"flags": PRESENT},
    ],
)
def test_a_passkey_answers_for_our_address_only_and_by_its_owner(app: Flask, odd: dict[str, object]) -> None:
    _browser, device = with_passkey(app, make_tenant())
    for name, value in odd.items():
        setattr(device, name, value)
    browser = app.test_client()
    page = page_of(by_passkey(browser, device.get(question_on(browser, "/sign-in"))), 422)
    assert "did not work" in page.text
    assert not is_in(browser)


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "nonsense", '{"id": "x", "rawId": 7}', "x" * 20000]
)
def test_nonsense_is_no_answer(app: Flask, client: FlaskClient, answer: str) -> None:
    client.get("/sign-in")
    assert by_passkey(client, answer).status_code == 422
    browser = signed_in(app, make_tenant().admin_email)
    browser.get("/account/passkeys")
    page = page_of(browser.post("/account/passkeys", data={"name": "Mobil", "answer": answer}), 422)
    assert "did not work" in page.text


def test_an_answer_to_an_old_question_is_refused(app: Flask) -> None:
    _browser, device = with_passkey(app, make_tenant())
    browser = app.test_client()
    answer = device.get(question_on(browser, "/sign-in"))
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert by_passkey(browser, answer).status_code == 422


def test_the_same_passkey_is_kept_once(app: Flask) -> None:
    browser, device = with_passkey(app, make_tenant())
    assert "here already" in page_of(add(browser, device), 422).text
    assert db.session.scalars(select(Passkey)).all().__len__() == 1


def test_a_passkey_needs_a_name(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    assert page_of(add(browser, Device(), name=" "), 422).error("name")


def test_the_last_passkey_that_goes_takes_the_recovery_codes_along(app: Flask) -> None:
    tenant = make_tenant()
    browser, _device = with_passkey(app, tenant)
    key = db.session.scalars(select(Passkey.id)).one()
    assert browser.post(f"/account/passkeys/{key}/remove").location == "/account"
    assert "was removed: Min mobil" in letters_to(tenant.admin_email)[-1].body
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert signed_in(app, tenant.admin_email)


def test_nobody_removes_a_passkey_of_somebody_else(app: Flask) -> None:
    with_passkey(app, make_tenant())
    key = db.session.scalars(select(Passkey.id)).one()
    signed_in(app, make_tenant().admin_email).post(f"/account/passkeys/{key}/remove")
    assert db.session.scalars(select(Passkey.id)).all() == [key]


def test_a_closed_account_is_not_opened_by_its_passkey(app: Flask) -> None:
    tenant = make_tenant()
    _browser, device = with_passkey(app, tenant)
    with unit_of_work():
        db.session.execute(update(Account).where(Account.id == tenant.admin_id).values(active=False))
    browser = app.test_client()
    assert by_passkey(browser, device.get(question_on(browser, "/sign-in"))).status_code == 422


def test_a_code_or_a_passkey_makes_a_session_fresh_again(app: Flask) -> None:
    tenant = make_tenant()
    browser, device = with_passkey(app, tenant)
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        assert browser.get("/account/e-mail").location == "/sign-in/again?next=/account/e-mail"
        answer = device.get(question_on(browser, "/sign-in/again?next=/account/e-mail"))
        done = browser.post("/sign-in/again", data={"answer": answer, "next": "/account/e-mail"})
        assert done.location == "/account/e-mail"
        assert browser.get("/account/e-mail").status_code == 200


def test_attempts_hold_neither_address_nor_network(app: Flask) -> None:
    tenant = make_tenant()
    signed_in(app, tenant.admin_email)
    attempt = db.session.scalars(select(Attempt)).one()
    assert re.fullmatch("[0-9a-f]{64}", attempt.key)
    assert re.fullmatch("[0-9a-f]{64}", attempt.network_key)
    assert attempt.succeeded


def test_somebody_who_has_lost_everything_is_let_in_by_the_password_again(app: Flask) -> None:
    tenant = make_tenant()
    browser, _device = with_passkey(app, tenant)
    runner = app.test_cli_runner()
    done = runner.invoke(cli.accounts, ["forget-second-factors", tenant.admin_email])
    assert done.exit_code == 0, done.output
    assert not is_in(browser)
    assert "removed your authenticator app" in letters_to(tenant.admin_email)[-1].body
    assert signed_in(app, tenant.admin_email)
    unknown = runner.invoke(cli.accounts, ["forget-second-factors", "nobody@example.org"])
    assert unknown.exit_code == 1
    assert "Nobody has this e-mail address" in unknown.output
