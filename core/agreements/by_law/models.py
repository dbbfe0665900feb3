"""The table of kept answers: what the rules of law said about a version of an agreement."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal


class Occasion(StrEnum):
    """When the rules were asked."""

    SENT = "sent"
    IN_FORCE = "in_force"
    NOTICE = "notice"


class LawAnswer(Owned, Base):
    """One whole answer, in the words and values of its day. Rows are added and erased, never changed."""

    __tablename__ = "agreements_law_answer"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_version", "version_id"),
        Index("ix_agreements_law_answer_agreement", "tenant_id", "agreement_id", "asked_at"),
        Index("ix_agreements_law_answer_version", "tenant_id", "version_id"),
    )

    agreement_id: Mapped[UUID]
    version_id: Mapped[UUID]
    rule_set: Mapped[str] = mapped_column(String(120), info=impersonal("a key that a declaration names"))
    occasion: Mapped[str] = mapped_column(String(20), info=impersonal("a word of Occasion"))
    as_of: Mapped[date]
    asked_at: Mapped[datetime] = instant(default=clock.now)
    answer: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
