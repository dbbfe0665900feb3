"""Who did what, when and why. Ids and field names only, never values: names are resolved when it is read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, db, instant
from core.kernel.ids import new_id
from core.kernel.personal import FREE_TEXT, personal
from core.kernel.scope import TenantScope, current_scope, when_platform_is_entered
from core.kernel.unit_of_work import add_last, unit_of_work


@dataclass(frozen=True)
class Actor:
    """Who acts: an ``account``, a personal ``link``, or the ``system`` itself (id None).

    ``on_behalf_of`` is the account of somebody who is away or has asked, ``reason`` why; every line that is
    written meanwhile carries both.
    """

    kind: str
    id: UUID | None = None
    on_behalf_of: UUID | None = None
    reason: str = ""


SYSTEM = Actor("system")
LONGEST_REASON = 500
READ = ".read"
"""How the action of a line ends that tells of looking, not of doing."""
ONE_LOOK = timedelta(minutes=10)
_actor: ContextVar[Actor] = ContextVar("fotfeste_actor", default=SYSTEM)


def current_actor() -> Actor:
    """Who acts now; the system where nobody has been named."""
    return _actor.get()


def name_actor(actor: Actor) -> None:
    """Say who acts for the rest of this request."""
    _actor.set(actor)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Act as somebody for the length of a block."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


class AuditEntry(Owned, Base):
    """One line of a tenant's audit; the serving roles can add and read, never change.

    The database itself numbers the lines of a tenant from 1 without a gap and chains them: ``hash`` is made
    of all other columns, ``previous`` is the hash of the line before.
    """

    __tablename__ = "kernel_audit_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        Index(None, "tenant_id", "subject_id", "number"),
        Index(None, "tenant_id", "actor_id", "subject_id", "at"),
    )
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012  SQLAlchemy's own spelling

    number: Mapped[int] = mapped_column(BigInteger, server_default=FetchedValue())
    previous: Mapped[str] = mapped_column(String(64), server_default=FetchedValue())
    hash: Mapped[str] = mapped_column(String(64), server_default=FetchedValue())
    at: Mapped[datetime] = instant(default=clock.now)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    on_behalf_of: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[UUID]
    fields: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))


class AuditHead(Owned, Base):
    """Where the chain of a tenant ends. ``id`` is the tenant's own; only the database itself writes it."""

    __tablename__ = "kernel_audit_head"

    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class PlatformEntry(Base):
    """One line each time somebody works across tenants, with the reason."""

    __tablename__ = "kernel_platform_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = instant(default=clock.now)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(String(500))


def record(
    action: str,
    subject_kind: str,
    subject_id: UUID,
    *,
    fields: Iterable[str] = (),
    reason: str = "",
    tenant_id: UUID | None = None,
) -> None:
    """Add a line to the audit of the tenant in scope (or of ``tenant_id``, for the platform).

    Inside a unit of work the line is stored last, just before the commit, so that the chain of the tenant is
    held only for a moment: code of the same unit cannot read it back.
    """
    actor = current_actor()
    entry = AuditEntry(
        at=clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        on_behalf_of=actor.on_behalf_of,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        fields=sorted(fields),
        reason=(reason or actor.reason)[:LONGEST_REASON],
    )
    scope = current_scope()
    if tenant_id is not None:
        entry.tenant_id = tenant_id
    elif isinstance(scope, TenantScope):
        entry.tenant_id = scope.tenant_id
    add_last(entry, order=str(entry.tenant_id))


def looked_at(subject_kind: str, subject_id: UUID, *, fields: Iterable[str] = (), reason: str = "") -> None:
    """Write down that personal data of a subject was shown; ``fields`` are the names of what was shown.

    Stores the line at once when nothing else is being stored, so a page that only reads may call it. Whoever
    looks at the same fields of the same subject again within ten minutes is written down once.
    """
    shown = sorted(fields)
    if not reason and _seen_just_now(subject_kind, subject_id, shown):
        return
    with unit_of_work():
        record(f"{subject_kind}{READ}", subject_kind, subject_id, fields=shown, reason=reason)


def _seen_just_now(subject_kind: str, subject_id: UUID, fields: list[str]) -> bool:
    actor = current_actor()
    if actor.id is None:
        return False
    query = select(AuditEntry.id).where(
        AuditEntry.actor_id == actor.id,
        AuditEntry.subject_id == subject_id,
        AuditEntry.at > clock.now() - ONE_LOOK,
        AuditEntry.action == f"{subject_kind}{READ}",
        AuditEntry.fields == fields,
        AuditEntry.on_behalf_of.is_not_distinct_from(actor.on_behalf_of),
    )
    return db.session.scalar(query.limit(1)) is not None


def _note_platform_entry(reason: str) -> None:
    actor = current_actor()
    with unit_of_work():
        db.session.add(PlatformEntry(actor_kind=actor.kind, actor_id=actor.id, reason=reason))


when_platform_is_entered(_note_platform_entry)


def last_lines() -> dict[UUID, datetime]:
    """When the last line was written, by tenant. Runs inside a platform scope."""
    query = select(AuditEntry.tenant_id, func.max(AuditEntry.at)).group_by(AuditEntry.tenant_id)
    return dict(iter(db.session.execute(query)))
