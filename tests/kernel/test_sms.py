"""Text messages: written with the change they tell of, handed to the gateway by the worker."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import pytest
import requests
from flask import Flask
from sqlalchemy import select

from core.kernel import jobs, sms
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.mail import OutgoingMail
from core.kernel.mail import send as send_mail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.settings import Settings, SettingsError
from core.kernel.sms import SEND, OutgoingSms
from core.kernel.unit_of_work import unit_of_work
from core.testing.pages import page_of
from tests.kernel.test_settings import GOOD


@dataclass
class Gateway:
    """What a gateway in miniature was asked, and what it answers."""

    url: str = ""
    status: int = 202
    asked: list[tuple[dict[str, Any], str]] = field(default_factory=list)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    found = Gateway()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append((json.loads(body), self.headers["Authorization"]))
            self.send_response(found.status)
            if found.status == 302:
                self.send_header("Location", found.url)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        found.url = f"http://127.0.0.1:{server.server_address[1]}/texts"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def sender(worker_app: Flask, gateway: Gateway) -> Iterator[Flask]:
    settings: Settings = worker_app.config["FOTFESTE"]
    worker_app.config["FOTFESTE"] = replace(settings, sms_url=gateway.url, sms_token="key", sms_from="Fot")
    with worker_app.app_context():
        yield worker_app


def write(text: str = "Koden er 123456") -> UUID:
    with unit_of_work():
        sms.send("+4741234567", text)
        newest = select(OutgoingSms.id).order_by(OutgoingSms.id.desc()).limit(1)
        return db.session.scalars(newest).one()


def row(sms_id: UUID) -> OutgoingSms:
    db.session.expire_all()
    return db.session.get_one(OutgoingSms, sms_id)


def test_a_text_reaches_the_gateway_once_and_is_not_kept(sender: Flask, gateway: Gateway) -> None:
    sms_id = write()
    jobs.run(SEND, {"sms_id": str(sms_id)})
    jobs.run(SEND, {"sms_id": str(sms_id)})
    sent = {"to": "+4741234567", "from": "Fot", "text": "Koden er 123456", "reference": str(sms_id)}
    assert gateway.asked == [(sent, "Bearer key")]
    assert row(sms_id).sent_at is not None
    assert row(sms_id).body == ""


@pytest.mark.parametrize("status", [302, 401, 500])
def test_a_gateway_that_does_not_take_it_gets_the_same_reference_later(
    sender: Flask, gateway: Gateway, status: int
) -> None:
    sms_id = write()
    gateway.status = status
    with pytest.raises(requests.HTTPError):
        jobs.run(SEND, {"sms_id": str(sms_id)})
    assert row(sms_id).sent_at is None
    gateway.status = 200
    jobs.run(SEND, {"sms_id": str(sms_id)})
    assert [asked["reference"] for asked, _key in gateway.asked] == [str(sms_id)] * 2


@pytest.mark.parametrize(("number", "text"), [("41234567", "Hei"), ("+4741234567", "å" * 481)])
def test_what_no_phone_could_get_is_refused_before_it_is_stored(
    sender: Flask, number: str, text: str
) -> None:
    with pytest.raises(ValueError, match="480 characters"), unit_of_work():
        sms.send(number, text)


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("412 34 567", "NO", "+4741234567"),
        ("+47 412 34 567", "DK", "+4741234567"),
        ("20 12 34 56", "DK", "+4520123456"),
        ("004520123456", "NO", "+4520123456"),
        ("12", "NO", None),
        ("ring meg", "NO", None),
        ("4" * 5000, "NO", None),
        ("", "NO", None),
    ],
)
def test_a_number_is_read_as_people_of_the_country_write_it(
    written: str, country: str, number: str | None
) -> None:
    assert sms.normalised(written, country) == number


def test_what_is_written_for_a_tenant_carries_its_id(app: Flask) -> None:
    tenant_id = new_id()
    with tenant_scope(tenant_id), unit_of_work():
        sms.send("+4741234567", "Hei")
        send_mail("kari@example.org", "Hei", "Hei")
    with platform_scope("read outgoing rows in a test"):
        for table in (OutgoingSms, OutgoingMail):
            newest = select(table.tenant_id).order_by(table.id.desc()).limit(1)
            assert db.session.scalar(newest) == tenant_id


def test_a_laptop_shows_texts_in_its_mailbox(app: Flask) -> None:
    assert sms.is_offered()
    with platform_scope("write a text in a test"), unit_of_work():
        sms.send("+4741234567", "Koden er 654321")
    assert "Koden er 654321" in page_of(app.test_client().get("/mailbox")).text


def test_in_production_texts_are_offered_only_with_a_gateway(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["FOTFESTE"], environment="production")
    monkeypatch.setitem(app.config, "FOTFESTE", settings)
    assert not sms.is_offered()
    monkeypatch.setitem(app.config, "FOTFESTE", replace(settings, sms_url="https://texts.example"))
    assert sms.is_offered()


@pytest.mark.parametrize(
    "environ",
    [{"SMS_URL": "http://texts.example", "SMS_TOKEN": "key"}, {"SMS_URL": "https://texts.example"}],
)
def test_a_gateway_without_encryption_or_key_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="SMS_URL"):
        Settings.from_environ(GOOD | environ)


def test_the_key_of_the_gateway_is_not_shown_with_the_settings() -> None:
    environ = {"SMS_URL": "https://texts.example", "SMS_TOKEN": "very-secret"}
    assert "very-secret" not in repr(Settings.from_environ(GOOD | environ))
