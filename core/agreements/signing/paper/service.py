"""The verbs of paper: a colleague registers a scan, and another one confirms or rejects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.looking import looked
from core.agreements.signing.case import SEND, Case, case_out, open_case, today
from core.agreements.signing.gathering.service import may_sign_in_person
from core.agreements.signing.models import PaperCopy, PaperSignature, Proof
from core.agreements.signing.paper.scans import Scan
from core.agreements.signing.signatures import Given, refuse_unless_signable, settle
from core.agreements.states import Status
from core.agreements.ways import Way
from core.documents import service as documents
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

SCAN: Final = "signed-paper"


@dataclass(frozen=True)
class OnPaper:
    """One signature as it stands on the paper."""

    request_id: UUID
    name: str
    role: str
    signed_on: date
    place: str


@dataclass(frozen=True)
class Paper:
    """A scan with the signatures on it, and the names of the colleagues who have looked at it."""

    copy: PaperCopy
    signatures: Sequence[PaperSignature]
    registered_by: str
    answered_by: str
    is_mine: bool

    @property
    def is_waiting(self) -> bool:
        """Whether a second colleague has still to look at it."""
        return self.copy.confirmed_at is None and self.copy.rejected_at is None


def register(agreement_id: UUID, scan: Scan, signatures: Sequence[OnPaper]) -> UUID:
    """Keep a scan and who signed on it; nothing counts before somebody else has confirmed it.

    Raises Conflict when somebody cannot sign now, Invalid for a day that cannot be.
    """
    member = access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        _check(case, signatures)
        name = f"scan-{case.version.number}.{scan.ending}"
        file = documents.store(agreement_id, SCAN, name, scan.media_type, scan.content)
        db.session.flush()
        copy = PaperCopy(
            id=new_id(),
            agreement_id=agreement_id,
            version_id=case.version.id,
            file_id=file.id,
            sha256=file.sha256,
            registered_by=member.account_id,
        )
        db.session.add(copy)
        db.session.flush()
        db.session.add_all(_row(copy, one) for one in signatures)
        audit.record("agreement.paper_registered", "agreement", agreement_id)
        return copy.id


def _row(copy: PaperCopy, one: OnPaper) -> PaperSignature:
    return PaperSignature(
        id=new_id(),
        agreement_id=copy.agreement_id,
        copy_id=copy.id,
        request_id=one.request_id,
        name=one.name,
        role_title=one.role,
        signed_on=one.signed_on,
        place=one.place,
    )


def _check(case: Case, signatures: Sequence[OnPaper]) -> None:
    if not signatures:
        raise Invalid("paper.nobody", _("Write the day for each person who has signed on the paper."))
    sent_on = clock.local(case.version.frozen_at, current_tenant().timezone).date()
    for one in signatures:
        if not may_sign_in_person(case, case.request(one.request_id)):
            raise _answered()
        if not sent_on <= one.signed_on <= today():
            wrong = _("The day must lie between the day when the agreement was sent and today.")
            raise Invalid("paper.day", wrong, {f"day-{one.request_id}": wrong})


def _answered() -> Conflict:
    return Conflict(
        "paper.answered",
        _("One of those on the paper has answered already, or it is not their turn. Load the page again."),
    )


def confirm(agreement_id: UUID, copy_id: UUID) -> None:
    """Confirm as a second colleague that a scan shows the version that was sent; its signatures then count.

    Raises Refused for whoever registered it, Conflict when it was answered or somebody on it was.
    """
    with unit_of_work():
        case, copy, member = _waiting(agreement_id, copy_id)
        copy.confirmed_at, copy.answered_by = clock.now(), member.account_id
        audit.record("agreement.paper_confirmed", "agreement", agreement_id)
        for row in _signatures_on([copy.id]):
            request = case.request(row.request_id)
            if not may_sign_in_person(case, request):
                raise _answered()
            refuse_unless_signable(request, case, case.version.sha256)
            request.revoked_at = None
            settle(case, request, Given(row.name, row.role_title, Way.PAPER, _proof(copy, row)))


def _proof(copy: PaperCopy, row: PaperSignature) -> Proof:
    return Proof(
        place=row.place,
        signed_on=row.signed_on,
        witness_id=copy.registered_by,
        confirmed_by=copy.answered_by,
        scan_id=copy.file_id,
        scan_sha256=copy.sha256,
    )


def reject(agreement_id: UUID, copy_id: UUID, reason: str) -> None:
    """Say as a second colleague that a scan is not what it should be; nobody on it has signed."""
    with unit_of_work():
        _case, copy, member = _waiting(agreement_id, copy_id)
        copy.rejected_at, copy.answered_by, copy.rejected_reason = clock.now(), member.account_id, reason
        audit.record("agreement.paper_rejected", "agreement", agreement_id)


def _waiting(agreement_id: UUID, copy_id: UUID) -> tuple[Case, PaperCopy, access.Member]:
    member = access.require(SEND)
    case = case_out(agreement_id)
    copy = _copy(agreement_id, copy_id)
    if copy.registered_by in member.stands_for:
        raise Refused(
            "paper.own",
            _("Somebody else than the one who registered the paper must compare it with the agreement."),
        )
    if copy.confirmed_at is not None or copy.rejected_at is not None or copy.version_id != case.version.id:
        raise Conflict("paper.over", _("This paper has been dealt with, or belongs to an earlier version."))
    return case, copy, member


def _copy(agreement_id: UUID, copy_id: UUID) -> PaperCopy:
    query = select(PaperCopy).where(PaperCopy.id == copy_id, PaperCopy.agreement_id == agreement_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("paper.not_found", _("We cannot find this paper."))
    return found


def _signatures_on(copy_ids: Sequence[UUID]) -> list[PaperSignature]:
    query = select(PaperSignature).where(PaperSignature.copy_id.in_(copy_ids)).order_by(PaperSignature.id)
    return list(db.session.scalars(query))


def papers_of(agreement_id: UUID) -> list[Paper]:
    """The scans of an agreement, the newest first, in a fixed number of queries."""
    access.require(reach.READ)
    reach.find(reach.READ, agreement_id)
    query = select(PaperCopy).where(PaperCopy.agreement_id == agreement_id)
    return _papers(list(db.session.scalars(query.order_by(PaperCopy.registered_at.desc(), PaperCopy.id))))


def paper(agreement_id: UUID, copy_id: UUID) -> Paper:
    """One scan. Raises NotFound."""
    access.require(reach.READ)
    reach.find(reach.READ, agreement_id)
    (found,) = _papers([_copy(agreement_id, copy_id)])
    return found


def _papers(copies: list[PaperCopy]) -> list[Paper]:
    if not copies:
        return []
    member = access.require(reach.READ)
    rows = _signatures_on([one.id for one in copies])
    people = {one.registered_by for one in copies} | {one.answered_by for one in copies if one.answered_by}
    names = access.names_of(people)
    return [
        Paper(
            copy=one,
            signatures=[row for row in rows if row.copy_id == one.id],
            registered_by=names.get(one.registered_by, ""),
            answered_by=names.get(one.answered_by, "") if one.answered_by else "",
            is_mine=one.registered_by in member.stands_for,
        )
        for one in copies
    ]


@dataclass(frozen=True)
class ScanFile:
    """A scan to download."""

    name: str
    media_type: str
    content: bytes


def scan_of(agreement_id: UUID, copy_id: UUID) -> ScanFile:
    """The file of a scan, for whoever may read the agreement. Raises NotFound, also when it was erased."""
    found = paper(agreement_id, copy_id)
    looked(agreement_id)
    if found.copy.file_id is None:
        raise NotFound("paper.not_found", _("We cannot find this paper."))
    file = documents.read(found.copy.file_id)
    return ScanFile(file.name, file.media_type, file.content)


@dataclass(frozen=True)
class Standing:
    """What the page of a scan says of the agreement and its version, and whether the reader may answer."""

    title: str
    version: int
    sha256: str
    may_answer: bool


def standing(agreement_id: UUID, found: Paper) -> Standing:
    """How a scan stands for the reader."""
    case = open_case(agreement_id)
    is_out = case.status is Status.SENT and found.copy.version_id == case.version.id
    may_send = reach.may(SEND, case.agreement)
    return Standing(
        title=case.agreement.title,
        version=case.version.number,
        sha256=case.version.sha256,
        may_answer=found.is_waiting and is_out and may_send and not found.is_mine,
    )
