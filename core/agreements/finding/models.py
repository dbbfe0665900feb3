"""The words by which an agreement is found, and the views that people keep of the list."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from core.agreements.finding.words import LONGEST
from core.agreements.models import Agreement
from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, NAME, personal

LONGEST_NAME: Final = 80


class Word(Owned, Base):
    """One folded word of an agreement's title, parties and contacts; `keeping.py` writes them.

    The order of bytes serves the search for beginnings by the unique index.
    """

    __tablename__ = "agreements_word"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        UniqueConstraint("tenant_id", "word", "agreement_id"),
        Index("ix_agreements_word_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    word: Mapped[str] = mapped_column(String(LONGEST, collation="C"), info=personal(NAME))
    agreement: Mapped[Agreement] = relationship(
        primaryjoin=lambda: and_(
            foreign(Word.agreement_id) == Agreement.id, Word.tenant_id == Agreement.tenant_id
        ),
        lazy="raise",
    )
    """Only for the flush, which stores a new agreement before its words."""


class SavedView(Owned, Base):
    """A named selection of the list: ``asked`` is what its address asks for, by name."""

    __tablename__ = "agreements_saved_view"
    __table_args__ = (Index("ix_agreements_saved_view_account", "tenant_id", "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), info=personal(FREE_TEXT))
    asked: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
    is_shared: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime] = instant(default=clock.now)
