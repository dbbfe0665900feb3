"""Own choice first, then the tenant's, then the browser's."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext

from core.web.languages import current_language, in_language, supported


def language_of(client: FlaskClient, browser: str = "") -> str:
    response = client.get("/", headers={"Accept-Language": browser} if browser else {})
    text = response.get_data(as_text=True)
    language = text.partition('<html lang="')[2][:2]
    assert response.headers["Content-Language"] == language
    return language


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("nb-NO,nb;q=0.9,en;q=0.8", "nb"),
        ("no", "nb"),
        ("nn-NO,en;q=0.5", "nb"),
        ("da-DK", "da"),
        ("en-US,en", "en"),
        ("de,sv;q=0.9,da;q=0.8", "da"),
        ("de", "en"),
        ("", "en"),
        ("da;q=0,nb", "nb"),
        ("zz-!!,\x7f,*", "en"),
    ],
)
def test_the_browser_is_heard(client: FlaskClient, browser: str, language: str) -> None:
    assert language_of(client, browser) == language


def test_the_tenant_decides_over_the_browser(make_app: Callable[..., Flask]) -> None:
    assert language_of(make_app(tenant_language=lambda: "da").test_client(), "nb") == "da"


def test_a_choice_decides_over_the_tenant(make_app: Callable[..., Flask]) -> None:
    client = make_app(tenant_language=lambda: "da").test_client()
    client.post("/language", data={"language": "nb"})
    assert language_of(client, "en") == "nb"


def test_the_account_decides_over_everything(make_app: Callable[..., Flask]) -> None:
    client = make_app(tenant_language=lambda: "da", account_language=lambda: "en").test_client()
    client.set_cookie("language", "nb")
    assert language_of(client, "nb") == "en"


def test_a_choice_is_kept_for_the_account(make_app: Callable[..., Flask]) -> None:
    kept: list[str] = []
    client = make_app(keep_account_language=kept.append).test_client()
    response = client.post("/language", data={"language": "da", "next": "/gallery?page=2"})
    assert (response.status_code, response.location) == (303, "/gallery?page=2")
    assert kept == ["da"]
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("language", ["", "xx", "nb\0", "../da", "n" * 5000])
def test_an_unknown_language_changes_nothing(client: FlaskClient, language: str) -> None:
    response = client.post("/language", data={"language": language})
    assert response.status_code == 303
    assert "Set-Cookie" not in response.headers
    client.set_cookie("language", "xx")
    assert language_of(client, "da") == "da"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "/a\r\nX: y",
        "evil",
    ],
)
def test_the_switch_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    assert client.post("/language", data={"language": "nb", "next": target}).location == "/"


def test_mail_can_be_written_in_another_language(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert current_language() == "en"
        with in_language("nn"):
            assert current_language() == "nb"
            assert gettext("Sign in") == "Logg inn"
        assert gettext("Sign in") == "Sign in"


def test_a_job_without_a_request_speaks_english_unless_told(app: Flask) -> None:
    with app.app_context():
        assert current_language() == "en"
        with in_language("da"):
            assert gettext("Sign in") == "Log ind"


def test_tags_are_read_broadly() -> None:
    tags = ("NB-no", "nn_NO", "da-GL", "en-GB", "sv", "", None)
    assert [supported(tag) for tag in tags] == ["nb", "nb", "da", "en", None, None, None]
