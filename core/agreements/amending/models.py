"""Tables of amending: why an agreement is amended and what came of it, and parties who ask for a revision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, personal


class Amendment(Owned, Base):
    """Why an agreement in force is amended by a draft; ``number`` is the version that it became.

    ``origin`` says where the change came from, such as a point of an evaluation.
    """

    __tablename__ = "agreements_amendment"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_agreement", "draft_id"),
        UniqueConstraint("tenant_id", "draft_id"),
        Index("ix_agreements_amendment_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    draft_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(String(1000), info=personal(FREE_TEXT))
    origin: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    begun_at: Mapped[datetime] = instant(default=clock.now)
    begun_by: Mapped[UUID | None]
    number: Mapped[int | None] = mapped_column(Integer)


class RevisionRequest(Owned, Base):
    """A party that asks for a revision. It stands until an amendment is begun or it is answered.

    ``answer`` says why not; it is empty when an amendment was begun. Without ``recorded_by`` the party wrote
    itself, by the personal link of its signatory.
    """

    __tablename__ = "agreements_revision_request"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        Index("ix_agreements_revision_request_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    party_name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    name: Mapped[str] = mapped_column(String(160), info=personal(FREE_TEXT))
    words: Mapped[str] = mapped_column(String(2000), info=personal(FREE_TEXT))
    asked_at: Mapped[datetime] = instant(default=clock.now)
    recorded_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None] = instant(default=None)
    answered_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
