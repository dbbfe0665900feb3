"""Tables of the annual wheel: what comes back each year, and the units that have a part in it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal


class YearlyActivity(Owned, Base):
    """Something that is done each year. Without a day it belongs to the whole month.

    It is the whole organisation's, or one unit's, or one agreement's.
    """

    __tablename__ = "agreements_yearly_activity"
    __table_args__ = (
        link_to("tenancy_unit", "unit_id"),
        link_to("agreements_agreement", "agreement_id"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
        Index("ix_agreements_yearly_activity_month", "tenant_id", "month"),
    )

    title: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    month: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[int | None] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    unit_id: Mapped[UUID | None]
    agreement_id: Mapped[UUID | None]
    made_at: Mapped[datetime] = instant(default=clock.now)


class ActivityUnit(Owned, Base):
    """A unit's part in a yearly activity: ``main``, ``performing`` or ``involved``."""

    __tablename__ = "agreements_activity_unit"
    __table_args__ = (
        link_to("agreements_yearly_activity", "activity_id", on_delete="CASCADE"),
        link_to("tenancy_unit", "unit_id"),
        UniqueConstraint("tenant_id", "activity_id", "part", "unit_id"),
        Index("ix_agreements_activity_unit_unit", "tenant_id", "unit_id"),
    )

    activity_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    part: Mapped[str] = mapped_column(String(20), info=impersonal("main, performing or involved"))
