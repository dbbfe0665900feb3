"""Who may sign: whoever holds the personal link, or the signed-in member to whom the request was mailed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.access import service as access
from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.signing import people
from core.agreements.signing.case import Case
from core.agreements.signing.states import RequestStatus, request_status
from core.agreements.states import Status
from core.agreements.ways import Part
from core.kernel import clock
from core.kernel.audit import Actor
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, NotFound
from core.kernel.tokens import token_hash
from core.tenancy.service import current_tenant

ANSWERED = frozenset({RequestStatus.SIGNED, RequestStatus.APPROVED, RequestStatus.REFUSED})


@dataclass(frozen=True)
class Key:
    """What opens one request. `fingerprint` is the hash of the link's token, "" for a signed-in member."""

    request_id: UUID
    agreement_id: UUID
    actor: Actor
    fingerprint: str = ""


def key_of_link(token: str) -> Key:
    """The key that a personal link holds. Raises NotFound for a link that is not, or no longer, known."""
    hashed = token_hash(token)
    row = db.session.scalar(select(SignatureRequest).where(SignatureRequest.token_hash == hashed))
    if row is None:
        raise _unknown_link()
    return Key(row.id, row.agreement_id, Actor("link", row.id), hashed)


def key_of_member(agreement_id: UUID) -> Key:
    """The key of the signed-in member who was asked to sign an agreement, unanswered requests first.

    Raises NotFound when this member was not asked.
    """
    member = access.require("agreement:read")
    query = (
        select(SignatureRequest)
        .join(
            Version,
            (Version.id == SignatureRequest.version_id) & (Version.tenant_id == SignatureRequest.tenant_id),
        )
        .where(SignatureRequest.agreement_id == agreement_id, SignatureRequest.email == member.email)
        .order_by(Version.number.desc(), *_most_urgent_first())
        .limit(1)
    )
    row = db.session.scalar(query)
    if row is None:
        raise NotFound("signature_request.not_mine", _("You have not been asked to sign this agreement."))
    return Key(row.id, row.agreement_id, Actor("account", member.account_id))


def _most_urgent_first() -> tuple[Any, ...]:
    """What to answer before what was answered, and that before what is only to be read."""
    request = SignatureRequest
    answered = func.coalesce(request.signed_at, request.approved_at)
    return request.part == Part.SEES, request.invited_at.is_(None), answered.nulls_first(), request.id


def opened(key: Key, case: Case) -> SignatureRequest:
    """The request that a key opens, among the rows as they stand now.

    Raises NotFound when the link has been replaced, and Gone with whom to ask when it no longer works.
    """
    request = next((one for one in case.people if one.id == key.request_id), None)
    if request is None:
        raise _gone(
            case.agreement,
            _("The agreement has been changed and sent anew. Use the link in the newest mail."),
        )
    if key.fingerprint and request.token_hash != key.fingerprint:
        raise _unknown_link()
    if case.status is Status.CANCELLED:
        raise _gone(case.agreement, _("The agreement was cancelled before all had signed."))
    _refuse_unless_working(key, request, case)
    return request


def _refuse_unless_working(key: Key, request: SignatureRequest, case: Case) -> None:
    status, over = request_status(request, clock.now()), request.expires_at <= clock.now()
    if request.revoked_at is not None:
        raise _gone(case.agreement, _("This request to sign has been taken back."))
    if status is RequestStatus.PLANNED:
        raise Conflict(
            "signature_request.not_yet",
            _("It is not your turn yet. You get a mail when those before you have answered."),
        )
    # A member who has signed in needs no link, so its date does not matter to the member.
    if key.fingerprint and over and status in ANSWERED:
        raise _gone(
            case.agreement, _("The link with your receipt could be used for 30 days, and they have passed.")
        )
    if key.fingerprint and over:
        raise _gone(case.agreement, _("This link could be used for 30 days, and they have passed."))


def _unknown_link() -> NotFound:
    return NotFound(
        "signature_request.unknown_link",
        _("This link is not valid. Check that you copied all of it, and use the link in the newest mail."),
    )


def _gone(agreement: Agreement, sentence: object) -> Gone:
    adviser = people.adviser_of(agreement)
    ask = gettext(
        "Ask %(name)s (%(email)s) at %(tenant)s.",
        name=adviser.name,
        email=adviser.email,
        tenant=current_tenant().name,
    )
    return Gone("signature_request.gone", f"{sentence} {ask}")
