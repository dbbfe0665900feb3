"""The tables of reports: what was written for a period, and who got it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, personal


class Report(Owned, Base):
    """One report on a period. It is a draft until ``sent_at``; after that nothing in it is changed.

    ``number`` counts the reports of one promise: a later one corrects what was sent before, for ``reason``.
    ``facts`` are the lines that were found in the data at ``facts_at``, ``texts`` is what somebody wrote,
    both by section. ``content`` is what was sent, and ``sha256`` its fingerprint. ``revision`` counts the
    changes of a draft, so that two writers notice each other.
    """

    __tablename__ = "agreements_report"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("obligations_obligation", "obligation_id"),
        UniqueConstraint("tenant_id", "obligation_id", "number"),
        Index("ix_agreements_report_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    obligation_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))
    facts: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
    facts_at: Mapped[datetime] = instant()
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, info=personal(FREE_TEXT))
    revision: Mapped[int] = mapped_column(Integer, default=0)
    changed_at: Mapped[datetime] = instant(default=clock.now)
    sent_at: Mapped[datetime | None] = instant(default=None)
    sent_by: Mapped[UUID | None]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict, info=personal(FREE_TEXT))
    sha256: Mapped[str] = mapped_column(String(64), default="")


class ReportReceiver(Owned, Base):
    """Somebody to whom a report was sent, and what came of it. Only the hash of the link is stored."""

    __tablename__ = "agreements_report_receiver"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_report", "report_id"),
        Index("ix_agreements_report_receiver_report", "tenant_id", "report_id"),
        Index("ix_agreements_report_receiver_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    report_id: Mapped[UUID]
    party_name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    role_title: Mapped[str] = mapped_column(String(160), info=personal(FREE_TEXT))
    email: Mapped[str] = mapped_column(String(320), info=personal(CONTACT))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = instant()
    opened_at: Mapped[datetime | None] = instant(default=None)
    confirmed_at: Mapped[datetime | None] = instant(default=None)
    confirmed_name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))
    remark: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
