from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.kernel import mail
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.pages import page_of


@pytest.fixture
def letter(app: Flask) -> None:
    with platform_scope("write a mail in a test"), unit_of_work():
        mail.send(
            "ola@example.org",
            "Hei <b>Ola</b>",
            "Se her:\nhttp://localhost/t/fjordvik/join/abc\n\n<script>x</script>",
        )


def test_mail_is_there_before_the_worker_has_run_and_its_link_works(
    client: FlaskClient, letter: None
) -> None:
    listed = page_of(client.get("/mailbox"))
    assert "Hei <b>Ola</b>" in listed.text
    assert "ola@example.org" in listed.text
    page = page_of(client.get(listed.links()[0]))
    assert "http://localhost/t/fjordvik/join/abc" in page.links()
    assert "<script>x</script>" in page.text


def test_an_empty_mailbox_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.mailbox.NEWEST", 0)
    assert "No mail yet" in page_of(client.get("/mailbox")).text


def test_an_unknown_mail_is_not_found(client: FlaskClient) -> None:
    page_of(client.get("/mailbox/01999999-0000-7000-8000-000000000000"), 404)


@pytest.mark.parametrize("change", [{"mail_url": "smtp://mail.example:587"}, {"environment": "production"}])
def test_the_mailbox_is_closed_wherever_mail_goes_out(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    monkeypatch.setitem(app.config, "FOTFESTE", replace(app.config["FOTFESTE"], **change))
    assert client.get("/mailbox").status_code == 404
    assert "local mailbox" not in client.get("/check-your-mail").get_data(as_text=True)
