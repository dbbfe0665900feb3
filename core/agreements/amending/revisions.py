"""A party asks for a revision: by its personal link, or as somebody wrote it down; and what is answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.amending import mails
from core.agreements.amending.models import RevisionRequest
from core.agreements.life.service import RUNNING, refuse_unless
from core.agreements.models import Agreement, SignatureRequest
from core.agreements.signing.case import AMENDABLE, Case, base_of, open_case, today
from core.agreements.signing.keys import Key, opened
from core.agreements.signing.signatures import look
from core.agreements.states import status_of
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work

WRITE = "agreement:write"


@dataclass(frozen=True)
class Asked:
    """A request for a revision that nobody has answered, as Home lists it."""

    agreement_id: UUID
    title: str
    party_name: str
    name: str
    asked_at: datetime


def ask(key: Key, words: str) -> None:
    """Ask for a revision as somebody who has signed; the adviser is told.

    Raises NotFound or Gone as `keys.opened`, and Conflict when it cannot be asked for or has been already.
    """
    with audit.acting_as(key.actor), unit_of_work():
        case = open_case(key.agreement_id, lock=True)
        request = opened(key, case)
        agreement = _refuse_unless_askable(case, request)
        if any(one.party_name == request.party_name for one in open_of(agreement.id)):
            raise Conflict(
                "agreement.asked_already",
                _("You have asked for a revision, and it has not been answered yet."),
            )
        row = _asked(agreement.id, request.party_name, request.signed_name, words)
        db.session.add(row)
        mails.tell_adviser_of_request(agreement, row)
        audit.record("agreement.revision_asked", "signature_request", request.id)


def asking(key: Key) -> tuple[Case, SignatureRequest]:
    """Who asks for what, for the page with the form. Raises as `ask`."""
    case, request = look(key)
    _refuse_unless_askable(case, request)
    return case, request


def _refuse_unless_askable(case: Case, request: SignatureRequest) -> Agreement:
    agreement = askable(case, request)
    if agreement is None:
        raise Conflict(
            "agreement.not_askable",
            _("A revision can be asked for while the agreement is in force, by whoever has signed it."),
        )
    return agreement


def askable(case: Case, request: SignatureRequest) -> Agreement | None:
    """The agreement in force that somebody who has signed may ask to have revised."""
    if request.signed_at is None:
        return None
    is_taken_up = case.agreement.taken_up_at is not None
    agreement = base_of(case.agreement) if is_taken_up else case.agreement
    is_amendable = agreement is not None and status_of(agreement, today()) in AMENDABLE
    return agreement if is_amendable else None


def write_down(agreement_id: UUID, party_name: str, name: str, words: str) -> None:
    """Write down that a party has asked for a revision. Raises Conflict when it is not in force."""
    member = access.require(WRITE)
    with unit_of_work():
        agreement = reach.find(WRITE, agreement_id, lock=True)
        refuse_unless(agreement, RUNNING)
        row = _asked(agreement_id, party_name, name, words)
        row.recorded_by = member.account_id
        db.session.add(row)
        audit.record("agreement.revision_noted", "agreement", agreement_id, fields=["words"])


def _asked(agreement_id: UUID, party_name: str, name: str, words: str) -> RevisionRequest:
    return RevisionRequest(
        id=new_id(), agreement_id=agreement_id, party_name=party_name, name=name, words=words
    )


def answer(agreement_id: UUID, request_id: UUID, why_not: str) -> None:
    """Answer that there is no revision, and why; whoever signed for the party is told. Raises NotFound."""
    member = access.require(WRITE)
    with unit_of_work():
        agreement = reach.find(WRITE, agreement_id, lock=True)
        row = next((one for one in open_of(agreement_id) if one.id == request_id), None)
        if row is None:
            raise NotFound("revision_request.not_found", _("We cannot find this request, or it is answered."))
        row.answered_at, row.answered_by, row.answer = clock.now(), member.account_id, why_not
        mails.tell_party_of_answer(agreement, open_case(agreement_id).requests, row)
        audit.record("agreement.revision_answered", "agreement", agreement_id, fields=["answer"])


def answer_by_amending(agreement_id: UUID, member_id: UUID) -> None:
    """Let an amendment that is begun answer the open requests, inside its unit of work."""
    for row in open_of(agreement_id):
        row.answered_at, row.answered_by = clock.now(), member_id


def open_of(agreement_id: UUID) -> list[RevisionRequest]:
    """The open requests for a revision of an agreement, the oldest first."""
    query = select(RevisionRequest).where(
        RevisionRequest.agreement_id == agreement_id, RevisionRequest.answered_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(RevisionRequest.asked_at, RevisionRequest.id)))


def all_of(agreement_id: UUID) -> list[RevisionRequest]:
    """Every request for a revision of an agreement, the newest first."""
    query = select(RevisionRequest).where(RevisionRequest.agreement_id == agreement_id)
    return list(db.session.scalars(query.order_by(RevisionRequest.asked_at.desc(), RevisionRequest.id)))


def waiting(limit: int) -> tuple[Asked, ...]:
    """Open requests of the agreements that the member may read, the oldest first; by one query."""
    access.require(reach.READ)
    query = (
        select(
            Agreement.id,
            Agreement.title,
            RevisionRequest.party_name,
            RevisionRequest.name,
            RevisionRequest.asked_at,
        )
        .join(
            RevisionRequest,
            (RevisionRequest.agreement_id == Agreement.id)
            & (RevisionRequest.tenant_id == Agreement.tenant_id),
        )
        .where(RevisionRequest.answered_at.is_(None), reach.within(reach.READ))
        .order_by(RevisionRequest.asked_at, RevisionRequest.id)
        .limit(limit)
    )
    return tuple(Asked(*row) for row in db.session.execute(query))
