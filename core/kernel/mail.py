"""Outgoing mail: a row in the business transaction, sent by a job with a Message-ID that stays the same."""

import smtplib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from ssl import create_default_context
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from flask import current_app
from flask_babel import get_locale
from sqlalchemy import String, Text, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock, jobs
from core.kernel.database import Base, db, instant
from core.kernel.ids import new_id
from core.kernel.mail_html import html_of
from core.kernel.personal import CONTACT, FREE_TEXT, personal
from core.kernel.personal_texts import mentions, redact
from core.kernel.scope import scoped_tenant_id
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

SEND = "kernel.send_mail"
UNDELIVERED = "kernel.mail_undelivered"
"""The job that tells a tenant of a mail that reached nobody; a room above declares it, by the mail's id."""
PATIENCE = 30
"""Seconds that a mail server may take to answer."""
NOBODY_THERE = range(550, 554)
"""Answers of a mail server that will be the same tomorrow: the recipient is at fault, not the server."""
POLICY = b"5.7."
"""How a refusal begins that is about who sends (RFC 3463); the recipient may well be right."""


class UnsafeMailServerError(Exception):
    """The mail server would get the password in plain text."""


@dataclass(frozen=True)
class TextFile:
    """A file of text that goes with a mail, such as an entry for a calendar.

    ``subtype`` comes after ``text/``; ``parameters`` belong to it, such as the method of an invitation.
    """

    name: str
    subtype: str
    text: str
    parameters: dict[str, str]


class OutgoingMail(Base):
    """A mail that waits or was sent. The serving role can add one, but read none.

    ``tenant_id`` says for whom it was written, so that it can be removed with its tenant; mail about accounts
    has none. ``refused_at`` is when it turned out that it reaches nobody; it is not tried again.
    """

    __tablename__ = "kernel_outgoing_mail"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tenant_id: Mapped[UUID | None] = mapped_column(index=True)
    written_at: Mapped[datetime] = instant(default=clock.now)
    sent_at: Mapped[datetime | None] = instant(default=None)
    recipient: Mapped[str] = mapped_column(String(320), info=personal(CONTACT))
    subject: Mapped[str] = mapped_column(String(300), info=personal(FREE_TEXT))
    body: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))
    attachments: Mapped[list[Any]] = mapped_column(default=list, info=personal(FREE_TEXT))
    language: Mapped[str] = mapped_column(String(2), default="")
    sender: Mapped[str] = mapped_column(String(100), default="")
    refused_at: Mapped[datetime | None] = instant(default=None)


def send(
    recipient: str, subject: str, body: str, files: Iterable[TextFile] = (), *, sender: str = ""
) -> None:
    """Write a mail of text in the language that is spoken now; a job sends it after the commit.

    It goes out as text and as HTML that says the same. Line breaks in the head become spaces. ``sender`` is
    the name shown beside the address that all mails come from; "" shows that address alone.
    """
    locale = get_locale()
    mail = OutgoingMail(
        id=new_id(),
        tenant_id=scoped_tenant_id(),
        recipient=" ".join(recipient.split()),
        subject=" ".join(subject.split())[:300],
        body=body,
        attachments=[asdict(one) for one in files],
        language=locale.language if locale else "",
        sender=" ".join(sender.split())[:100],
    )
    db.session.add(mail)
    jobs.defer(SEND, mail_id=str(mail.id))


@jobs.job(SEND, platform=True)
def _send(mail_id: str) -> None:
    settings: Settings = current_app.config["FOTFESTE"]
    with unit_of_work():
        mail = db.session.get(OutgoingMail, UUID(mail_id), with_for_update=True)
        if mail is None or mail.sent_at is not None or mail.refused_at is not None:
            return
        if settings.mail_url:
            try:
                _hand_over(settings, mail)
            except smtplib.SMTPRecipientsRefused as refusal:
                if not _is_for_good(refusal):
                    raise
                _note_refused(mail)
                return
            mail.body, mail.attachments = "", []
        mail.sent_at = clock.now()


