"""What the page of requests for a revision shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.access import service as access
from core.agreements import reach
from core.agreements.amending import revisions
from core.agreements.amending.models import RevisionRequest
from core.agreements.life.renewing import drafts_after
from core.agreements.models import Agreement
from core.agreements.signing.case import AMENDABLE, open_case, today
from core.agreements.states import status_of


@dataclass(frozen=True)
class RequestLine:
    """One request; `noted_by` is empty when the party wrote itself."""

    id: UUID
    party_name: str
    name: str
    words: str
    asked_at: datetime
    noted_by: str
    answered_at: datetime | None
    answered_by: str
    answer: str


@dataclass(frozen=True)
class RevisionPage:
    """The context of `agreements/amending/revision.html`; `parties` are the names of those who may ask."""

    agreement: Agreement
    requests: tuple[RequestLine, ...]
    parties: tuple[str, ...]
    is_in_force: bool
    may_write: bool
    is_being_amended: bool


def page(agreement_id: UUID, permission: str = reach.READ) -> RevisionPage:
    """The requests of an agreement that was sent, for whom a permission lets see it. Raises NotFound."""
    access.require(permission)
    agreement = reach.find(permission, agreement_id)
    content, rows = open_case(agreement_id).version.content, revisions.all_of(agreement_id)
    accounts = [one for row in rows for one in (row.recorded_by, row.answered_by) if one]
    names = access.names_of(accounts)
    return RevisionPage(
        agreement=agreement,
        requests=tuple(_line(row, names) for row in rows),
        parties=tuple(one["name"] for one in content["parties"]),
        is_in_force=status_of(agreement, today()) in AMENDABLE and agreement.amends_id is None,
        may_write=reach.may(revisions.WRITE, agreement),
        is_being_amended=drafts_after(agreement_id)[1] is not None,
    )


def _line(row: RevisionRequest, names: Mapping[UUID, str]) -> RequestLine:
    return RequestLine(
        id=row.id,
        party_name=row.party_name,
        name=row.name,
        words=row.words,
        asked_at=row.asked_at,
        noted_by=names.get(row.recorded_by, "") if row.recorded_by else "",
        answered_at=row.answered_at,
        answered_by=names.get(row.answered_by, "") if row.answered_by else "",
        answer=row.answer,
    )
