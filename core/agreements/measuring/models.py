"""Tables of measured goals: what people noted by hand, what they saw, and the figures that were kept."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal


def _goal_key() -> MappedColumn[str]:
    return mapped_column(String(80), info=impersonal("the key of a goal in its type"))


def _number() -> MappedColumn[float | None]:
    return mapped_column(Numeric(12, 2, asdecimal=False), default=None)


class GoalValue(Owned, Base):
    """A figure that somebody noted, for the period that ``counted_on`` lies in; rows are never changed.

    A share has ``hits`` of ``of``, another number ``value``. A row that corrects another one takes its place;
    one without a number takes it back.
    """

    __tablename__ = "agreements_goal_value"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_goal_value", "corrects_id"),
        UniqueConstraint("tenant_id", "corrects_id"),
        Index("ix_agreements_goal_value_agreement", "tenant_id", "agreement_id", "counted_on"),
    )

    agreement_id: Mapped[UUID]
    goal_key: Mapped[str] = _goal_key()
    counted_on: Mapped[date]
    hits: Mapped[int | None] = mapped_column(Integer, default=None)
    of: Mapped[int | None] = mapped_column(Integer, default=None)
    value: Mapped[float | None] = _number()
    source: Mapped[str] = mapped_column(String(300), default="", info=personal(FREE_TEXT))
    corrects_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))
    recorded_at: Mapped[datetime] = instant(default=clock.now)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))


class GoalEvidence(Owned, Base):
    """An example that shows how a goal goes: when, who told it, what. It can be withdrawn, not changed."""

    __tablename__ = "agreements_goal_evidence"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        Index("ix_agreements_goal_evidence_agreement", "tenant_id", "agreement_id", "happened_on"),
    )

    agreement_id: Mapped[UUID]
    goal_key: Mapped[str] = _goal_key()
    happened_on: Mapped[date]
    told_by: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    text: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))
    recorded_at: Mapped[datetime] = instant(default=clock.now)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    withdrawn_at: Mapped[datetime | None] = instant(default=None)
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))


class GoalSnapshot(Owned, Base):
    """What a measure gave when a period was over. Revision 1 is kept; a later one tells of a difference."""

    __tablename__ = "agreements_goal_snapshot"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        UniqueConstraint("tenant_id", "agreement_id", "goal_key", "first_day", "last_day", "revision"),
    )

    agreement_id: Mapped[UUID]
    goal_key: Mapped[str] = _goal_key()
    measure: Mapped[str] = mapped_column(String(120), info=impersonal("the key of a measure"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    revision: Mapped[int] = mapped_column(Integer)
    of: Mapped[int] = mapped_column(Integer)
    hits: Mapped[int | None] = mapped_column(Integer, default=None)
    value: Mapped[float | None] = _number()
    taken_at: Mapped[datetime] = instant(default=clock.now)
