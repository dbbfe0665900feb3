from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access import sessions
from core.access.devices import device_of_request, network_of_request
from core.access.freshness import fresh
from core.access.models import AccountSession
from core.kernel import clock
from core.kernel.database import db
from core.testing.factories import PASSWORD, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from core.testing.statements import counted

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def rows_of(account_id: UUID) -> list[AccountSession]:
    query = select(AccountSession).where(AccountSession.account_id == account_id)
    return list(db.session.scalars(query.order_by(AccountSession.id)))


def cookie_of(browser: FlaskClient) -> str:
    found = browser.get_cookie("session")
    assert found is not None
    return found.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    browser = app.test_client()
    browser.set_cookie("session", value)
    return browser


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def test_the_database_holds_the_hash_of_a_session_and_never_its_secret(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    (row,) = rows_of(tenant.admin_id)
    with browser.session_transaction() as cookie:
        secret = cookie[sessions.SECRET]
    assert len(secret) > 40
    assert secret not in row.secret_hash
    assert row.ways == ["password"]


def test_signing_in_leaves_nothing_of_what_a_stranger_put_into_the_cookie(app: Flask) -> None:
    tenant = make_tenant()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie[sessions.SECRET] = "planted"
        cookie["left"] = "behind"
    browser.post("/sign-in", data={"email": tenant.admin_email, "password": PASSWORD})
    with browser.session_transaction() as cookie:
        assert cookie[sessions.SECRET] != "planted"
        assert "left" not in cookie


def test_each_sign_in_has_a_secret_of_its_own(app: Flask) -> None:
    tenant = make_tenant()
    for _time in range(2):
        signed_in(app, tenant.admin_email)
    first, second = rows_of(tenant.admin_id)
    assert first.secret_hash != second.secret_hash


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    copied = cookie_of(browser)
    assert is_in(with_cookie(app, copied))
    browser.post("/sign-out")
    assert not is_in(with_cookie(app, copied))


def test_a_cookie_without_a_session_in_the_database_opens_nothing(app: Flask, client: FlaskClient) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    with browser.session_transaction() as cookie:
        del cookie[sessions.SECRET]
    assert not is_in(browser)


@pytest.mark.parametrize(("minutes", "inside"), [(119, True), (121, False)])
def test_a_session_of_which_nothing_is_seen_ends(app: Flask, minutes: int, inside: bool) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        assert is_in(browser) is inside


def test_a_session_ends_after_half_a_day_however_busy_somebody_is(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    start = clock.now()
    for hour in range(1, 12):
        with clock.frozen(start + timedelta(hours=hour)):
            assert is_in(browser)
    with clock.frozen(start + timedelta(hours=12, minutes=1)):
        assert not is_in(browser)


def test_that_somebody_is_here_is_written_down_every_few_minutes_only(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    with counted() as sent:
        browser.get("/account")
    assert not [one for one in sent if one.startswith("UPDATE")]
    with clock.frozen(clock.now() + timedelta(minutes=6)), counted() as sent:
        browser.get("/account")
    assert len([one for one in sent if one.startswith("UPDATE access_session")]) == 1


def test_account_and_session_are_read_by_one_query(app: Flask) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    with counted() as sent:
        browser.get("/account")
    assert len([one for one in sent if "FROM access_session JOIN access_account" in one]) == 1


def test_a_new_password_by_mail_ends_every_session(app: Flask) -> None:
    tenant = make_tenant()
    browsers = [signed_in(app, tenant.admin_email) for _device in range(2)]
    guest = app.test_client()
    guest.post("/reset-password", data={"email": tenant.admin_email})
    guest.post(letters_to(tenant.admin_email)[0].path, data={"password": "blåbær under grønne trapper"})
    assert not any(is_in(browser) for browser in browsers)
    assert all(row.ended_at for row in rows_of(tenant.admin_id))


def test_a_label_names_browser_and_system_and_only_part_of_the_network(app: Flask) -> None:
    origin = {"REMOTE_ADDR": "192.0.2.77"}
    with app.test_request_context("/", headers={"User-Agent": FIREFOX}, environ_base=origin):
        assert device_of_request() == "Firefox, Windows"
        assert network_of_request() == "192.0.2.0/24"
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "2001:db8:1:2:3::4"}):
        assert network_of_request() == "2001:db8:1::/48"
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "::ffff:192.0.2.77"}):
        assert network_of_request() == "192.0.2.0/24"
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "nonsense"}):
        assert network_of_request() == ""


