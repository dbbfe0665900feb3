"""Files as weapons: what is uploaded, what it is called, and what a download is called."""

import struct
import zlib
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.documents.models import StoredFile
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from tests.walls.probing import MEMBER, Probe

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
SQUARE = '<rect width="9" height="9"/>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
FOUND, SEE_OTHER, INVALID = 200, 303, 422


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that says how large it is, whatever it holds."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * min(height * (width + 1), 10_000)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + pixels + chunk(b"IEND", b"")


ZEROS = zlib.compress(b"\0" * 100_000_000, 9)
WEAPONS = {
    "pixels": png(50_000, 50_000),
    "text that unpacks to a hundred megabytes": png(9, 9, chunk(b"zTXt", b"a\0\0" + ZEROS)),
    "a profile that unpacks to a hundred megabytes": png(9, 9, chunk(b"iCCP", b"a\0\0" + ZEROS)),
    "script": SVG.format("<script>alert(1)</script>").encode(),
    "script as an attribute": SVG.format('<rect onload="alert(1)"/>').encode(),
    "external entity": f'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>{SVG.format("&x;")}'.encode(),
    "a billion laughs": f'<!DOCTYPE s [<!ENTITY l0 "ha">{LAUGHS}]>{SVG.format("&l8;")}'.encode(),
    "a picture from elsewhere": SVG.format('<image href="http://evil.example/a.png"/>').encode(),
    "a style from elsewhere": SVG.format("<style>@import url(http://evil.example/)</style>").encode(),
    "a page": b"<html><script>alert(1)</script></html>",
    "a program": b"\x7fELF\x02\x01\x01",
    "an archive": b"PK\x03\x04" + b"\0" * 100,
}
NAMES = (
    "../../../etc/passwd.png",
    "..\\..\\x.png",
    "/etc/passwd",
    'a"; filename="b.html',
    "\0.png",
    "æ" * 300,
)


@pytest.fixture
def browser(probe: Probe) -> FlaskClient:
    return probe.browser(MEMBER)


def upload(probe: Probe, browser: FlaskClient, content: bytes, name: str = "logo.png") -> TestResponse:
    url = probe.here.url("/t/<slug>/settings/logo")
    return browser.post(url, data={"logo": (BytesIO(content), name)}, content_type="multipart/form-data")


@pytest.mark.parametrize("weapon", WEAPONS)
def test_what_is_no_harmless_picture_is_refused_or_made_one(
    probe: Probe, browser: FlaskClient, weapon: str
) -> None:
    with probe.probed.undone():
        answer = upload(probe, browser, WEAPONS[weapon])
        assert answer.status_code == INVALID or stored(probe).content.startswith(b"\x89PNG")
        assert answer.status_code == INVALID or len(stored(probe).content) < 10_000


def stored(probe: Probe) -> StoredFile:
    """The file that was stored last."""
    with tenant_scope(probe.here.tenant.id):
        query = select(StoredFile).order_by(StoredFile.stored_at.desc(), StoredFile.id.desc()).limit(1)
        return db.session.scalars(query).one()


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_the_name_of_an_uploaded_file_leads_nowhere(probe: Probe, browser: FlaskClient, name: str) -> None:
    with probe.probed.undone():
        assert upload(probe, browser, SVG.format(SQUARE).encode(), name).status_code == SEE_OTHER
        kept = stored(probe)
        answer = browser.get(probe.here.url("/t/<slug>/files/<uuid:file_id>", file_id=str(kept.id)))
    assert answer.status_code == FOUND
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("image/png", "inline")


@pytest.mark.parametrize(
    "path", ["../core/app.py", "%2e%2e/core/app.py", "..%5c..%5capp.py", "/etc/passwd", "vendor/../../app.py"]
)
def test_the_files_of_the_product_are_the_only_ones_to_be_had(browser: FlaskClient, path: str) -> None:
    answer = browser.get(f"/assets/{path}")
    assert answer.status_code in {308, 404}
    assert b"create_app" not in answer.data


@pytest.mark.parametrize(
    "title", ['A"; filename="b.html', "A; filename*=utf-8''b.html", "Æ/..\\ø", "a" * 190]
)
def test_the_name_of_a_download_is_no_more_than_a_name(
    probe: Probe, browser: FlaskClient, title: str
) -> None:
    with probe.probed.undone():
        statement = "UPDATE agreements_agreement SET title = :title WHERE tenant_id = :tenant"
        probe.probed.as_administrator(statement, title=title, tenant=probe.here.tenant.id)
        url = probe.here.url("/t/<slug>/agreements/<uuid:agreement_id>/agreement.pdf")
        disposition = browser.get(url).headers["Content-Disposition"]
    kind, _semicolon, rest = disposition.partition(";")
    assert kind == "attachment"
    assert ".html" not in rest.replace('\\"', "").split('filename="')[-1].split('"')[-1]
    assert "/" not in rest
    assert "\\.." not in rest


@pytest.mark.parametrize("field", ["name", "email"])
def test_a_line_break_in_an_invitation_starts_no_field_of_a_mail(
    probe: Probe, browser: FlaskClient, field: str
) -> None:
    form = {"name": "Kari", "email": "kari@example.org", "role": "access.reader"}
    with probe.probed.undone():
        form[field] += "\r\nBcc: all@example.org"
        answer = browser.post(probe.here.url("/t/<slug>/people/invite"), data=form)
        with platform_scope("mails for a test"):
            mails = db.session.scalars(select(OutgoingMail)).all()
    assert answer.status_code == INVALID
    assert not [one for one in mails if "Bcc" in one.subject + one.recipient + one.body]
