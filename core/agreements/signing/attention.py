"""What in a tenant's agreements asks for somebody: drafts, refusals, signatures that wait."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from core.access import service as access
from core.agreements import reach
from core.agreements.catalogue import types_of
from core.agreements.drafts.completeness import missing_in
from core.agreements.models import Agreement, Clause, Contact, Goal, Party, SignatureRequest, Value
from core.agreements.parts import Parts
from core.agreements.signing.states import days_since, waiting_sql
from core.agreements.ways import PARTS, Part
from core.kernel import clock
from core.kernel.database import db
from core.web.languages import current_language

SILENT_AFTER = timedelta(days=7)
Row = TypeVar("Row", Party, Clause, Value, Contact, Goal)


@dataclass(frozen=True)
class Waiting:
    """A signature that somebody has not given yet; `since` is when the agreement was sent to that person."""

    agreement_id: UUID
    title: str
    party_name: str
    name: str
    since: datetime

    @property
    def days_waiting(self) -> int:
        """For how many days it has waited; 0 until it is two weeks."""
        return days_since(self.since)


@dataclass(frozen=True)
class Unfinished:
    """A draft or a refused agreement; `missing` counts what it lacks, None when its type is not available."""

    agreement_id: UUID
    title: str
    at: datetime
    missing: int | None

    @property
    def days_waiting(self) -> int:
        """For how many days nobody has changed it; 0 until it is two weeks."""
        return days_since(self.at)


@dataclass(frozen=True)
class Attention:
    """What asks for the reader, and what asks for anybody in the tenant; each list holds at most `limit`."""

    for_me: tuple[Waiting, ...]
    silent: tuple[Waiting, ...]
    refused: tuple[Unfinished, ...]
    drafts: tuple[Unfinished, ...]


def attention(limit: int) -> Attention:
    """Signatures that wait for the reader or have waited for a week, refused agreements, the reader's drafts.

    Seven queries, however many there are.
    """
    member = access.require("agreement:read")
    waiting = _waiting(member.email, limit)
    unfinished = _unfinished(member.stands_for, limit)
    counts = _missing_counts([one for one in unfinished if one.refused_at is None])
    rows = [
        (one, Unfinished(one.id, one.title, one.refused_at or one.changed_at, counts.get(one.id)))
        for one in unfinished
    ]
    return Attention(
        for_me=tuple(row for row, email in waiting if email == member.email),
        silent=tuple(row for row, email in waiting if email != member.email),
        refused=tuple(row for one, row in rows if one.refused_at is not None),
        drafts=tuple(row for one, row in rows if one.refused_at is None),
    )


def _waiting(email: str, limit: int) -> list[tuple[Waiting, str]]:
    request, is_mine = SignatureRequest, SignatureRequest.email == email
    is_silent = and_(request.requested_at <= clock.now() - SILENT_AFTER, reach.within(reach.READ))
    place = func.row_number().over(partition_by=is_mine, order_by=(request.requested_at, request.id))
    with_agreement = (Agreement.id == request.agreement_id) & (Agreement.tenant_id == request.tenant_id)
    ranked = (
        select(request.id, Agreement.title, place.label("place"))
        .join(Agreement, with_agreement)
        .where(*waiting_sql(), or_(is_mine, is_silent))
        .subquery()
    )
    query = (
        select(request, ranked.c.title)
        .join(ranked, ranked.c.id == request.id)
        .where(ranked.c.place <= limit)
        .order_by(request.requested_at, request.id)
    )
    return [
        (Waiting(row.agreement_id, title, _for_whom(row), row.name, row.requested_at), row.email)
        for row, title in db.session.execute(query)
    ]


def _for_whom(row: SignatureRequest) -> str:
    """The party, or what somebody does who stands for none."""
    return row.party_name or PARTS[Part(row.part)].in_language(current_language())


def _unfinished(account_ids: Collection[UUID], limit: int) -> list[Agreement]:
    is_draft = and_(Agreement.sent_at.is_(None), Agreement.adviser_id.in_(account_ids))
    is_refused, newest = (
        Agreement.refused_at.is_not(None),
        func.coalesce(Agreement.refused_at, Agreement.changed_at),
    )
    place = func.row_number().over(partition_by=is_refused, order_by=(newest.desc(), Agreement.id))
    ranked = (
        select(Agreement.id, place.label("place"))
        .where(Agreement.activated_at.is_(None), Agreement.cancelled_at.is_(None))
        .where(or_(is_draft, is_refused), reach.within(reach.READ))
        .subquery()
    )
    query = select(Agreement).join(ranked, ranked.c.id == Agreement.id).where(ranked.c.place <= limit)
    return list(db.session.scalars(query.order_by(ranked.c.place)))


def _missing_counts(agreements: list[Agreement]) -> dict[UUID, int]:
    """What `missing` would count for each, by one query for each kind of part, not for each draft."""
    if not agreements:
        return {}
    ids = [one.id for one in agreements]
    parties, clauses, values = _rows(Party, ids), _rows(Clause, ids), _rows(Value, ids)
    contacts, goals = _rows(Contact, ids), _rows(Goal, ids)
    kinds = types_of([(one.type_key, one.edition) for one in agreements])
    counts = {}
    for one in agreements:
        kind = kinds.get((one.type_key, one.edition))
        if kind is None:
            continue
        parts = Parts(
            one,
            kind,
            kind.text(one.language),
            parties=parties[one.id],
            clauses=clauses[one.id],
            values=values[one.id],
            contacts=contacts[one.id],
            goals=goals[one.id],
            meetings={},
        )
        counts[one.id] = len(missing_in(parts))
    return counts


def _rows(model: type[Row], ids: Iterable[UUID]) -> dict[UUID, dict[str, Row]]:
    found: dict[UUID, dict[str, Any]] = {one: {} for one in ids}
    for row in db.session.scalars(select(model).where(model.agreement_id.in_(list(found)))):
        found[row.agreement_id][row.key] = row
    return found