def test_old_sessions_are_forgotten(app: Flask) -> None:
    tenant = make_tenant()
    signed_in(app, tenant.admin_email)
    with clock.frozen(clock.now() + timedelta(days=91)):
        sessions.forget_old()
    assert rows_of(tenant.admin_id) == []


def answer_to(app: Flask, path: str = "/", minutes: int = 0, **options: object) -> Response:
    """What a verb behind ``fresh`` answers to somebody who signed in some minutes ago."""
    email = make_tenant().admin_email
    browser = signed_in(app, email)
    with browser.session_transaction() as cookie:
        kept = dict(cookie)
    with (
        clock.frozen(clock.now() + timedelta(minutes=minutes)),
        app.test_request_context(path, **options),  # type: ignore[arg-type]
    ):
        from flask import session as cookie_here  # noqa: PLC0415

        cookie_here.update(kept)
        return app.make_response(fresh(lambda: "done")())


def test_a_verb_that_matters_runs_soon_after_a_sign_in(app: Flask) -> None:
    assert answer_to(app, minutes=14).get_data(as_text=True) == "done"


def test_later_it_asks_again_and_comes_back(app: Flask) -> None:
    answer = answer_to(app, "/account?a=1", minutes=16)
    assert answer.status_code == 303
    assert answer.location == "/sign-in/again?next=/account?a%3D1"


def test_a_form_that_was_stopped_leads_back_to_its_page(app: Flask) -> None:
    answer = answer_to(
        app, "/thing", minutes=16, method="POST", headers={"Referer": "http://localhost/account?tab=2"}
    )
    assert answer.location == "/sign-in/again?next=/account?tab%3D2"


@pytest.mark.parametrize("before", ["https://evil.example/x", "", "http://localhost.evil.example/"])
def test_nobody_is_led_back_to_another_site(app: Flask, before: str) -> None:
    answer = answer_to(app, "/thing", minutes=16, method="POST", headers={"Referer": before})
    assert answer.location == "/sign-in/again?next=/tenants"


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    with app.test_request_context("/account"):
        assert app.make_response(fresh(lambda: "done")()).location == "/sign-in?next=/account"


def test_the_password_makes_a_session_fresh_and_changes_its_secret(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    copied = cookie_of(browser)
    with clock.frozen(clock.now() + timedelta(minutes=30)):
        page = page_of(browser.get("/sign-in/again?next=/account"))
        assert page.value("next") == "/account"
        wrong = page_of(browser.post("/sign-in/again", data={"password": "nope", "next": "/account"}), 422)
        assert "not your password" in wrong.error("password")
        right = browser.post("/sign-in/again", data={"password": PASSWORD, "next": "/account"})
        assert right.location == "/account"
        assert not is_in(with_cookie(app, copied))
        (row,) = rows_of(tenant.admin_id)
        assert row.authenticated_at == clock.now()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/sign-in"]
)
def test_confirming_leads_nowhere_else(app: Flask, elsewhere: str) -> None:
    browser = signed_in(app, make_tenant().admin_email)
    answer = browser.post("/sign-in/again", data={"password": PASSWORD, "next": elsewhere})
    assert answer.location == "/tenants"


def test_a_fragment_is_led_to_the_page_that_asks(app: Flask, client: FlaskClient) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": "http://localhost/t/x/agreements"}
    answer = client.post("/account", data={"name": "Kari"}, headers=here)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/t/x/agreements"


def test_who_is_not_signed_in_any_more_hears_that_nothing_was_stored(client: FlaskClient) -> None:
    client.post("/account", data={"name": "Kari"})
    assert "was not stored" in client.get("/sign-in").get_data(as_text=True)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    browser = app.test_client()
    answer = browser.post("/sign-in", data={"email": make_tenant().admin_email, "password": PASSWORD})
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {one.strip() for one in cookie.split(";")}
    assert "Domain" not in cookie
