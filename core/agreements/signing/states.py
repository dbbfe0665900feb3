"""How a request to sign, to approve or to read stands, derived from its dates."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from core.agreements.models import Agreement, SignatureRequest
from core.agreements.ways import Part
from core.kernel import clock
from core.plugin_host.wording import Wording

BETWEEN_REMINDERS = timedelta(hours=1)
AGES_AFTER = timedelta(days=14)


class RequestStatus(StrEnum):
    """Where what one person was asked for stands."""

    PLANNED = "planned"
    WAITING = "waiting"
    OPENED = "opened"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REFUSED = "refused"
    APPROVED = "approved"
    SIGNED = "signed"


TITLES = {
    RequestStatus.PLANNED: Wording(
        nb="Venter på runden før", da="Venter på runden før", en="Waits for the round before"
    ),
    RequestStatus.WAITING: Wording(nb="Ikke åpnet", da="Ikke åbnet", en="Not opened"),
    RequestStatus.OPENED: Wording(
        nb="Åpnet, ikke signert", da="Åbnet, ikke underskrevet", en="Opened, not signed"
    ),
    RequestStatus.EXPIRED: Wording(nb="Lenken er utløpt", da="Linket er udløbet", en="The link has expired"),
    RequestStatus.REVOKED: Wording(
        nb="Lenken er trukket tilbake", da="Linket er trukket tilbage", en="The link is revoked"
    ),
    RequestStatus.REFUSED: Wording(nb="Avslått", da="Afvist", en="Refused"),
    RequestStatus.APPROVED: Wording(nb="Godkjent", da="Godkendt", en="Approved"),
    RequestStatus.SIGNED: Wording(nb="Signert", da="Underskrevet", en="Signed"),
}
OPENED = {
    Part.APPROVES: Wording(nb="Åpnet, ikke godkjent", da="Åbnet, ikke godkendt", en="Opened, not approved"),
    Part.SEES: Wording(nb="Åpnet", da="Åbnet", en="Opened"),
}
"""What is said instead of those who do not sign."""
TAGS = {
    RequestStatus.PLANNED: "neutral",
    RequestStatus.WAITING: "waiting",
    RequestStatus.OPENED: "waiting",
    RequestStatus.EXPIRED: "attention",
    RequestStatus.REVOKED: "neutral",
    RequestStatus.REFUSED: "bad",
    RequestStatus.APPROVED: "good",
    RequestStatus.SIGNED: "good",
}
OPEN = frozenset({RequestStatus.WAITING, RequestStatus.OPENED, RequestStatus.EXPIRED})
"""Nobody has answered yet; a reminder brings a link that works."""


def request_status(request: Any, now: datetime) -> RequestStatus:
    """The status at an instant. Takes anything with the date columns of `SignatureRequest`."""
    answers = (
        (request.signed_at is not None, RequestStatus.SIGNED),
        (request.approved_at is not None, RequestStatus.APPROVED),
        (request.refused_at is not None, RequestStatus.REFUSED),
        (request.revoked_at is not None, RequestStatus.REVOKED),
        (request.invited_at is None, RequestStatus.PLANNED),
        (request.expires_at <= now, RequestStatus.EXPIRED),
    )
    for is_so, status in answers:
        if is_so:
            return status
    return RequestStatus.OPENED if request.opened_at is not None else RequestStatus.WAITING


def title_of(request: Any, status: RequestStatus) -> Wording:
    """What a status is called for somebody with this part."""
    return OPENED.get(request.part, TITLES[status]) if status is RequestStatus.OPENED else TITLES[status]


def is_waited_for(request: Any, now: datetime) -> bool:
    """Whether an answer is due from somebody now: asked in a round that has begun, and not answered."""
    return request.part != Part.SEES and request_status(request, now) in OPEN


def is_missing(request: Any) -> bool:
    """Whether an agreement cannot come into force before somebody has answered."""
    return request.part != Part.SEES and request.signed_at is None and request.approved_at is None


def days_since(instant: datetime) -> int:
    """For how many days a draft or a request has waited; 0 until it is two weeks."""
    waited = clock.now() - instant
    return waited.days if waited >= AGES_AFTER else 0


def was_just_mailed(request: Any, now: datetime) -> bool:
    """Whether a mail about a request went out so lately that the next one must wait."""
    return now - (request.reminded_at or request.requested_at) < BETWEEN_REMINDERS


def waiting_sql() -> tuple[ColumnElement[bool], ...]:
    """For queries that join requests and agreements: those of whom `is_waited_for` is true."""
    return (
        SignatureRequest.part != Part.SEES,
        SignatureRequest.invited_at.is_not(None),
        SignatureRequest.approved_at.is_(None),
        SignatureRequest.signed_at.is_(None),
        SignatureRequest.refused_at.is_(None),
        SignatureRequest.revoked_at.is_(None),
        Agreement.sent_at.is_not(None),
        Agreement.refused_at.is_(None),
        Agreement.activated_at.is_(None),
        Agreement.cancelled_at.is_(None),
    )
