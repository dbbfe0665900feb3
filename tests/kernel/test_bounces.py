"""Mail that reaches nobody: refused for good by the server, or come back as a report."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from core.cli import take_bounced
from core.kernel import bounces, jobs, mail
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.mail import SEND, UNDELIVERED, OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import make_tenant
from core.testing.post_office import PostOffice, post_office

HOST = "fotfeste.example"
JOBS = text("SELECT args FROM procrastinate_jobs WHERE task_name = :name")


def report(
    message_id: str, *, action: str = "failed", status: str = "5.1.1", kind: str = "rfc822-headers"
) -> bytes:
    """What a mail server sends back."""
    original = f"Message-ID: {message_id}\nTo: ola@example.org\nSubject: Avtale\n"
    part = "message/rfc822" if kind == "rfc822" else "text/rfc822-headers"
    return (
        "From: MAILER-DAEMON@example.org\nTo: no-reply@fotfeste.example\nSubject: Undelivered\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mail.example.org\n\n"
        f"Final-Recipient: rfc822; ola@example.org\nAction: {action}\nStatus: {status}\n\n"
        f"--b\nContent-Type: {part}\n\n{original}\n\n--b--\n"
    ).encode()


@pytest.mark.parametrize("kind", ["rfc822", "rfc822-headers"])
def test_a_report_names_the_mail_that_failed(kind: str) -> None:
    mail_id = new_id()
    assert bounces.mails_in(report(f"<{mail_id}@{HOST}>", kind=kind), HOST) == {mail_id}


@pytest.mark.parametrize(
    "raw",
    [
        report(f"<{new_id()}@{HOST}>", action="delayed", status="4.4.1"),
        report(f"<{new_id()}@{HOST}>", status="4.2.2"),
        report(f"<{new_id()}@elsewhere.example>"),
        report(f"<not-ours@{HOST}>"),
        report("<" + "-" * 36 + f"@{HOST}>"),
        f"Subject: Re: Avtale\nIn-Reply-To: <{new_id()}@{HOST}>\n\nAction: failed\nStatus: 5.1.1\n".encode(),
        b"",
    ],
)
def test_nothing_else_counts_as_come_back(raw: bytes) -> None:
    assert bounces.mails_in(raw, HOST) == set()


@given(st.binary(max_size=400))
def test_no_message_is_too_odd_to_read(raw: bytes) -> None:
    assert bounces.mails_in(raw, HOST) == set()
    assert bounces.mails_in(report("<x@y>") + raw, HOST) == set()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def sender(worker_app: Flask, office: PostOffice) -> Iterator[Flask]:
    settings: Settings = worker_app.config["FOTFESTE"]
    worker_app.config["FOTFESTE"] = replace(settings, mail_url=office.url)
    with worker_app.app_context():
        yield worker_app


def write() -> UUID:
    with unit_of_work():
        mail.send("ola@example.org", "Avtale", "Hei\n")
        return db.session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id.desc()).limit(1)).one()


def row(mail_id: UUID) -> OutgoingMail:
    db.session.expire_all()
    return db.session.get_one(OutgoingMail, mail_id)


def test_a_recipient_who_does_not_exist_is_not_tried_again(sender: Flask, office: PostOffice) -> None:
    mail_id = write()
    office.knows_nobody = "550 5.1.1 no such user"
    jobs.run(SEND, {"mail_id": str(mail_id)})
    tried = office.heard.count("QUIT")
    jobs.run(SEND, {"mail_id": str(mail_id)})
    assert office.heard.count("QUIT") == tried
    assert (row(mail_id).sent_at, row(mail_id).body) == (None, "")
    assert row(mail_id).refused_at is not None


@pytest.mark.parametrize("answer", ["450 4.2.1 later", "550 5.7.1 relaying denied", "530 sign in first"])
def test_a_server_that_is_at_fault_itself_is_tried_again(
    sender: Flask, office: PostOffice, answer: str
) -> None:
    mail_id = write()
    office.knows_nobody = answer
    with pytest.raises(mail.smtplib.SMTPRecipientsRefused):
        jobs.run(SEND, {"mail_id": str(mail_id)})
    assert (row(mail_id).refused_at, row(mail_id).body) == (None, "Hei\n")


def test_the_command_notes_a_mail_once_and_tells_its_tenant(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    with tenant_scope(tenant.id), unit_of_work():
        mail.send("ola@example.org", "Avtale", "Hei")
    with platform_scope("read mail in a test"):
        mail_id = db.session.scalars(
            select(OutgoingMail.id).where(
                OutgoingMail.tenant_id == tenant.id, OutgoingMail.subject == "Avtale"
            )
        ).one()
    runner = app.test_cli_runner()
    said = [runner.invoke(take_bounced, input=report(f"<{mail_id}@localhost>")).output for _time in range(2)]
    assert said == ["1 mail noted as not delivered\n", "no mail of ours came back in this\n"]
    told = list(db.session.scalars(JOBS, {"name": UNDELIVERED}))
    assert told == [{"tenant_id": str(tenant.id), "mail_id": str(mail_id)}]
