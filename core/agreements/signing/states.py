"""How a request to sign stands, derived from its dates."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from core.agreements.models import Agreement, SignatureRequest
from core.kernel import clock
from core.plugin_host.wording import Wording

BETWEEN_REMINDERS = timedelta(hours=1)
AGES_AFTER = timedelta(days=14)


class RequestStatus(StrEnum):
    """Where one party's signature stands."""

    WAITING = "waiting"
    OPENED = "opened"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REFUSED = "refused"
    SIGNED = "signed"


TITLES = {
    RequestStatus.WAITING: Wording(nb="Ikke åpnet", da="Ikke åbnet", en="Not opened"),
    RequestStatus.OPENED: Wording(
        nb="Åpnet, ikke signert", da="Åbnet, ikke underskrevet", en="Opened, not signed"
    ),
    RequestStatus.EXPIRED: Wording(nb="Lenken er utløpt", da="Linket er udløbet", en="The link has expired"),
    RequestStatus.REVOKED: Wording(
        nb="Lenken er trukket tilbake", da="Linket er trukket tilbage", en="The link is revoked"
    ),
    RequestStatus.REFUSED: Wording(nb="Avslått", da="Afvist", en="Refused"),
    RequestStatus.SIGNED: Wording(nb="Signert", da="Underskrevet", en="Signed"),
}
TAGS = {
    RequestStatus.WAITING: "waiting",
    RequestStatus.OPENED: "waiting",
    RequestStatus.EXPIRED: "attention",
    RequestStatus.REVOKED: "neutral",
    RequestStatus.REFUSED: "bad",
    RequestStatus.SIGNED: "good",
}
OPEN = frozenset({RequestStatus.WAITING, RequestStatus.OPENED, RequestStatus.EXPIRED})
"""Nobody has answered yet; a reminder brings a link that works."""


def request_status(request: Any, now: datetime) -> RequestStatus:
    """The status at an instant. Takes anything with the date columns of `SignatureRequest`."""
    if request.signed_at is not None:
        return RequestStatus.SIGNED
    if request.refused_at is not None:
        return RequestStatus.REFUSED
    if request.revoked_at is not None:
        return RequestStatus.REVOKED
    if request.expires_at <= now:
        return RequestStatus.EXPIRED
    return RequestStatus.OPENED if request.opened_at is not None else RequestStatus.WAITING


def days_since(instant: datetime) -> int:
    """For how many days a draft or a request has waited; 0 until it is two weeks."""
    waited = clock.now() - instant
    return waited.days if waited >= AGES_AFTER else 0


def was_just_mailed(request: Any, now: datetime) -> bool:
    """Whether a mail about a request went out so lately that the next one must wait."""
    return now - (request.reminded_at or request.requested_at) < BETWEEN_REMINDERS


def waiting_sql() -> tuple[ColumnElement[bool], ...]:
    """For queries that join requests and agreements: those whose status is in `OPEN` and can be answered."""
    return (
        SignatureRequest.signed_at.is_(None),
        SignatureRequest.refused_at.is_(None),
        SignatureRequest.revoked_at.is_(None),
        Agreement.sent_at.is_not(None),
        Agreement.refused_at.is_(None),
        Agreement.activated_at.is_(None),
        Agreement.cancelled_at.is_(None),
    )
