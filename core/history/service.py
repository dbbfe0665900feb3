"""Reading the audit: the history of a thing, a search through everything, and who has looked at somebody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from core.access import service as access
from core.access.history import memberships_of
from core.history.lines import Line, in_words
from core.kernel import audit
from core.kernel.audit import READ, AuditEntry
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

READ_AUDIT = "audit:read"
PAGE = 50
LONGEST_DOWNLOAD = 20_000
BATCH = 1_000
LOOKS, CHANGES = "looks", "changes"


@dataclass(frozen=True)
class Page:
    """Some lines, the newest first; ``older`` is the number to go on before, 0 where there are no more."""

    lines: list[Line]
    older: int


@dataclass(frozen=True)
class Wanted:
    """What is searched for; what is empty does not narrow. ``kind`` is ``looks`` or ``changes``."""

    actor_id: UUID | None = None
    subject_kind: str = ""
    subject_id: UUID | None = None
    action: str = ""
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None
    before: int = 0

    def narrowing(self) -> list[str]:
        """Names of what it is narrowed by, for the line that says that somebody searched."""
        return sorted(name for name, value in vars(self).items() if value and name != "before")


def history_of(subject_kind: str, subject_id: UUID, *, also: Iterable[UUID] = (), before: int = 0) -> Page:
    """What happened to a subject that the caller has already let this reader see.

    ``also`` are ids of things that belong to it, such as requests to sign. Who has looked is told only to
    those who may read the audit.
    """
    ids = [subject_id, *also]
    query = select(AuditEntry).where(AuditEntry.subject_id.in_(ids))
    if not access.decide(READ_AUDIT).allowed:
        query = query.where(~AuditEntry.action.endswith(READ))
    if not also:
        query = query.where(AuditEntry.subject_kind == subject_kind)
    return _page(query, before)


def search(wanted: Wanted) -> Page:
    """Lines of the tenant in scope, for whoever watches over its data; the search itself is written down."""
    access.require(READ_AUDIT)
    audit.looked_at("audit", current_tenant().id, fields=wanted.narrowing())
    return _page(_query(wanted), wanted.before)


def download(wanted: Wanted) -> Iterator[Line]:
    """The same lines without pages, the newest first, at most twenty thousand; it is written down too."""
    access.require(READ_AUDIT)
    with unit_of_work():
        audit.record("audit.downloaded", "audit", current_tenant().id, fields=wanted.narrowing())
    return _all_lines(wanted)


def _all_lines(wanted: Wanted) -> Iterator[Line]:
    for _batch in range(LONGEST_DOWNLOAD // BATCH):
        page = _page(_query(wanted), wanted.before, BATCH)
        yield from page.lines
        if not page.older:
            return
        wanted = replace(wanted, before=page.older)


def lookers(subject_kind: str, subject_id: UUID, *, before: int = 0) -> Page:
    """Who has looked at a person, newest first. The caller has made sure that it is the person who asks."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == subject_kind,
        AuditEntry.subject_id == subject_id,
        AuditEntry.action.endswith(READ),
    )
    return _page(query, before)


def about_account(account_id: UUID, *, before: int = 0) -> Page:
    """What is logged in the tenant in scope about an account: what it did, and what was done to it.

    The caller has made sure that it is the account itself who asks.
    """
    about = [*memberships_of(account_id), account_id]
    query = select(AuditEntry).where(
        (AuditEntry.actor_id == account_id)
        | (AuditEntry.on_behalf_of == account_id)
        | AuditEntry.subject_id.in_(about)
    )
    return _page(query, before)


def _query(wanted: Wanted) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if wanted.actor_id:
        query = query.where(
            (AuditEntry.actor_id == wanted.actor_id) | (AuditEntry.on_behalf_of == wanted.actor_id)
        )
    if wanted.subject_kind:
        query = query.where(AuditEntry.subject_kind == wanted.subject_kind)
    if wanted.subject_id:
        query = query.where(AuditEntry.subject_id == wanted.subject_id)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.kind:
        looks = AuditEntry.action.endswith(READ)
        query = query.where(looks if wanted.kind == LOOKS else ~looks)
    if wanted.first_day:
        query = query.where(AuditEntry.at >= _midnight(wanted.first_day))
    if wanted.last_day:
        query = query.where(AuditEntry.at < _midnight(wanted.last_day + timedelta(days=1)))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(current_tenant().timezone))


def _page(query: Select[AuditEntry], before: int, length: int = PAGE) -> Page:
    if before:
        query = query.where(AuditEntry.number < before)
    found = list(db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(length + 1)))
    older = found[length - 1].number if len(found) > length else 0
    return Page(in_words(found[:length]), older)
