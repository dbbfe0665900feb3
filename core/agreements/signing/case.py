"""An agreement that is out for signing, with its newest version and what each party was asked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.tenancy.service import current_tenant


@dataclass(frozen=True)
class Case:
    """The rows of one signing; `requests` are those of `version`, in the order of its signatories."""

    agreement: Agreement
    version: Version
    requests: tuple[SignatureRequest, ...]

    @property
    def status(self) -> Status:
        """Where the agreement stands today, by the tenant's date."""
        return status_of(self.agreement, today())

    def request(self, request_id: UUID) -> SignatureRequest:
        """One of the requests. Raises NotFound, also for a request of an earlier version."""
        found = next((one for one in self.requests if one.id == request_id), None)
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
    if version is None:
        return None
    query = select(SignatureRequest).where(SignatureRequest.version_id == version.id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    order = {one["party_key"]: place for place, one in enumerate(version.content["signatories"])}
    return Case(agreement, version, tuple(sorted(rows, key=lambda row: order[row.party_key])))


def newest_version(agreement_id: UUID) -> Version | None:
    """The version that was sent last, if any."""
    query = (
        select(Version).where(Version.agreement_id == agreement_id).order_by(Version.number.desc()).limit(1)
    )
    return db.session.scalar(query)
