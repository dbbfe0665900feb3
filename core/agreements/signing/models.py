"""Tables of the ways to sign: proofs, one-time codes, meetings on one device, and scans of paper."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal

REQUEST, AGREEMENT, VERSION = "agreements_signature_request", "agreements_agreement", "agreements_version"


class Proof(Owned, Base):
    """What is known of how one signature came about; written with the signature and never changed.

    ``signed_on`` is the day on paper, ``witness_id`` who was there or recorded it, ``confirmed_by`` who
    looked a second time. ``authority`` and ``reason`` belong to a signature on behalf. What begins with
    ``service`` is what a signing service says, and ``service_sha256`` the file that was signed there.
    """

    __tablename__ = "agreements_signature_proof"
    __table_args__ = (
        link_to(REQUEST, "request_id"),
        link_to(AGREEMENT, "agreement_id"),
        link_to("documents_stored_file", "scan_id", on_delete="SET NULL (scan_id)"),
        UniqueConstraint("tenant_id", "request_id"),
        Index("ix_agreements_signature_proof_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    request_id: Mapped[UUID]
    place: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    signed_on: Mapped[date | None]
    code_sent_at: Mapped[datetime | None] = instant(default=None)
    code_way: Mapped[str] = mapped_column(String(10), default="", info=impersonal("email or sms"))
    witness_id: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"))
    reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
    authority: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
    scan_id: Mapped[UUID | None]
    scan_sha256: Mapped[str] = mapped_column(String(64), default="", info=impersonal("of a file"))
    service: Mapped[str] = mapped_column(String(120), default="", info=impersonal("what a service is called"))
    service_reference: Mapped[str] = mapped_column(
        String(200), default="", info=impersonal("the service's own number")
    )
    service_method: Mapped[str] = mapped_column(
        String(80), default="", info=impersonal("a kind of proof of identity")
    )
    service_sha256: Mapped[str] = mapped_column(String(64), default="", info=impersonal("of a file"))
    service_signed_at: Mapped[datetime | None] = instant(default=None)


class SigningCode(Owned, Base):
    """A one-time code that was sent for a request; only a keyed hash of it is stored."""

    __tablename__ = "agreements_signing_code"
    __table_args__ = (
        link_to(REQUEST, "request_id"),
        Index("ix_agreements_signing_code_request", "tenant_id", "request_id", "sent_at"),
    )

    request_id: Mapped[UUID]
    way: Mapped[str] = mapped_column(String(10), info=impersonal("email or sms"))
    code_hash: Mapped[str] = mapped_column(String(64), info=impersonal("a hash of six random digits"))
    sent_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    tries: Mapped[int] = mapped_column(Integer, default=0)
    used_at: Mapped[datetime | None] = instant(default=None)


class Gathering(Owned, Base):
    """A meeting at which several sign a version on one device, opened by an adviser who is the witness."""

    __tablename__ = "agreements_gathering"
    __table_args__ = (
        link_to(AGREEMENT, "agreement_id"),
        link_to(VERSION, "version_id"),
        Index("ix_agreements_gathering_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    version_id: Mapped[UUID]
    witness_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    place: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=impersonal("a hash"))
    opened_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    ended_at: Mapped[datetime | None] = instant(default=None)


class PaperCopy(Owned, Base):
    """A scan of a version that was signed on paper. It counts when a second colleague has confirmed it."""

    __tablename__ = "agreements_paper_copy"
    __table_args__ = (
        link_to(AGREEMENT, "agreement_id"),
        link_to(VERSION, "version_id"),
        link_to("documents_stored_file", "file_id", on_delete="SET NULL (file_id)"),
        Index("ix_agreements_paper_copy_agreement", "tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    version_id: Mapped[UUID]
    file_id: Mapped[UUID | None]
    sha256: Mapped[str] = mapped_column(String(64), info=impersonal("of the file"))
    registered_at: Mapped[datetime] = instant(default=clock.now)
    registered_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    confirmed_at: Mapped[datetime | None] = instant(default=None)
    rejected_at: Mapped[datetime | None] = instant(default=None)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"))
    rejected_reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))


class PaperSignature(Owned, Base):
    """Who signed on a paper, as what and on which day, as the first colleague read it."""

    __tablename__ = "agreements_paper_signature"
    __table_args__ = (
        link_to(AGREEMENT, "agreement_id"),
        link_to("agreements_paper_copy", "copy_id"),
        link_to(REQUEST, "request_id"),
        UniqueConstraint("tenant_id", "copy_id", "request_id"),
    )

    agreement_id: Mapped[UUID]
    copy_id: Mapped[UUID]
    request_id: Mapped[UUID]
    # Without an address beside it a name on paper is found as every other text is.
    name: Mapped[str] = mapped_column(String(160), info=personal(FREE_TEXT))
    role_title: Mapped[str] = mapped_column(String(160), info=personal(FREE_TEXT))
    signed_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
