"""The verbs of a party: look at what is to be signed, sign, refuse. The last to sign brings it into force."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.agreements.looking import looked
from core.agreements.models import SignatureRequest
from core.agreements.signing import codes, mails, taking_up
from core.agreements.signing.case import Case, base_of, open_case, refuse_unless_amendable, today
from core.agreements.signing.checked import keep_in_force
from core.agreements.signing.inviting import current_turn, invite_due
from core.agreements.signing.keys import Key, opened
from core.agreements.signing.models import Proof
from core.agreements.signing.providers import port
from core.agreements.ways import Part, Way
from core.kernel import audit, clock, events
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations

RECEIPT_LASTS = timedelta(days=30)


def look(key: Key) -> tuple[Case, SignatureRequest]:
    """What a key opens, for reading; the first time is noted. Raises NotFound or Gone as `keys.opened`."""
    case = open_case(key.agreement_id)
    request = opened(key, case)
    with audit.acting_as(key.actor):
        looked(key.agreement_id)
    if request.opened_at is None and request.signed_at is None and request.approved_at is None:
        return _note_opening(key)
    return case, request


def _note_opening(key: Key) -> tuple[Case, SignatureRequest]:
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        request.opened_at = request.opened_at or clock.now()
        audit.record("signature_request.opened", "signature_request", request.id, fields=["opened_at"])
        return case, request


def sign(key: Key, *, name: str, role: str, sha256: str, place: str = "", code: str = "") -> UUID:
    """Sign the version whose fingerprint the reader saw; gives the request's id. Twice is the same as once.

    The agreement is locked first, so two parties who sign at the same moment follow one another and the
    last one brings it into force, exactly once. Raises NotFound, Gone, Conflict when it is too late, or
    Invalid for a wrong code.
    """
    used = codes.use(key, code)
    way = Way.LINK if key.fingerprint else Way.MEMBER
    given = Given(name, role, way, Proof(place=place))
    if used is not None:
        given.proof.code_sent_at, given.proof.code_way = used.sent_at, used.way
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        if request.signed_at is None:
            refuse_unless_signable(request, case, sha256)
            settle(case, request, given)
        return request.id


@dataclass(frozen=True)
class Given:
    """A signature as it was given: by whom, as what, how, and what is known of it."""

    name: str
    role: str
    way: Way
    proof: Proof


SIGNED_BY = {
    Way.MEETING: "agreement.signed_in_meeting",
    Way.PAPER: "agreement.signed_on_paper",
    Way.BEHALF: "agreement.signed_on_behalf",
    Way.SERVICE: "agreement.signed_at_service",
}
"""What the audit says when somebody else recorded a signature."""


def settle(case: Case, request: SignatureRequest, given: Given) -> None:
    """Write a signature down with its proof and go on, inside the caller's unit of work and lock."""
    request.signed_at, request.signed_name, request.signed_role = clock.now(), given.name, given.role
    request.signed_sha256, request.way = case.version.sha256, given.way.value
    given.proof.agreement_id, given.proof.request_id = case.agreement.id, request.id
    db.session.add(given.proof)
    audit.record(
        SIGNED_BY.get(given.way, "agreement.signed"),
        "signature_request",
        request.id,
        fields=["signed_at", "signed_sha256"],
    )
    _go_on(case)


def _go_on(case: Case) -> None:
    """Invite the next round, or bring the agreement into force when nobody is missing any longer."""
    if current_turn(case.people):
        invite_due(case.agreement, case.people)
    else:
        _bring_into_force(case)


def approve(key: Key, sha256: str) -> UUID:
    """Approve the version whose fingerprint the reader saw; gives the request's id. Twice changes nothing.

    Raises NotFound, Gone, or Conflict when there is nothing to approve.
    """
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        if request.approved_at is None:
            _refuse_other_part(request, Part.APPROVES)
            refuse_unless_open(request, case, sha256)
            request.approved_at = clock.now()
            audit.record("agreement.approved", "signature_request", request.id, fields=["approved_at"])
            _go_on(case)
        return request.id


