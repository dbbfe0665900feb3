"""Who did what, when and why. Ids and field names only, never values: names are resolved when it is read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, db, instant
from core.kernel.ids import new_id
from core.kernel.scope import when_platform_is_entered
from core.kernel.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Actor:
    """Who acts: an ``account``, a personal ``link``, or the ``system`` itself (id None)."""

    kind: str
    id: UUID | None = None


SYSTEM = Actor("system")
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
    """One line of a tenant's audit; the serving roles can add and read, never change."""

    __tablename__ = "kernel_audit_entry"

    at: Mapped[datetime] = instant(default=clock.now)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(80), index=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    fields: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(String(500), default="")


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
    """Add a line to the audit of the tenant in scope (or of ``tenant_id``, for the platform)."""
    actor = current_actor()
    entry = AuditEntry(
        actor_kind=actor.kind,
        actor_id=actor.id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        fields=sorted(fields),
        reason=reason,
    )
    if tenant_id is not None:
        entry.tenant_id = tenant_id
    db.session.add(entry)


def looked_at(subject_kind: str, subject_id: UUID, *, fields: Iterable[str] = (), reason: str = "") -> None:
    """Write down that personal data of a subject was shown; ``fields`` are the names of what was shown.

    Stores the line at once when nothing else is being stored, so a page that only reads may call it.
    """
    with unit_of_work():
        record(f"{subject_kind}.read", subject_kind, subject_id, fields=fields, reason=reason)


def _note_platform_entry(reason: str) -> None:
    actor = current_actor()
    with unit_of_work():
        db.session.add(PlatformEntry(actor_kind=actor.kind, actor_id=actor.id, reason=reason))


when_platform_is_entered(_note_platform_entry)
