"""How a version stands at its service, for the pages of whoever sends and whoever signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from core.agreements.signing.case import Case
from core.agreements.signing.providers.catalogue import title_of
from core.agreements.signing.providers.files import files_of
from core.agreements.signing.providers.port import envelope_for
from core.agreements.signing.providers.states import ON_THE_WAY, EnvelopeStatus, envelope_status
from core.agreements.states import SIGNED_BY_ALL, Status
from core.documents.service import FileCard
from core.kernel import clock
from core.web.languages import current_language

TRIED_FOR: Final = timedelta(hours=18)
"""For how long the job that hands over is tried again by itself, as the worker spaces its tries."""


@dataclass(frozen=True)
class ServiceStanding:
    """What `agreements/signing/service/standing.html` shows.

    `tried_at` is when the service was last asked to take the version, and `is_tried_again` whether it will
    be asked again without anybody's doing; `files` are what it has made.
    """

    agreement_id: UUID
    title: str
    status: EnvelopeStatus
    is_out: bool
    tried_at: datetime | None
    is_tried_again: bool
    reference: str
    files: tuple[FileCard, ...] = ()

    @property
    def is_on_the_way(self) -> bool:
        """Whether the service does not have it, so that nobody has been asked."""
        return self.is_out and self.status in ON_THE_WAY


def service_standing(case: Case | None) -> ServiceStanding | None:
    """How a version stands that is signed at a service; None for one that is signed here."""
    envelope = envelope_for(case.version.id) if case and case.version.provider else None
    if case is None or envelope is None:
        return None
    status = envelope_status(envelope)
    return ServiceStanding(
        agreement_id=case.agreement.id,
        title=title_of(envelope.provider, current_language()),
        status=status,
        is_out=case.status is Status.SENT,
        tried_at=envelope.tried_at,
        is_tried_again=clock.now() - envelope.asked_at < TRIED_FOR,
        reference=envelope.reference,
        files=tuple(files_of(case.agreement.id)) if case.status in SIGNED_BY_ALL else (),
    )


def service_of(case: Case) -> str:
    """What the service is called at which a version is signed; "" for one that is signed here."""
    return title_of(case.version.provider, current_language()) if case.version.provider else ""
