"""Every answer is protected, and only files with a hash in their address are kept by the browser."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

ADDRESSES = ("/", "/gallery", "/problem/refused", "/nowhere", "/broken", "/api/v1/broken")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_never_stored(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert {"HX-Request", "Cookie"} <= {part.strip() for part in headers["Vary"].split(",")}


def test_only_production_insists_on_https(make_app: Callable[..., Flask]) -> None:
    assert "Strict-Transport-Security" not in make_app().test_client().get("/").headers
    production = make_app(production=True)
    assert "max-age=31536000" in production.test_client().get("/").headers["Strict-Transport-Security"]
    assert production.config["SESSION_COOKIE_SECURE"] is True


def test_in_service_cookies_are_bound_to_the_host(make_app: Callable[..., Flask]) -> None:
    production = make_app(production=True)
    answer = production.test_client().post("/language", data={"language": "da"}, base_url="https://localhost")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-language=da;")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {one.strip() for one in cookie.split(";")}
    assert production.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert make_app().config["SESSION_COOKIE_NAME"] == "session"


def test_a_file_is_kept_for_a_year_by_its_present_hash(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset_url"]("fotfeste.css")
    response = client.get(address)
    assert response.status_code == 200
    assert response.cache_control.immutable
    assert response.cache_control.max_age == 31536000


@pytest.mark.parametrize("address", ["/assets/fotfeste.css", "/assets/fotfeste.css?v=0123456789"])
def test_a_file_by_another_hash_is_not_kept(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/assets/../hooks.py", "/assets/vendor", "/assets/nothing.css", "/assets/%00"]
)
def test_nothing_but_static_files_is_answered(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in {400, 404}


def test_a_missing_file_does_not_take_the_page_down(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.test_request_context():
        assert app.jinja_env.globals["asset_url"]("no-such.css") == "/assets/no-such.css"
    assert "python -m core.web.assets.build" in caplog.text
