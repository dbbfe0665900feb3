"""The table of comments between colleagues."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal

ACCEPTED: Final = "accepted"
DECLINED: Final = "declined"


class Comment(Owned, Base):
    """What somebody said about a clause, or about the whole draft when there is no ``clause_key``.

    Without ``thread_id`` it begins a thread, else it answers one. The first comment of a thread may propose
    a text; it knows when the thread was resolved, what became of the proposal, and when mail was last sent.
    """

    __tablename__ = "agreements_comment"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_comment", "thread_id", on_delete="CASCADE"),
        Index("ix_agreements_comment_agreement", "tenant_id", "agreement_id"),
        Index("ix_agreements_comment_thread", "tenant_id", "thread_id"),
    )

    agreement_id: Mapped[UUID]
    clause_key: Mapped[str] = mapped_column(String(80), default="", info=impersonal("a key of the type"))
    thread_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))
    proposal: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    written_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    written_at: Mapped[datetime] = instant(default=clock.now)
    outcome: Mapped[str] = mapped_column(String(10), default="", info=impersonal("accepted or declined"))
    resolved_at: Mapped[datetime | None] = instant(default=None)
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    told_at: Mapped[datetime | None] = instant(default=None)
