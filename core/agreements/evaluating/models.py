"""Tables of an evaluation: what is asked, what each party says, and the points that come of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, impersonal, personal


class Evaluation(Owned, Base):
    """One evaluation of an agreement, which keeps a promise. Once it is closed nothing of it changes.

    ``aims`` and ``goals`` are as they read when it began. ``attained`` has what was reached and words about
    it by goal, ``participants`` how those placed under the agreement have fared. ``facts`` and ``period_to``
    are written when it is closed; until then the period is counted anew on each look. ``next_draft_id`` is
    the draft that was begun with the changes of text it decided on.
    """

    __tablename__ = "agreements_evaluation"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("obligations_obligation", "obligation_id"),
        link_to("agreements_agreement", "next_draft_id"),
        UniqueConstraint("tenant_id", "obligation_id"),
        Index("ix_agreements_evaluation_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    obligation_id: Mapped[UUID]
    version_number: Mapped[int] = mapped_column(Integer)
    period_from: Mapped[date]
    period_to: Mapped[date | None]
    aims: Mapped[list[Any]] = mapped_column(info=impersonal("the aims that a declaration names"))
    goals: Mapped[list[Any]] = mapped_column(info=impersonal("names and targets of declared goals"))
    attained: Mapped[dict[str, Any]] = mapped_column(default=dict, info=personal(FREE_TEXT))
    participants: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict, info=impersonal("counts and words of ours"))
    begun_at: Mapped[datetime] = instant(default=clock.now)
    begun_by: Mapped[UUID]
    closed_at: Mapped[datetime | None] = instant(default=None)
    closed_by: Mapped[UUID | None]
    sent_at: Mapped[datetime | None] = instant(default=None)
    next_draft_id: Mapped[UUID | None]


class Assessment(Owned, Base):
    """What one party says. ``ratings`` are numbers by the key of an aim; 0 stands for "cannot say".

    Other parties answer by a personal link, of which only the hash is stored.
    """

    __tablename__ = "agreements_assessment"
    __table_args__ = (
        link_to("agreements_evaluation", "evaluation_id"),
        UniqueConstraint("tenant_id", "evaluation_id", "party_key"),
        Index("ix_agreements_assessment_email", "tenant_id", "email"),
    )

    evaluation_id: Mapped[UUID]
    party_key: Mapped[str] = mapped_column(String(80))
    party_name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    is_ours: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))
    role_title: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime | None] = instant(default=None)
    expires_at: Mapped[datetime | None] = instant(default=None)
    answered_at: Mapped[datetime | None] = instant(default=None)
    ratings: Mapped[dict[str, Any]] = mapped_column(default=dict, info=personal(FREE_TEXT))
    experience: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    practice: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))


class ImprovementPoint(Owned, Base):
    """Something that a party wants better, and what comes of it.

    ``outcome`` is empty until somebody has decided. A clause change has the clause and the wish, an action
    the promise that it became, "no action" the reason. ``taken_into`` is the version that took the change.
    """

    __tablename__ = "agreements_improvement_point"
    __table_args__ = (
        link_to("agreements_evaluation", "evaluation_id"),
        link_to("agreements_assessment", "assessment_id"),
        link_to("obligations_obligation", "action_id"),
        UniqueConstraint("tenant_id", "evaluation_id", "number"),
    )

    evaluation_id: Mapped[UUID]
    assessment_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(1000), info=personal(FREE_TEXT))
    outcome: Mapped[str] = mapped_column(
        String(20), default="", info=impersonal("clause, action, none, or empty")
    )
    clause_key: Mapped[str] = mapped_column(
        String(80), default="", info=impersonal("a key that a declaration names")
    )
    wish: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    action_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
    proposed_at: Mapped[datetime] = instant(default=clock.now)
    decided_at: Mapped[datetime | None] = instant(default=None)
    decided_by: Mapped[UUID | None]
    taken_into: Mapped[int | None] = mapped_column(Integer)
