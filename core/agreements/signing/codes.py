"""One-time codes: what somebody with a personal link types before the signature counts."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.agreements.models import Agreement, SignatureRequest
from core.agreements.signing import mails
from core.agreements.signing.case import Case, open_case
from core.agreements.signing.keys import Key, opened
from core.agreements.signing.models import SigningCode
from core.agreements.signing.states import OPEN, request_status
from core.kernel import audit, clock, security_log, sms
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, TooMany
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5
PER_HOUR: Final = 5
DIGITS: Final = 6
EMAIL, SMS = "email", "sms"


def is_needed(request: SignatureRequest, key: Key) -> bool:
    """Whether a signature needs a code: a link alone does not do, while a member has signed in."""
    return request.needs_code and bool(key.fingerprint)


def send(key: Key) -> str:
    """Send a new code to whom a link belongs; an earlier one stops working. Gives the way that it took.

    Raises Conflict where no code is asked for, and TooMany after five in an hour.
    """
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        _refuse_unless_asked_for(request, key)
        _refuse_too_many(request.id)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        way = SMS if request.phone and sms.is_offered() else EMAIL
        db.session.add(
            SigningCode(
                id=new_id(),
                request_id=request.id,
                way=way,
                code_hash=_hash(request.id, code),
                sent_at=clock.now(),
                expires_at=clock.now() + LASTS,
            )
        )
        _mail_or_text(case.agreement, request, way, code)
        audit.record("signature_request.code_sent", "signature_request", request.id)
        return way


def _mail_or_text(agreement: Agreement, request: SignatureRequest, way: str, code: str) -> None:
    minutes = int(LASTS.total_seconds()) // 60
    if way == SMS:
        sms.send(request.phone, mails.text_of_code(agreement, code, minutes))
    else:
        mails.send_code(agreement, request, code, minutes)


def _refuse_unless_asked_for(request: SignatureRequest, key: Key) -> None:
    if not is_needed(request, key) or request_status(request, clock.now()) not in OPEN:
        raise Conflict("signature_request.no_code", _("You need no code here."))


def _refuse_too_many(request_id: UUID) -> None:
    an_hour_ago = clock.now() - timedelta(hours=1)
    query = select(func.count(SigningCode.id)).where(
        SigningCode.request_id == request_id, SigningCode.sent_at > an_hour_ago
    )
    if (db.session.scalar(query) or 0) >= PER_HOUR:
        security_log.note(security_log.LIMITED, code="signature_request.too_many_codes", request=request_id)
        raise TooMany(
            "signature_request.too_many_codes",
            _("You have asked for many codes. Wait an hour before you try again."),
            int(timedelta(hours=1).total_seconds()),
        )


def sent_way(request: SignatureRequest) -> str:
    """By which way a code that can still be used was sent; "" when there is none."""
    row = _newest(request.id)
    return row.way if row is not None and _counts(row) else ""


def use(key: Key, typed: str) -> SigningCode | None:
    """Use up the code of a key, which is None where none is needed. Each wrong try counts.

    Raises Invalid, with the same words for a wrong, an old and a used code.
    """
    if not is_needed(_known(key), key):
        return None
    digits = "".join(one for one in typed if one.isdigit())
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        if request.signed_at is not None:
            return None
        row = _newest(request.id)
        is_right = row is not None and _is_right(row, digits)
        if row is not None:
            row.tries += 1
            row.used_at = clock.now() if is_right else row.used_at
    if not is_right:
        _refuse_code(case, request, row)
    return row


def _known(key: Key) -> SignatureRequest:
    return db.session.get_one(SignatureRequest, (current_tenant_id(), key.request_id))


def _is_right(row: SigningCode, digits: str) -> bool:
    same = hmac.compare_digest(row.code_hash, _hash(row.request_id, digits))
    return same and _counts(row)


def _refuse_code(case: Case, request: SignatureRequest, row: SigningCode | None) -> None:
    security_log.note(
        security_log.SIGNING_CODE_FAILED,
        agreement=case.agreement.id,
        request=request.id,
        tries=row.tries if row else 0,
    )
    wrong = _("This code is wrong or no longer works. Check it, or ask for a new one.")
    raise Invalid("signature_request.wrong_code", wrong, {"code": wrong})


def _counts(row: SigningCode) -> bool:
    return row.used_at is None and row.tries < TRIES and row.expires_at > clock.now()


def _newest(request_id: UUID) -> SigningCode | None:
    query = (
        select(SigningCode)
        .where(SigningCode.request_id == request_id)
        .order_by(SigningCode.sent_at.desc(), SigningCode.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def _hash(request_id: UUID, code: str) -> str:
    """A keyed hash: a million codes are tried in no time by whoever has only the database."""
    settings: Settings = current_app.config["FOTFESTE"]
    return hmac.new(
        f"agreements_signing_code:{settings.secret_key}".encode(),
        f"{request_id}:{code}".encode(),
        hashlib.sha256,
    ).hexdigest()
