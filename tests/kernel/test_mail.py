"""Mail: written with the change it tells of, sent by the worker, twice only with the same Message-ID."""

import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from core.kernel import clock, jobs, mail
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.mail import SEND, OutgoingMail, compose
from core.kernel.scope import platform_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.testing.post_office import PostOffice, post_office


class _Words(HTMLParser):
    """Collects what a page says outside its head."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.inside = self.inside or tag == "body"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words.append(data)


def page_text(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return " ".join(reader.words)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def sender(worker_app: Flask, office: PostOffice) -> Iterator[Flask]:
    """The worker's application, whose mail goes to the post office."""
    settings: Settings = worker_app.config["FOTFESTE"]
    worker_app.config["FOTFESTE"] = replace(settings, mail_url=office.url)
    with worker_app.app_context():
        yield worker_app


def write(recipient: str = "kari@example.org", subject: str = "Avtale", body: str = "Hei\n") -> UUID:
    """Write a mail, as a verb does; gives its id."""
    with unit_of_work():
        mail.send(recipient, subject, body)
        newest = select(OutgoingMail.id).order_by(OutgoingMail.id.desc()).limit(1)
        return db.session.scalars(newest).one()


def row(mail_id: UUID) -> OutgoingMail:
    db.session.expire_all()
    return db.session.get_one(OutgoingMail, mail_id)


def part(letter: EmailMessage, subtype: str) -> str:
    """What a mail says as ``plain`` text or as ``html``."""
    found = letter.get_body((subtype,))
    assert found is not None
    return str(found.get_content())


def test_a_mail_is_written_with_the_job_that_sends_it(sender: Flask) -> None:
    mail_id = write()
    query = text("SELECT args FROM procrastinate_jobs WHERE task_name = :name ORDER BY id DESC LIMIT 1")
    assert db.session.scalar(query, {"name": SEND}) == {"mail_id": str(mail_id)}


def test_a_change_that_fails_writes_no_mail(sender: Flask) -> None:
    before = len(db.session.scalars(select(OutgoingMail.id)).all())
    with pytest.raises(LookupError), unit_of_work():
        mail.send("kari@example.org", "Avtale", "Hei")
        raise LookupError
    assert len(db.session.scalars(select(OutgoingMail.id)).all()) == before


def test_a_mail_reaches_the_server_once(sender: Flask, office: PostOffice) -> None:
    mail_id = write("kari@example.org", "Avtale med Fjord Bakeri på høring", "Hei Kåre\n.\nHilsen oss\n")
    jobs.run(SEND, {"mail_id": str(mail_id)})
    jobs.run(SEND, {"mail_id": str(mail_id)})
    (letter,) = office.letters
    assert office.recipients == ["kari@example.org"]
    assert letter["Subject"] == "Avtale med Fjord Bakeri på høring"
    assert part(letter, "plain").splitlines() == ["Hei Kåre", ".", "Hilsen oss"]
    assert parseaddr(letter["From"]) == ("Fotfeste", "no-reply@fotfeste.example")
    assert row(mail_id).sent_at is not None
    assert row(mail_id).body == "", "what was handed over is not kept"


def test_a_server_that_is_out_of_order_gets_the_same_mail_later(sender: Flask, office: PostOffice) -> None:
    mail_id = write()
    office.refuses = True
    with pytest.raises(smtplib.SMTPDataError):
        jobs.run(SEND, {"mail_id": str(mail_id)})
    assert row(mail_id).sent_at is None
    assert row(mail_id).body == "Hei\n"
    office.refuses = False
    jobs.run(SEND, {"mail_id": str(mail_id)})
    assert len(office.letters) == 1


def test_a_mail_that_is_gone_is_not_an_error(sender: Flask, office: PostOffice) -> None:
    jobs.run(SEND, {"mail_id": str(new_id())})
    assert office.letters == []


def made(**changes: Any) -> OutgoingMail:
    fields = {"recipient": "kari@example.org", "subject": "Avtale", "body": "Hei"} | changes
    return OutgoingMail(id=new_id(), written_at=clock.now(), **fields)


