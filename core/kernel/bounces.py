"""Mail that comes back: the report of a mail server (RFC 3464), matched with our mail by its Message-ID."""

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app

from core.kernel import mail
from core.kernel.scope import platform_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

LONGEST = 1_000_000
"""Bytes that are read of a message; the report itself stands at its beginning."""

_OURS = re.compile(r"<([0-9a-f-]{36})@([^<>\s]+)>", re.IGNORECASE)


def take(raw: bytes) -> int:
    """Note every mail of ours that a message says has failed for good; gives how many were not noted yet."""
    settings: Settings = current_app.config["FOTFESTE"]
    ids = mails_in(raw, urlsplit(settings.public_url).hostname or "")
    if not ids:
        return 0
    with platform_scope("note a mail that has come back"), unit_of_work():
        return sum(mail.came_back(one) for one in ids)


def mails_in(raw: bytes, host: str) -> set[UUID]:
    """The ids of our mails that a report says will never arrive; empty for any other message.

    Only a report that says ``failed`` with a status of the class 5 counts: a delay is no failure.
    """
    message = message_from_bytes(raw, policy=policy.default)
    if message.get_content_type() != "multipart/report" or not _has_failed(message):
        return set()
    return {found for text in _message_ids(message) for found in _ids_in(text, host)}


def _has_failed(message: EmailMessage) -> bool:
    return any(
        str(block.get("Action", "")).strip().lower() == "failed"
        and str(block.get("Status", "5")).strip().startswith("5")
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in _blocks(part)
    )


def _blocks(part: Message) -> Iterable[Message]:
    """The groups of fields of a delivery status: one about the message, one for each recipient."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _message_ids(message: EmailMessage) -> Iterable[str]:
    """The Message-ID of the mail that came back: it is sent along whole, or its head as text."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            yield str(inner.get("Message-ID", "")) if isinstance(inner, Message) else ""
        elif kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            head = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
            yield str(head.get("Message-ID", ""))


def _ids_in(text: str, host: str) -> Iterable[UUID]:
    for found, at in _OURS.findall(text):
        if at.casefold() == host.casefold():
            try:
                yield UUID(found)
            except ValueError:
                continue