def _refuse_other_part(request: SignatureRequest, part: Part) -> None:
    if request.part != part:
        raise Conflict(
            "signature_request.other_part",
            _("This link is not for that. Load the page again to see what you can do."),
        )


def refuse_unless_signable(request: SignatureRequest, case: Case, sha256: str) -> None:
    """Raise Conflict when a request cannot be signed now, or its text is not the one that was read."""
    _refuse_other_part(request, Part.SIGNS)
    if case.version.provider:
        raise Conflict(
            "signature_request.elsewhere",
            _("This agreement is signed at another service. Load the page again to go there."),
        )
    refuse_unless_open(request, case, sha256)


def refuse_unless_open(request: SignatureRequest, case: Case, sha256: str) -> None:
    """Raise Conflict when a request cannot be answered now, or its text is not the one that was read."""
    if request.refused_at is not None:
        raise Conflict(
            "agreement.refused",
            _("You have refused to sign this agreement. Ask its adviser to send it anew."),
        )
    if sha256 != case.version.sha256:
        raise Conflict(
            "agreement.text_changed",
            _("The text has changed since you opened it. Read it again before you sign."),
        )
    ends_on = _day(case.version.content["duration"]["ends_on"])
    if ends_on is not None and ends_on < today():
        raise Conflict(
            "agreement.too_late",
            _("The last day of this agreement has passed, so it cannot be signed. Ask its adviser."),
        )
    refuse_unless_amendable(base_of(case.agreement, lock=True))


def _bring_into_force(case: Case) -> None:
    agreement, duration = case.agreement, case.version.content["duration"]
    agreement.activated_at = clock.now()
    agreement.starts_on = _day(duration["starts_on"]) or today()
    agreement.ends_on = _day(duration["ends_on"])
    for request in case.people:
        request.expires_at = agreement.activated_at + RECEIPT_LASTS
    if agreement.amends_id:
        taking_up.take_up(case)
    else:
        obligations.make_for_agreement(
            agreement.id, case.version.content, agreement.starts_on, agreement.ends_on
        )
    keep_in_force(case)
    audit.record(
        "agreement.activated", "agreement", agreement.id, fields=["activated_at", "starts_on", "ends_on"]
    )
    events.announce("on_agreement_activated", str(agreement.id))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def refuse(key: Key, reason: str) -> UUID:
    """Refuse to sign, with a reason for the adviser; gives the request's id. Refusing twice changes nothing.

    The other parties' links stop and they are told. Raises NotFound, Gone, or Conflict when it was signed.
    """
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        if request.refused_at is not None:
            return request.id
        _refuse_answered(request)
        take_refusal(case, request, reason)
        return request.id


def take_refusal(case: Case, request: SignatureRequest, reason: str) -> None:
    """Write a refusal down and stop everybody else, inside the caller's unit of work and lock."""
    request.refused_at = case.agreement.refused_at = clock.now()
    request.refusal_reason = reason
    audit.record(
        "agreement.refused", "signature_request", request.id, fields=["refused_at", "refusal_reason"]
    )
    for other in case.people:
        if other is not request and other.revoked_at is None:
            other.revoked_at = clock.now()
            if other.invited_at is not None:
                mails.say_withdrawn(case.agreement, other)
    mails.tell_adviser_of_refusal(case.agreement, request)
    port.stop(case)


def _refuse_answered(request: SignatureRequest) -> None:
    if request.part == Part.SEES:
        _refuse_other_part(request, Part.SIGNS)
    if request.signed_at is not None:
        raise Conflict(
            "agreement.signed_already",
            _("You have signed this agreement and cannot refuse it any longer."),
        )
    if request.approved_at is not None:
        raise Conflict(
            "agreement.approved_already",
            _("You have approved this agreement and cannot refuse it any longer."),
        )
