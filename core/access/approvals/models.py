"""The table of what waits for a second person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant
from core.kernel.personal import FREE_TEXT, personal


class Approval(Owned, Base):
    """An act that somebody has asked for; ``arguments`` are ids and short keys, never personal data."""

    __tablename__ = "access_approval"

    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[UUID]
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(String(500), info=personal(FREE_TEXT))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    asked_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    decided_at: Mapped[datetime | None] = instant(default=None)
    approved: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))
    withdrawn_at: Mapped[datetime | None] = instant(default=None)


Index(
    "ix_access_approval_one_waiting",
    Approval.tenant_id,
    Approval.action,
    Approval.subject_id,
    unique=True,
    postgresql_where=Approval.decided_at.is_(None) & Approval.withdrawn_at.is_(None),
)
