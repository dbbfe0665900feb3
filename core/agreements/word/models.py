"""Tables of drafts in Word: what was handed out, what came back, and each thing that it asks for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal


class WordCopy(Owned, Base):
    """A draft that was handed out for Word. ``sent`` has its lines, so that an answer can be compared."""

    __tablename__ = "agreements_word_copy"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        Index("ix_agreements_word_copy_agreement", "tenant_id", "agreement_id", "made_at"),
    )

    agreement_id: Mapped[UUID]
    sent: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
    made_at: Mapped[datetime] = instant(default=clock.now)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))


class WordAnswer(Owned, Base):
    """A file that came back. The file itself is not kept (decision 0038), only what it asks for."""

    __tablename__ = "agreements_word_answer"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_word_copy", "copy_id", on_delete="SET NULL (copy_id)"),
        UniqueConstraint("tenant_id", "agreement_id", "sha256"),
    )

    agreement_id: Mapped[UUID]
    copy_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = instant(default=clock.now)
    received_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))


class WordFinding(Owned, Base):
    """One thing that an answer asks for or says. ``taken`` is None until somebody has decided.

    ``before`` and ``after`` are the words around the place, ``removed`` and ``added`` what is changed there;
    ``words`` is what a comment says. ``clause_key`` is empty for what stands outside the clauses.
    """

    __tablename__ = "agreements_word_finding"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_word_answer", "answer_id", on_delete="CASCADE"),
        Index("ix_agreements_word_finding_answer", "tenant_id", "answer_id", "place"),
        Index("ix_agreements_word_finding_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    answer_id: Mapped[UUID]
    place: Mapped[int] = mapped_column(Integer)
    clause_key: Mapped[str] = mapped_column(String(80), info=impersonal("a key of the type"))
    kind: Mapped[str] = mapped_column(String(20), info=impersonal("one of five words"))
    author: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    said_at: Mapped[datetime | None] = instant(default=None)
    before: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    removed: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    added: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    after: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    words: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    decided_at: Mapped[datetime | None] = instant(default=None)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    taken: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
