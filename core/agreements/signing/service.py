"""The verbs of sending: freeze and send an agreement, remind, revoke and renew links, cancel."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.content import fingerprint, resolved
from core.agreements.drafts.completeness import missing_in
from core.agreements.drafts.service import refuse_unless_editable
from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.parts import Parts
from core.agreements.signing import mails
from core.agreements.signing.attention import Attention, attention
from core.agreements.signing.case import (
    SEND,
    base_of,
    case_out,
    find_case,
    newest_version,
    refuse_unless_amendable,
)
from core.agreements.signing.checked import keep_on_sending
from core.agreements.signing.inviting import IssuedLink, ask_all, issued, renew_token
from core.agreements.signing.keys import Key, key_of_link, key_of_member
from core.agreements.signing.panel import Panel, panel
from core.agreements.signing.plan import Plan, declared_plan
from core.agreements.signing.providers import port
from core.agreements.signing.signatures import approve, look, refuse, sign
from core.agreements.signing.states import OPEN, RequestStatus, request_status, was_just_mailed
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

__all__ = [
    "SEND",
    "Attention",
    "IssuedLink",
    "Key",
    "Panel",
    "approve",
    "attention",
    "cancel",
    "key_of_link",
    "key_of_member",
    "look",
    "panel",
    "refuse",
    "refuse_unless_confirmed",
    "remind",
    "renew",
    "revoke",
    "send",
    "sign",
    "withdraw",
]


Planned = Callable[[Parts], Plan]


def send(agreement_id: UUID, plan: Planned = declared_plan) -> list[IssuedLink]:
    """Freeze an agreement as its next version and mail those of the first round a personal link.

    Where the tenant has chosen a service, the version goes there first and nobody is mailed yet.

    Unless `plan` says otherwise, the agreement's type tells who is asked when, and nobody needs a code.
    Raises Conflict when it is not a draft or the tenant is not confirmed, and Invalid with what is missing.
    """
    access.require(SEND)
    refuse_unless_confirmed()
    with unit_of_work():
        parts = agreement_parts.load(agreement_id, lock=True)
        reach.require(SEND, parts.agreement)
        refuse_unless_editable(parts.agreement)
        refuse_unless_amendable(base_of(parts.agreement))
        if lacking := missing_in(parts):
            fields = {f"missing-{place}": one.message for place, one in enumerate(lacking)}
            raise Invalid(
                "agreement.incomplete", _("Something is missing before this agreement can be sent."), fields
            )
        version = _freeze(parts.agreement, resolved(parts))
        keep_on_sending(parts, version)
        issued_links = port.begin(parts.agreement, version, ask_all(parts, version, plan(parts)))
        parts.agreement.sent_at, parts.agreement.refused_at = clock.now(), None
        audit.record("agreement.sent", "agreement", agreement_id, fields=["sent_at"])
    return issued_links


def refuse_unless_confirmed() -> None:
    """Raise Conflict when the tenant may not write to others yet."""
    if not current_tenant().confirmed:
        raise Conflict(
            "tenant.unconfirmed",
            _("Nothing is sent to others until we have confirmed that your organisation stands behind this."),
        )


def _freeze(agreement: Agreement, content: dict[str, Any]) -> Version:
    # An amendment becomes a version of the agreement that it amends, and is numbered among those.
    before = newest_version(agreement.id) or (agreement.amends_id and newest_version(agreement.amends_id))
    version = Version(
        id=new_id(),
        agreement_id=agreement.id,
        number=before.number + 1 if before else 1,
        content=content,
        sha256=fingerprint(content),
        provider=port.chosen_for_sending(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def remind(agreement_id: UUID, request_id: UUID) -> IssuedLink:
    """Mail a new link to somebody who has not answered; the link before it stops.

    Raises Conflict when it was answered or revoked, or when a mail went out less than an hour ago.
    """
    access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        request = case.request(request_id)
        _refuse_without_address(request)
        _refuse_unless(
            request, OPEN, _("There is nothing to remind of: this request has been answered or revoked.")
        )
        if was_just_mailed(request, clock.now()):
            raise Conflict(
                "signature_request.just_mailed",
                _("A mail went out less than an hour ago. Give the receiver some time before the next one."),
            )
        return issue_reminder(case.agreement, request)


def issue_reminder(agreement: Agreement, request: SignatureRequest) -> IssuedLink:
    """Renew a link and mail a reminder, inside the caller's unit of work and lock."""
    token = renew_token(request)
    request.reminded_at = clock.now()
    mails.remind(agreement, request, token)
    audit.record("signature_request.reminded", "signature_request", request.id)
    return issued(request, token)


