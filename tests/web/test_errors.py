"""Every problem says what happened and what to do next, in the reader's language."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.web.errors import ADVICE, TITLES

STATUSES = (400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503)
FRAGMENT = {"HX-Request": "true"}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["nb", "da", "en"])
def test_each_status_has_words_in_each_language(client: FlaskClient, status: int, language: str) -> None:
    response = client.get(f"/abort/{status}", headers={"Accept-Language": language})
    text = response.get_data(as_text=True)
    english = str(TITLES[status].__str__())
    assert response.status_code == status
    assert f'<html lang="{language}"' in text
    assert (english in text) is (language == "en")
    assert text.count("<h1") == 1


def test_titles_and_advice_belong_together() -> None:
    assert TITLES.keys() == ADVICE.keys()


def test_an_unusual_status_speaks_as_its_hundred(client: FlaskClient) -> None:
    response = client.get("/abort/418", headers={"Accept-Language": "nb"})
    assert response.status_code == 418
    assert "Vi forsto ikke forespørselen" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("conflict", 409, "Somebody else changed the clause."),
        ("invalid", 422, "Check the &lt;last&gt; digit."),
        ("missing", 404, "There is no such agreement."),
        ("refused", 403, "Only the adviser may send it."),
    ],
)
def test_a_problem_keeps_its_status_and_sentence(
    client: FlaskClient, name: str, status: int, sentence: str
) -> None:
    response = client.get(f"/problem/{name}")
    assert response.status_code == status
    assert sentence in response.get_data(as_text=True)


def test_inside_a_page_a_problem_goes_to_the_messages(client: FlaskClient) -> None:
    response = client.get("/problem/conflict", headers=FRAGMENT)
    text = response.get_data(as_text=True)
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#messages"
    assert response.headers["HX-Reswap"] == "innerHTML"
    assert "<html" not in text
    assert "Somebody else changed the clause." in text


def test_programs_get_json(client: FlaskClient) -> None:
    response = client.get("/api/v1/broken")
    assert response.status_code == 422
    assert response.json == {
        "code": "gallery.invalid",
        "message": "The number does not fit.",
        "advice": "Go back, check what you filled in and try again.",
        "fields": {"number": "Check the <last> digit."},
    }
    assert client.get("/api/v1/nothing").json["code"] == "http_404"


def test_our_own_failure_tells_a_reference_and_no_detail(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/broken")
    text = response.get_data(as_text=True)
    found = re.search(r"Reference for support: ([0-9a-f]{8})", text)
    assert response.status_code == 500
    assert found
    assert found[1] in caplog.text
    assert "secret detail" not in text


def test_the_log_names_the_kind_of_address_and_never_the_address(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app()

    @app.get("/door/<token>")
    def door(token: str) -> str:
        raise RuntimeError("no door")

    assert app.test_client().get("/door/secret%0AERROR forged").status_code == 500
    assert "/door/<token>" in caplog.text
    assert "secret" not in caplog.text
    assert "forged" not in caplog.text


def test_a_wrong_method_still_names_the_right_ones(client: FlaskClient) -> None:
    response = client.delete("/gallery")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_an_error_page_comes_out_when_the_frame_is_broken(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    def explode() -> None:
        raise RuntimeError("no database")

    response = make_app(account=explode).test_client().get("/nowhere")
    assert response.status_code == 404
    assert "We did not find the page" in response.get_data(as_text=True)
    assert "no database" in caplog.text


def test_a_form_without_a_token_is_refused_readably(make_app: Callable[..., Flask]) -> None:
    client = make_app(csrf=True).test_client()
    response = client.post("/gallery", data={"name": "x"}, headers={"Accept-Language": "da"})
    assert response.status_code == 400
    assert "Siden har stået åben for længe" in response.get_data(as_text=True)


def test_a_form_with_its_token_is_taken(make_app: Callable[..., Flask]) -> None:
    client = make_app(csrf=True).test_client()
    page = client.get("/gallery").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    assert client.post("/gallery", data={"csrf_token": token[1]}).status_code == 422
    assert f'hx-headers=\'{{"X-CSRFToken": "{token[1]}"}}\'' in page


def test_too_much_is_refused(client: FlaskClient) -> None:
    response = client.post("/gallery", data={"name": "x" * (5 * 1024 * 1024)})
    assert response.status_code == 413
    many = client.post("/gallery", data={f"field{number}": "x" for number in range(2000)})
    assert many.status_code in {413, 422}


@pytest.mark.parametrize("address", ["/gallery?q=a%00b", "/gallery?a%00=b", "/problem/a%00b"])
def test_u0000_in_an_address_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400
