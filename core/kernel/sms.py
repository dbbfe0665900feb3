"""Outgoing text messages: a row in the business transaction, handed to a gateway by a job.

The gateway is whatever answers at ``SMS_URL``: it gets a POST with JSON (to, from, text, reference) and the
header ``Authorization: Bearer …``. The reference is the same when a message is sent again.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

import phonenumbers
import requests
from flask import current_app
from sqlalchemy import String, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock, jobs
from core.kernel.database import Base, db, instant
from core.kernel.ids import new_id
from core.kernel.personal import CONTACT, FREE_TEXT, personal
from core.kernel.personal_texts import mentions, redact
from core.kernel.scope import scoped_tenant_id
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

SEND: Final = "kernel.send_sms"
PATIENCE: Final = 20
"""Seconds that the gateway may take to answer."""
LONGEST: Final = 480
"""Three parts of a text message: longer ones cost more and arrive in pieces."""
LONGEST_WRITTEN: Final = 40


class OutgoingSms(Base):
    """A text message that waits or was sent. The serving role can add one, but read none."""

    __tablename__ = "kernel_outgoing_sms"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tenant_id: Mapped[UUID | None] = mapped_column(index=True)
    written_at: Mapped[datetime] = instant(default=clock.now)
    sent_at: Mapped[datetime | None] = instant(default=None)
    recipient: Mapped[str] = mapped_column(String(20), info=personal(CONTACT))
    body: Mapped[str] = mapped_column(String(LONGEST), info=personal(FREE_TEXT))


def is_offered() -> bool:
    """Whether text messages can be sent here: there is a gateway, or a local mailbox that shows them."""
    settings: Settings = current_app.config["FOTFESTE"]
    return bool(settings.sms_url) or (settings.development and not settings.mail_url)


def normalised(written: str, country: str) -> str | None:
    """A phone number as +4790000000, read the way people of a country (ISO 3166 alpha-2) write it.

    None when it is not a possible number.
    """
    if len(written) > LONGEST_WRITTEN:
        return None
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def send(number: str, text: str) -> None:
    """Write a text message; a job sends it after the commit.

    Raises ValueError for a number that is not in the form of ``normalised``, and for a text that is too long.
    """
    if normalised(number, "ZZ") != number or len(text) > LONGEST:
        raise ValueError("a text message needs a number like +4790000000 and at most 480 characters")
    message = OutgoingSms(id=new_id(), tenant_id=scoped_tenant_id(), recipient=number, body=text)
    db.session.add(message)
    jobs.defer(SEND, sms_id=str(message.id))


@jobs.job(SEND, platform=True)
def _send(sms_id: str) -> None:
    settings: Settings = current_app.config["FOTFESTE"]
    with unit_of_work():
        message = db.session.get(OutgoingSms, UUID(sms_id), with_for_update=True)
        if message is None or message.sent_at is not None:
            return
        if settings.sms_url:
            _hand_over(settings, message)
            message.body = ""
        message.sent_at = clock.now()


def _hand_over(settings: Settings, message: OutgoingSms) -> None:
    answer = requests.post(
        settings.sms_url,
        json={
            "to": message.recipient,
            "from": settings.sms_from,
            "text": message.body,
            "reference": str(message.id),
        },
        headers={"Authorization": f"Bearer {settings.sms_token}"},
        timeout=PATIENCE,
        allow_redirects=False,
    )
    answer.raise_for_status()
    if answer.is_redirect:
        raise requests.HTTPError("the gateway for text messages answers from another address: change SMS_URL")


def forget(words: Collection[str], tenant_id: UUID) -> int:
    """Empty texts to the numbers among the words and take the words out of others; gives the count."""
    numbers = {re.sub(r"[^+0-9]", "", word) for word in words} - {""}
    query = select(OutgoingSms).where(
        OutgoingSms.tenant_id == tenant_id,
        or_(OutgoingSms.recipient.in_(numbers), mentions(OutgoingSms, words)),
    )
    rows = list(db.session.scalars(query))
    for row in rows:
        if row.recipient in numbers:
            row.recipient = row.body = ""
            row.sent_at = row.sent_at or clock.now()
        redact(row, words)
    return len(rows)


def delete_before(at: datetime) -> int:
    """Delete texts that were written before an instant, as the platform."""
    answer = db.session.execute(delete(OutgoingSms).where(OutgoingSms.written_at <= at))
    return int(answer.rowcount)  # type: ignore[attr-defined]
