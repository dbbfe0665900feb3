"""Lists of agreements, paged in SQL, and one agreement as it reads."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.catalogue import title_of
from core.agreements.content import resolved
from core.agreements.drafts.completeness import facts_of
from core.agreements.models import Agreement, Party, Version
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading as AgreementText
from core.agreements.printing.reading import reading_of
from core.agreements.states import Status, status_of, status_sql
from core.kernel import clock
from core.kernel.database import db
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant
from core.web.languages import current_language

PAGE_LENGTH = 25
READ = "agreement:read"


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: UUID
    title: str
    type_title: str
    status: Status
    parties: str
    changed_at: datetime
    ends_on: date | None


@dataclass(frozen=True)
class Found:
    """One page of the list."""

    rows: list[Row]
    total: int
    page: int
    pages: int


def search(*, status: str = "", words: str = "", page: int = 1) -> Found:
    """Agreements of the tenant, the last changed first; by status, and words in title or a party's name."""
    access.require(READ)
    today = clock.today(current_tenant().timezone)
    query = select(Agreement)
    if status:
        query = query.where(status_sql(today) == status)
    if words:
        query = query.where(_mentions(words))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_LENGTH))
    page = min(max(1, page), pages)
    ordered = (
        query.order_by(Agreement.changed_at.desc(), Agreement.id)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    )
    found = list(db.session.scalars(ordered))
    names = _party_names([one.id for one in found])
    return Found([_row(one, names.get(one.id, ""), today) for one in found], total, page, pages)


def _mentions(words: str) -> Any:
    parties = select(Party.agreement_id).where(Party.name.icontains(words, autoescape=True))
    return Agreement.title.icontains(words, autoescape=True) | Agreement.id.in_(parties)


def _row(agreement: Agreement, parties: str, today: date) -> Row:
    return Row(
        agreement.id,
        agreement.title,
        title_of(agreement.type_key, current_language()),
        status_of(agreement, today),
        parties,
        agreement.changed_at,
        agreement.ends_on,
    )


def _party_names(ids: list[UUID]) -> dict[UUID, str]:
    query: Select[Any] = (
        select(Party.agreement_id, func.string_agg(Party.name, ", "))
        .where(Party.agreement_id.in_(ids), Party.name != "")
        .group_by(Party.agreement_id)
    )
    return dict(iter(db.session.execute(query)))


@dataclass(frozen=True)
class Reading:
    """One agreement: the text as it stands or as it was sent, and what people usually do next.

    ``unavailable`` names plugins whose advice could not be shown.
    """

    agreement: Agreement
    status: Status
    type_title: str
    adviser: str
    text: AgreementText
    next_steps: list[str]
    unavailable: list[str]
    may_write: bool


def read(agreement_id: UUID) -> Reading:
    """An agreement of the tenant in scope. Raises NotFound, or Conflict when its type is not available."""
    member = access.require(READ)
    agreement = agreement_parts.find(agreement_id)
    status = status_of(agreement, clock.today(current_tenant().timezone))
    steps, unavailable = _next_steps(agreement_id)
    return Reading(
        agreement,
        status,
        title_of(agreement.type_key, current_language()),
        access.names_of([agreement.adviser_id]).get(agreement.adviser_id, ""),
        reading_of(_content(agreement, status), labels_in(agreement.language), _open_fields(agreement)),
        steps,
        unavailable,
        may_write="agreement:write" in member.permissions,
    )


def _content(agreement: Agreement, status: Status) -> dict[str, Any]:
    if status not in {Status.DRAFT, Status.REFUSED}:
        query = (
            select(Version)
            .where(Version.agreement_id == agreement.id)
            .order_by(Version.number.desc())
            .limit(1)
        )
        version = db.session.scalar(query)
        if version is not None:
            return version.content
    return resolved(agreement_parts.load(agreement.id))


def _open_fields(agreement: Agreement) -> dict[str, str]:
    text = agreement_parts.declared(agreement).text(agreement.language)
    return {one.key: one.label for one in text.placeholders}


def _next_steps(agreement_id: UUID) -> tuple[list[str], list[str]]:
    steps, unavailable = [], []
    facts = facts_of(agreement_parts.load(agreement_id))
    for contribution in host().collect("slot_next_steps", facts=facts):
        if contribution.error:
            unavailable.append(host().manifests[contribution.plugin].title.in_language(current_language()))
        else:
            steps += [wording.in_language(current_language()) for wording in contribution.value]
    return steps, unavailable
