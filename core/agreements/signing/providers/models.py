"""Tables of signing at a service: a tenant's access, what was handed over, and the news that came back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import impersonal
from core.kernel.secrets import EncryptedText


class SigningService(Owned, Base):
    """What a tenant has filled in for a service; at most one is chosen, without one the personal link is.

    ``secret_settings`` are a JSON object, encrypted as a whole.
    """

    __tablename__ = "agreements_signing_service"
    __table_args__ = (
        UniqueConstraint("tenant_id", "provider"),
        Index("ix_agreements_signing_service_chosen", "tenant_id", unique=True, postgresql_where="is_chosen"),
    )

    provider: Mapped[str] = mapped_column(String(80), info=impersonal("a key that a plugin declares"))
    secret_settings: Mapped[str] = mapped_column(
        EncryptedText("agreements_signing_service.secret_settings"), info=impersonal("how a service is asked")
    )
    is_chosen: Mapped[bool] = mapped_column(default=False)
    set_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    set_at: Mapped[datetime] = instant(default=clock.now)


class SentEnvelope(Owned, Base):
    """A version on its way to a service, or at it; `states.py` derives from the moments how it stands.

    ``reference`` is the service's own name for it. ``trouble`` says why the last try failed, ``ended_as``
    what the service says became of what nobody signs any longer. ``sha256`` is of the PDF that went there.
    """

    __tablename__ = "agreements_envelope"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_version", "version_id"),
        UniqueConstraint("tenant_id", "version_id"),
        Index("ix_agreements_envelope_reference", "tenant_id", "provider", "reference"),
        Index("ix_agreements_envelope_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    version_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(String(80), info=impersonal("a key that a plugin declares"))
    reference: Mapped[str] = mapped_column(
        String(200), default="", info=impersonal("the service's own number")
    )
    sha256: Mapped[str] = mapped_column(String(64), default="", info=impersonal("of a file"))
    asked_at: Mapped[datetime] = instant(default=clock.now)
    tried_at: Mapped[datetime | None] = instant(default=None)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    trouble: Mapped[str] = mapped_column(String(20), default="", info=impersonal("down or refused"))
    handed_over_at: Mapped[datetime | None] = instant(default=None)
    completed_at: Mapped[datetime | None] = instant(default=None)
    fetched_at: Mapped[datetime | None] = instant(default=None)
    ended_at: Mapped[datetime | None] = instant(default=None)
    ended_as: Mapped[str] = mapped_column(String(20), default="", info=impersonal("expired or failed"))
    stop_asked_at: Mapped[datetime | None] = instant(default=None)
    stopped_at: Mapped[datetime | None] = instant(default=None)


class EnvelopeNews(Owned, Base):
    """A piece of news that was taken in, so that the same one is not taken in again."""

    __tablename__ = "agreements_envelope_news"
    __table_args__ = (
        link_to("agreements_envelope", "envelope_id"),
        UniqueConstraint("tenant_id", "envelope_id", "news_id"),
    )

    envelope_id: Mapped[UUID]
    news_id: Mapped[str] = mapped_column(String(200), info=impersonal("the service's own number"))
    happened: Mapped[str] = mapped_column(String(20), info=impersonal("a word of the port"))
    happened_at: Mapped[datetime] = instant()
    taken_at: Mapped[datetime] = instant(default=clock.now)
