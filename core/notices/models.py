"""Tables of notices: how often somebody wants them, what waits to be gathered, and the tenant's own words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant
from core.kernel.personal import FREE_TEXT, personal


class Choice(Owned, Base):
    """How often a member wants one kind of mail; without a row it comes at once."""

    __tablename__ = "notices_choice"
    __table_args__ = (UniqueConstraint("tenant_id", "account_id", "kind"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    rhythm: Mapped[str] = mapped_column(String(10))


class Waiting(Owned, Base):
    """One thing to tell a member in the next gathered mail, which deletes the row.

    ``about_id`` is what it is about, which may be done by then.
    """

    __tablename__ = "notices_waiting"
    __table_args__ = (Index("ix_notices_waiting_account", "tenant_id", "account_id", "kind"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    heading: Mapped[str] = mapped_column(String(500), info=personal(FREE_TEXT))
    body: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))
    about_id: Mapped[UUID | None]
    written_at: Mapped[datetime] = instant(default=clock.now)


class OwnText(Owned, Base):
    """A tenant's own words in one kind of mail and one language; "" leaves the product's."""

    __tablename__ = "notices_own_text"
    __table_args__ = (UniqueConstraint("tenant_id", "kind", "language"),)

    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    opening: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    closing: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    changed_at: Mapped[datetime] = instant(default=clock.now, onupdate=clock.now)
