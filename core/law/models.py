"""The table of the law: which pending law is in force, for the whole installation."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, instant
from core.kernel.personal import impersonal


class DatedSwitch(Base):
    """A switch that has its day; ``reference`` is the decision that puts the law in force."""

    __tablename__ = "law_switch"

    key: Mapped[str] = mapped_column(
        String(120), primary_key=True, info=impersonal("a switch of a plugin, from its file")
    )
    in_force_from: Mapped[date]
    reference: Mapped[str] = mapped_column(String(300), info=impersonal("a decision about law, cited"))
    set_at: Mapped[datetime] = instant(default=clock.now)
