"""One address: a page for people, a block for htmx, the page again for history."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import TemplateNotFound

from core.web.htmx import render_block

HTMX = {"HX-Request": "true"}


def test_htmx_gets_the_block_alone(client: FlaskClient) -> None:
    text = client.get("/gallery", headers=HTMX).get_data(as_text=True)
    assert text.lstrip().startswith('<div id="the-form">')
    assert "<html" not in text
    assert 'id="field-name"' in text


@pytest.mark.parametrize(
    "headers",
    [{}, HTMX | {"HX-Boosted": "true"}, HTMX | {"HX-History-Restore-Request": "true"}],
)
def test_everyone_else_gets_the_page(client: FlaskClient, headers: dict[str, str]) -> None:
    text = client.get("/gallery", headers=headers).get_data(as_text=True)
    assert text.startswith("<!doctype html>")
    assert text.count('<div id="the-form">') == 1


def test_inside_a_page_a_redirect_becomes_a_visit(client: FlaskClient) -> None:
    response = client.post("/elsewhere", headers=HTMX)
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, "/reading")
    assert "Location" not in response.headers
    assert client.post("/elsewhere").headers["Location"] == "/reading"


def test_a_message_survives_the_visit(client: FlaskClient) -> None:
    client.post("/elsewhere", headers=HTMX)
    assert "Moved" in client.get("/reading").get_data(as_text=True)


def test_a_block_that_is_not_there_is_named(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(TemplateNotFound, match="no block nothing"):
        render_block("gallery.html", "nothing")
