"""An agreement that is out for signing, with its newest version and what each party was asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.signing.models import Proof
from core.agreements.states import Status, status_of
from core.agreements.ways import Part
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.tenancy.service import current_tenant

SEND = "agreement:send"

AMENDABLE = frozenset({Status.ACTIVE, Status.PAUSED})


@dataclass(frozen=True)
class Case:
    """The rows of one signing; `requests` are those whose signatures stand for `version`, in its order.

    `onlookers` are those who approve it or only see it, in the order in which they were added.
    """

    agreement: Agreement
    version: Version
    requests: tuple[SignatureRequest, ...]
    onlookers: tuple[SignatureRequest, ...] = ()

    @property
    def people(self) -> tuple[SignatureRequest, ...]:
        """Everybody who was asked, those who sign first."""
        return (*self.requests, *self.onlookers)

    @property
    def status(self) -> Status:
        """Where the agreement stands today, by the tenant's date."""
        return status_of(self.agreement, today())

    @property
    def is_by_notice(self) -> bool:
        """Whether the version came by notice, so that the signatures stand under an earlier text."""
        return bool(self.requests) and self.requests[0].signed_sha256 not in {"", self.version.sha256}

    @property
    def signed_agreement_id(self) -> UUID:
        """Under which agreement the signatures stand: an amendment's own, for what an amendment brought."""
        return self.requests[0].agreement_id if self.requests else self.agreement.id

    def request(self, request_id: UUID) -> SignatureRequest:
        """One of the requests. Raises NotFound, also for a request of an earlier version."""
        found = next((one for one in self.people if one.id == request_id), None)
        if found is None:
            raise NotFound("signature_request.not_found", _("We cannot find this request to sign."))
        return found


def today() -> date:
    """The tenant's date."""
    return clock.today(current_tenant().timezone)


def open_case(agreement_id: UUID, *, lock: bool = False) -> Case:
    """The newest version of an agreement and its requests.

    With `lock` the agreement's row is held until the transaction ends: all verbs of signing take that lock
    first, so that two of them never meet. Raises NotFound, also when nothing has been sent.
    """
    found = find_case(agreement_id, lock=lock)
    if found is None:
        raise NotFound("agreement.not_sent", _("This agreement has not been sent for signing."))
    return found


def find_case(agreement_id: UUID, *, lock: bool = False) -> Case | None:
    """The same, or None when nothing has been sent. Raises NotFound for an unknown agreement."""
    agreement = agreement_parts.find(agreement_id, lock=lock)
    version = newest_version(agreement_id)
    return None if version is None else case_of(agreement, version)


def case_of(agreement: Agreement, version: Version) -> Case:
    """A version of an agreement with the requests whose signatures stand for it."""
    signed_id = version.signed_id or version.id
    query = select(SignatureRequest).where(SignatureRequest.version_id == signed_id)
    rows = list(db.session.scalars(query.execution_options(populate_existing=True)))
    order = {one["party_key"]: place for place, one in enumerate(version.content["signatories"])}
    signing = (one for one in rows if one.part == Part.SIGNS)
    onlookers = (one for one in rows if one.part != Part.SIGNS)
    return Case(
        agreement,
        version,
        tuple(sorted(signing, key=lambda row: order.get(row.party_key, len(order)))),
        tuple(sorted(onlookers, key=lambda row: row.id)),
    )


def proofs_of(case: Case) -> dict[UUID, Proof]:
    """How the signatures of a version came about, by request; older ones have none."""
    ids = [one.id for one in case.requests if one.signed_at is not None]
    rows = db.session.scalars(select(Proof).where(Proof.request_id.in_(ids))) if ids else ()
    return {row.request_id: row for row in rows}


def newest_version(agreement_id: UUID) -> Version | None:
    """The version that was sent last, if any."""
    query = (
        select(Version).where(Version.agreement_id == agreement_id).order_by(Version.number.desc()).limit(1)
    )
    return db.session.scalar(query)


def case_out(agreement_id: UUID, *, lock: bool = True) -> Case:
    """The case of an agreement that is out for signing. Raises NotFound, Refused or Conflict."""
    case = open_case(agreement_id, lock=lock)
    reach.require(SEND, case.agreement)
    if case.status is not Status.SENT:
        raise Conflict(
            "agreement.not_out",
            _("This agreement is not out for signing now. Load the page again to see how it stands."),
        )
    return case


def versions_in_force(agreement_id: UUID) -> list[Version]:
    """The version that all signed first, and those that amendments brought since, the oldest first."""
    query = select(Version).where(Version.agreement_id == agreement_id).order_by(Version.number)
    versions = list(db.session.scalars(query))
    first = [one for one in versions if one.applies_from is None][-1:]
    return [*first, *(one for one in versions if one.applies_from is not None)]


def in_force(agreement: Agreement) -> dict[str, Any]:
    """The content of the newest version of an agreement, with the days that apply now."""
    return dated(open_case(agreement.id).version.content, agreement)


def dated(content: dict[str, Any], agreement: Agreement) -> dict[str, Any]:
    """A content with the first and last day of an agreement in force."""
    starts, ends = agreement.starts_on, agreement.ends_on
    days = {
        "starts_on": starts.isoformat() if starts else None,
        "ends_on": ends.isoformat() if ends else None,
    }
    return {**content, "duration": {**content["duration"], **days}}


def base_of(amendment: Agreement, *, lock: bool = False) -> Agreement | None:
    """The agreement that an amendment amends; None for any other agreement."""
    return agreement_parts.find(amendment.amends_id, lock=lock) if amendment.amends_id else None


def refuse_unless_amendable(base: Agreement | None) -> None:
    """Raise Conflict when an agreement is no longer in force, or under notice, so that nothing amends it."""
    if base is not None and status_of(base, today()) not in AMENDABLE:
        raise Conflict(
            "agreement.not_amendable",
            _("The agreement that this changes has ended or is under notice, so the change cannot apply."),
        )