def _is_for_good(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    answers = refusal.recipients.values()
    return all(code in NOBODY_THERE and not words.startswith(POLICY) for code, words in answers)


def _note_refused(mail: OutgoingMail) -> None:
    mail.refused_at, mail.body, mail.attachments = clock.now(), "", []
    if mail.tenant_id is not None:
        jobs.defer(UNDELIVERED, tenant_id=str(mail.tenant_id), mail_id=str(mail.id))


def came_back(mail_id: UUID) -> bool:
    """Note that a mail has come back, in the caller's unit of work; False when it is gone or was noted."""
    mail = db.session.get(OutgoingMail, mail_id, with_for_update=True)
    if mail is None or mail.refused_at is not None:
        return False
    _note_refused(mail)
    return True


def undelivered_to(mail_id: UUID, tenant_id: UUID) -> str:
    """The address that a mail of a tenant did not reach, in small letters; empty when it is gone."""
    query = select(OutgoingMail.recipient).where(
        OutgoingMail.id == mail_id, OutgoingMail.tenant_id == tenant_id, OutgoingMail.refused_at.is_not(None)
    )
    return (db.session.scalar(query) or "").casefold()


def _hand_over(settings: Settings, mail: OutgoingMail) -> None:
    server = urlsplit(settings.mail_url)
    with _connection(server.scheme, server.hostname or "", server.port) as connection:
        connection.ehlo()
        encrypted = server.scheme == "smtps"
        if not encrypted and connection.has_extn("starttls"):
            connection.starttls(context=create_default_context())
            encrypted = True
        if server.username:
            if not encrypted:
                raise UnsafeMailServerError("the mail server offers no encryption: the password is not sent")
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(compose(settings, mail))


def _connection(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=PATIENCE, context=create_default_context())
    return smtplib.SMTP(host, port or 587, timeout=PATIENCE)


def compose(settings: Settings, mail: OutgoingMail) -> EmailMessage:
    """The mail as it goes to the server; the same row gives the same Message-ID."""
    message = EmailMessage()
    message["From"] = _from(settings, mail)
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.id}@{urlsplit(settings.public_url).hostname}>"
    message.set_content(mail.body)
    message.add_alternative(html_of(mail.subject, mail.body, mail.language or "en"), subtype="html")
    for file in (TextFile(**one) for one in mail.attachments or ()):
        message.add_attachment(file.text, subtype=file.subtype, params=file.parameters, filename=file.name)
    return message


def _from(settings: Settings, mail: OutgoingMail) -> str:
    if not mail.sender:
        return settings.mail_from
    return formataddr((mail.sender, parseaddr(settings.mail_from)[1]))


def mails_to(emails: Collection[str], tenant_id: UUID) -> list[OutgoingMail]:
    """Mails that a tenant wrote to the addresses. The worker may read them; who serves pages may not."""
    query = select(OutgoingMail).where(
        OutgoingMail.tenant_id == tenant_id, func.lower(OutgoingMail.recipient).in_(emails)
    )
    return list(db.session.scalars(query))


def forget(emails: Collection[str], words: Collection[str], tenant_id: UUID | None) -> int:
    """Empty mails to the addresses and take the words out of others, inside the caller's unit of work.

    ``tenant_id`` names the tenant that wrote them; None stands for mails about accounts. Gives the count.
    """
    query = select(OutgoingMail).where(
        OutgoingMail.tenant_id == tenant_id,
        or_(func.lower(OutgoingMail.recipient).in_(emails), mentions(OutgoingMail, words)),
    )
    rows = list(db.session.scalars(query))
    for row in rows:
        if row.recipient.casefold() in emails:
            row.recipient = row.subject = row.body = ""
            row.attachments = []
            row.sent_at = row.sent_at or clock.now()
        redact(row, words)
    return len(rows)


def delete_before(at: datetime) -> int:
    """Delete mails that were written before an instant, as the platform."""
    answer = db.session.execute(delete(OutgoingMail).where(OutgoingMail.written_at <= at))
    return int(answer.rowcount)  # type: ignore[attr-defined]
