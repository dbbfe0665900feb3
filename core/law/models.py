"""The table of pending law: from which day an operator has put each switch on, and why."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, instant
from core.kernel.ids import new_id
from core.kernel.personal import impersonal

LONGEST_REASON = 500


class LawSwitch(Base):
    """One decision on a switch; the newest of each counts. Nothing here is ever changed or removed.

    ``in_force_from`` is None when the decision was to take the switch off again.
    """

    __tablename__ = "law_switch"
    __table_args__ = (Index("ix_law_switch_key", "plugin", "key", "set_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plugin: Mapped[str] = mapped_column(String(80), info=impersonal("the name of a plugin"))
    key: Mapped[str] = mapped_column(String(80), info=impersonal("a key that a declaration names"))
    in_force_from: Mapped[date | None]
    reason: Mapped[str] = mapped_column(
        String(LONGEST_REASON), info=impersonal("why law is in force; the page asks for the source")
    )
    set_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    set_at: Mapped[datetime] = instant(default=clock.now)
