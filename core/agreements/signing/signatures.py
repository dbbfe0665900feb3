"""The verbs of a party: look at what is to be signed, sign, refuse. The last to sign brings it into force."""

from datetime import date, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.agreements.looking import looked
from core.agreements.models import SignatureRequest
from core.agreements.signing import mails, taking_up
from core.agreements.signing.case import Case, base_of, open_case, refuse_unless_amendable, today
from core.agreements.signing.keys import Key, opened
from core.kernel import audit, clock, events
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
    if request.opened_at is None and request.signed_at is None:
        return _note_opening(key)
    return case, request


def _note_opening(key: Key) -> tuple[Case, SignatureRequest]:
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        request.opened_at = request.opened_at or clock.now()
        audit.record("signature_request.opened", "signature_request", request.id, fields=["opened_at"])
        return case, request


def sign(key: Key, *, name: str, role: str, sha256: str) -> UUID:
    """Sign the version whose fingerprint the reader saw; gives the request's id. Twice is the same as once.

    The agreement is locked first, so two parties who sign at the same moment follow one another and the
    last one brings it into force, exactly once. Raises NotFound, Gone, or Conflict when it is too late.
    """
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        if request.signed_at is not None:
            return request.id
        _refuse_unless_signable(request, case, sha256)
        refuse_unless_amendable(base_of(case.agreement, lock=True))
        request.signed_at, request.signed_name, request.signed_role = clock.now(), name, role
        request.signed_sha256 = case.version.sha256
        audit.record(
            "agreement.signed", "signature_request", request.id, fields=["signed_at", "signed_sha256"]
        )
        if all(one.signed_at is not None for one in case.requests):
            _bring_into_force(case)
        return request.id


def _refuse_unless_signable(request: SignatureRequest, case: Case, sha256: str) -> None:
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


def _bring_into_force(case: Case) -> None:
    agreement, duration = case.agreement, case.version.content["duration"]
    agreement.activated_at = clock.now()
    agreement.starts_on = _day(duration["starts_on"]) or today()
    agreement.ends_on = _day(duration["ends_on"])
    for request in case.requests:
        request.expires_at = agreement.activated_at + RECEIPT_LASTS
    if agreement.amends_id:
        taking_up.take_up(case)
    else:
        obligations.make_for_agreement(
            agreement.id, case.version.content, agreement.starts_on, agreement.ends_on
        )
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
        if request.signed_at is not None:
            raise Conflict(
                "agreement.signed_already",
                _("You have signed this agreement and cannot refuse it any longer."),
            )
        request.refused_at = case.agreement.refused_at = clock.now()
        request.refusal_reason = reason
        audit.record(
            "agreement.refused", "signature_request", request.id, fields=["refused_at", "refusal_reason"]
        )
        for other in case.requests:
            if other is not request and other.revoked_at is None:
                other.revoked_at = clock.now()
                mails.say_withdrawn(case.agreement, other)
        mails.tell_adviser_of_refusal(case.agreement, request)
        return request.id
