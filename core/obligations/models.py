"""The table of promises."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant
from core.kernel.personal import FREE_TEXT, personal


class Obligation(Owned, Base):
    """One thing somebody promised to do by a date. ``subject`` is where the promise was made."""

    __tablename__ = "obligations_obligation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subject_id", "key", "index"),
        Index("ix_obligations_obligation_due", "tenant_id", "due_on"),
    )

    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    subject_title: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    key: Mapped[str] = mapped_column(String(80))
    index: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    called_by: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    agenda: Mapped[list[Any]] = mapped_column(default=list)
    nominal_on: Mapped[date]
    due_on: Mapped[date]
    made_at: Mapped[datetime] = instant(default=clock.now)
    done_at: Mapped[datetime | None] = instant(default=None)
    done_by: Mapped[UUID | None]
    dropped_at: Mapped[datetime | None] = instant(default=None)
    moved_from: Mapped[date | None]
    rests_from: Mapped[date | None]
