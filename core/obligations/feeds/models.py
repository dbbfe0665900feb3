"""The table of calendar feeds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import impersonal


class Feed(Owned, Base):
    """A member's personal link to some promises; taking it back deletes the row.

    ``scope`` is ``mine``, ``unit`` or ``agreement``; ``subject_id`` is the unit or the agreement.
    """

    __tablename__ = "obligations_feed"
    __table_args__ = (
        link_to("access_membership", "membership_id", on_delete="CASCADE"),
        UniqueConstraint("tenant_id", "token_hash"),
        Index("ix_obligations_feed_account", "tenant_id", "account_id"),
    )

    membership_id: Mapped[UUID]
    account_id: Mapped[UUID]
    scope: Mapped[str] = mapped_column(String(20), info=impersonal("mine, unit or agreement"))
    subject_id: Mapped[UUID | None]
    token_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = instant(default=clock.now)
    fetched_at: Mapped[datetime | None] = instant(default=None)