def test_the_same_mail_has_the_same_message_id_and_date(app: Flask) -> None:
    settings: Settings = app.config["FOTFESTE"]
    one = made()
    first, second = compose(settings, one), compose(settings, one)
    assert first["Message-ID"] == second["Message-ID"] == f"<{one.id}@localhost>"
    assert parsedate_to_datetime(first["Date"]) == one.written_at.replace(microsecond=0)
    assert compose(settings, made())["Message-ID"] != first["Message-ID"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_a_line_break_in_the_head_starts_no_new_field(sender: Flask, office: PostOffice, end: str) -> None:
    sneaky = f"Avtale{end}Bcc: other@example.org"
    mail_id = write(f"kari@example.org{end}", sneaky, "Hei")
    jobs.run(SEND, {"mail_id": str(mail_id)})
    (letter,) = office.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Avtale Bcc: other@example.org"
    assert office.recipients == ["kari@example.org"]


@pytest.mark.parametrize("offers", [True, False])
def test_a_password_is_not_sent_in_plain_text(sender: Flask, office: PostOffice, offers: bool) -> None:
    office.offers_encryption = offers
    settings: Settings = sender.config["FOTFESTE"]
    sender.config["FOTFESTE"] = replace(settings, mail_url=office.url.replace("//", "//user:secret@"))
    mail_id = write()
    with pytest.raises((mail.UnsafeMailServerError, ssl.SSLError)):
        jobs.run(SEND, {"mail_id": str(mail_id)})
    assert office.letters == []
    assert not [line for line in office.heard if line.startswith("AUTH")]
    assert ("STARTTLS" in office.heard) is offers


def test_a_long_subject_is_cut_and_a_long_line_arrives_whole(sender: Flask, office: PostOffice) -> None:
    mail_id = write(subject="å" * 400, body="ord " * 500)
    jobs.run(SEND, {"mail_id": str(mail_id)})
    (letter,) = office.letters
    assert letter["Subject"] == "å" * 300
    assert part(letter, "plain").split() == ["ord"] * 500


def test_without_a_server_a_laptop_keeps_the_mail_readable(worker_app: Flask) -> None:
    with worker_app.app_context():
        mail_id = write()
        jobs.run(SEND, {"mail_id": str(mail_id)})
        with platform_scope("read mail in a test"):
            assert db.session.get_one(OutgoingMail, mail_id).body == "Hei\n"


def test_the_html_says_what_the_text_says_and_nothing_typed_becomes_markup(app: Flask) -> None:
    settings: Settings = app.config["FOTFESTE"]
    body = "Hei <b>Kåre</b> & co\n\nhttps://fotfeste.example/t/a/sign/x?a=1&b=2\n\nTo\nlinjer\n"
    letter = compose(settings, made(body=body, subject="Avtale <script>", language="nb"))
    html = part(letter, "html")
    assert page_text(html).split() == part(letter, "plain").split()
    assert "<b>" not in html
    assert "<script>" not in html
    assert 'lang="nb"' in html
    assert 'href="https://fotfeste.example/t/a/sign/x?a=1&amp;b=2"' in html
    assert "src=" not in html, "a mail fetches nothing"


def test_a_file_goes_beside_both_ways_of_saying_it(app: Flask) -> None:
    settings: Settings = app.config["FOTFESTE"]
    entry = {"name": "a.ics", "subtype": "calendar", "text": "BEGIN", "parameters": {"method": "REQUEST"}}
    letter = compose(settings, made(attachments=[entry]))
    assert part(letter, "plain").strip() == "Hei"
    assert "Hei" in part(letter, "html")
    (file,) = letter.iter_attachments()
    assert (file.get_content_type(), file.get_param("method")) == ("text/calendar", "REQUEST")


def test_a_sender_is_named_beside_the_address_of_the_product(app: Flask) -> None:
    settings: Settings = app.config["FOTFESTE"]
    letter = compose(settings, made(sender="Ås, kommune"))
    assert parseaddr(letter["From"]) == ("Ås, kommune", "no-reply@fotfeste.example")
