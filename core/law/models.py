"""The table of the law: which pending law is in force, for the whole installation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, instant
from core.kernel.ids import new_id
from core.kernel.personal import impersonal

LONGEST_REFERENCE = 500


class LawSwitch(Base):
    """One decision on a switch; the newest of each counts. Nothing here is ever changed or removed.

    ``in_force_from`` is None when a day was taken back. ``reference`` says why, such as the decision that
    puts the law in force. ``set_by`` is the operator's account, None for a command.
    """

    __tablename__ = "law_switch"
    __table_args__ = (Index("ix_law_switch_key", "key", "set_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(120), info=impersonal("a key that a declaration names"))
    in_force_from: Mapped[date | None]
    reference: Mapped[str] = mapped_column(
        String(LONGEST_REFERENCE), info=impersonal("why law is in force: the form asks for the source")
    )
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"))
    set_at: Mapped[datetime] = instant(default=clock.now)