def revoke(agreement_id: UUID, request_id: UUID) -> None:
    """Make a personal link stop, such as one that went to the wrong person. Raises Conflict if answered."""
    access.require(SEND)
    with unit_of_work():
        request = case_out(agreement_id).request(request_id)
        answered = _("This request has been answered, so its link cannot be revoked.")
        _refuse_unless(request, OPEN | {RequestStatus.REVOKED}, answered)
        if request.revoked_at is None:
            request.revoked_at = clock.now()
            audit.record("signature_request.revoked", "signature_request", request.id, fields=["revoked_at"])


def renew(agreement_id: UUID, request_id: UUID) -> IssuedLink:
    """Mail a new link in place of a revoked one. Raises Conflict when it was not revoked."""
    access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        request = case.request(request_id)
        _refuse_without_address(request)
        _refuse_unless(
            request, {RequestStatus.REVOKED}, _("This link has not been revoked. Send a reminder instead.")
        )
        token = renew_token(request)
        request.revoked_at, request.requested_at, request.reminded_at = None, clock.now(), None
        mails.ask(case.agreement, request, token)
        audit.record("signature_request.renewed", "signature_request", request.id, fields=["revoked_at"])
        return issued(request, token)


def _refuse_without_address(request: SignatureRequest) -> None:
    if not request.email:
        raise Conflict(
            "signature_request.no_address",
            _("This person has no e-mail address. Sign together in a meeting, or on paper."),
        )


def _refuse_unless(request: SignatureRequest, wanted: Collection[RequestStatus], why: object) -> None:
    if request_status(request, clock.now()) not in wanted:
        raise Conflict("signature_request.answered", why)


def withdraw(agreement_id: UUID) -> None:
    """Take an agreement back to change it: links stop and it is a draft again.

    Signatures stay with the version they were given for. Raises Conflict when it is not out for signing.
    """
    access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        case.agreement.sent_at, case.agreement.changed_at = None, clock.now()
        for request in case.people:
            if request.revoked_at is None and request.invited_at is not None:
                mails.say_taken_back(case.agreement, request)
            request.revoked_at = request.revoked_at or clock.now()
        port.stop(case)
        audit.record("agreement.withdrawn", "agreement", agreement_id, fields=["sent_at"])


def cancel(agreement_id: UUID, reason: str) -> None:
    """Cancel an agreement before all have signed: links stop, and whoever holds one is told by mail.

    Cancelling twice is the same as once. Raises Conflict when it is in force.
    """
    access.require(SEND)
    with unit_of_work():
        agreement = reach.find(SEND, agreement_id, lock=True)
        if agreement.activated_at is not None:
            raise Conflict(
                "agreement.in_force",
                _("All parties have signed, so this agreement cannot be cancelled here. End it together."),
            )
        if agreement.cancelled_at is not None:
            return
        agreement.cancelled_at, agreement.cancel_reason = clock.now(), reason
        audit.record(
            "agreement.cancelled", "agreement", agreement_id, fields=["cancelled_at", "cancel_reason"]
        )
        case = find_case(agreement_id)
        for request in case.people if case else ():
            _let_go(agreement, request, clock.now())
        if case is not None:
            port.stop(case)


def _let_go(agreement: Agreement, request: SignatureRequest, now: datetime) -> None:
    if request.revoked_at is None and request.refused_at is None and request.invited_at is not None:
        mails.say_cancelled(agreement, request)
    request.revoked_at = request.revoked_at or now
