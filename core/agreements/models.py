"""Tables of agreements: the draft as it is written, the versions that were sent, and the signatures."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, impersonal, personal


def _sort_key() -> MappedColumn[str]:
    """Nordic order in bytes, made from the texts by `finding/keeping.py`."""
    collated = String(200, collation="C")
    return mapped_column(collated, default="", server_default="", info=personal(NAME))


class Agreement(Owned, Base):
    """One agreement. Its status is derived from these dates (`states.py`), never stored."""

    __tablename__ = "agreements_agreement"
    __table_args__ = (
        link_to("tenancy_unit", "unit_id"),
        link_to("agreements_agreement", "renews_id"),
        link_to("agreements_agreement", "amends_id"),
        Index("ix_agreements_agreement_renews", "tenant_id", "renews_id"),
        Index("ix_agreements_agreement_amends", "tenant_id", "amends_id"),
        Index("ix_agreements_agreement_changed", "tenant_id", "changed_at"),
        Index("ix_agreements_agreement_adviser", "tenant_id", "adviser_id"),
        Index("ix_agreements_agreement_title", "tenant_id", "title_key", "id"),
        Index("ix_agreements_agreement_party", "tenant_id", "parties_key", "id"),
        Index("ix_agreements_agreement_ends", "tenant_id", "ends_on", "id"),
    )

    type_key: Mapped[str] = mapped_column(String(120))
    edition: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    adviser_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    unit_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = instant(default=clock.now)
    changed_at: Mapped[datetime] = instant(default=clock.now)
    sent_at: Mapped[datetime | None] = instant(default=None)
    refused_at: Mapped[datetime | None] = instant(default=None)
    activated_at: Mapped[datetime | None] = instant(default=None)
    cancelled_at: Mapped[datetime | None] = instant(default=None)
    cancel_reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    notice_on: Mapped[date | None]
    paused_from: Mapped[date | None]
    resumes_on: Mapped[date | None]
    renews_id: Mapped[UUID | None]
    renewed_at: Mapped[datetime | None] = instant(default=None)
    annexes_left_out: Mapped[list[Any]] = mapped_column(default=list, info=impersonal("keys of annexes"))
    amends_id: Mapped[UUID | None]
    taken_up_at: Mapped[datetime | None] = instant(default=None)
    title_key: Mapped[str] = _sort_key()
    parties_key: Mapped[str] = _sort_key()


class _Part(Owned):
    """Columns of everything that stands in an agreement under a key of its type."""

    agreement_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(String(80))


def _part(*more: Any) -> tuple[Any, ...]:
    return (
        UniqueConstraint("tenant_id", "agreement_id", "key"),
        link_to("agreements_agreement", "agreement_id"),
        *more,
    )


class Party(_Part, Base):
    """Who is bound. ``signatory_key`` is the contact that signs."""

    __tablename__ = "agreements_party"
    __table_args__ = _part(link_to("documents_stored_file", "logo_id", on_delete="SET NULL (logo_id)"))

    name: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    number: Mapped[str] = mapped_column(String(20), default="")
    sector: Mapped[str] = mapped_column(String(10), default="")
    signatory_key: Mapped[str] = mapped_column(String(80), default="")
    logo_id: Mapped[UUID | None]


class Clause(_Part, Base):
    """A clause as it stands now. ``revision`` counts its changes, so that two writers notice each other."""

    __tablename__ = "agreements_clause"
    __table_args__ = _part()

    included: Mapped[bool] = mapped_column(default=True)
    text: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))
    revision: Mapped[int] = mapped_column(Integer, default=0)
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    edited_at: Mapped[datetime | None] = instant(default=None)


class ClauseRevision(Owned, Base):
    """One earlier or competing text of a clause. ``kept`` is False when somebody else had written first."""

    __tablename__ = "agreements_clause_revision"
    __table_args__ = (
        link_to("agreements_clause", "clause_id"),
        Index("ix_agreements_clause_revision_clause", "tenant_id", "clause_id"),
    )

    clause_id: Mapped[UUID]
    revision: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))
    kept: Mapped[bool] = mapped_column(default=True)
    written_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    written_at: Mapped[datetime] = instant(default=clock.now)


class Value(_Part, Base):
    """What fills a placeholder, as text in the form of its kind (dates ISO, choices by key)."""

    __tablename__ = "agreements_value"
    __table_args__ = _part()

    value: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))


class Contact(_Part, Base):
    """A person named in the agreement."""

    __tablename__ = "agreements_contact"
    __table_args__ = _part()

    name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))
    role_title: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    phone: Mapped[str] = mapped_column(String(40), default="", info=personal(CONTACT))
    authority: Mapped[bool] = mapped_column(default=False)


class Goal(_Part, Base):
    """A goal as number, period and counting rule."""

    __tablename__ = "agreements_goal"
    __table_args__ = _part()

    included: Mapped[bool] = mapped_column(default=True)
    target: Mapped[float] = mapped_column(Numeric(12, 2, asdecimal=False))
    period_months: Mapped[int] = mapped_column(Integer)
    counting_rule: Mapped[str] = mapped_column(Text, info=personal(FREE_TEXT))


class Meeting(_Part, Base):
    """Something that returns: signing makes its dates into promises."""

    __tablename__ = "agreements_meeting"
    __table_args__ = _part()

    included: Mapped[bool] = mapped_column(default=True)
    every_months: Mapped[int] = mapped_column(Integer)
    first_after_months: Mapped[int] = mapped_column(Integer)


class Version(Owned, Base):
    """What was sent, fully resolved and frozen. Signatures bind to ``sha256``; rows are never changed.

    ``provider`` is the key of the service at which it is signed, "" for our own personal link.

    A version that an amendment brought applies from ``applies_from``; ``signed_id`` is the version whose
    signatures stand for it, and ``counted`` how many of each meeting the versions before it have used up.
    """

    __tablename__ = "agreements_version"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_version", "signed_id"),
        UniqueConstraint("tenant_id", "agreement_id", "number"),
    )

    agreement_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = instant(default=clock.now)
    provider: Mapped[str] = mapped_column(
        String(80), default="", server_default="", info=impersonal("a key that a plugin declares")
    )
    applies_from: Mapped[date | None]
    signed_id: Mapped[UUID | None]
    counted: Mapped[dict[str, Any] | None] = mapped_column(info=impersonal("keys of meetings and numbers"))


class SignatureRequest(Owned, Base):
    """Somebody asked about a version, and what came of it. Only the hash of the personal link is stored.

    ``part`` is what the person does (`ways.py`), ``turn`` in which round; ``invited_at`` is when the
    link was mailed, None until the rounds before are complete. ``way`` is how it was signed, "" until then.
    """

    __tablename__ = "agreements_signature_request"
    __table_args__ = (
        link_to("agreements_version", "version_id"),
        link_to("agreements_agreement", "agreement_id"),
        Index(
            "uq_agreements_signature_request_signatory",
            "tenant_id",
            "version_id",
            "party_key",
            unique=True,
            postgresql_where=text("part = 'signs'"),
        ),
        Index("ix_agreements_signature_request_email", "tenant_id", "email"),
    )

    agreement_id: Mapped[UUID]
    version_id: Mapped[UUID]
    party_key: Mapped[str] = mapped_column(String(80))
    party_name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    part: Mapped[str] = mapped_column(
        String(10), default="signs", server_default="signs", info=impersonal("signs, approves or sees")
    )
    turn: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")
    needs_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    role_title: Mapped[str] = mapped_column(String(160), info=personal(FREE_TEXT))
    email: Mapped[str] = mapped_column(String(320), info=personal(CONTACT))
    phone: Mapped[str] = mapped_column(String(20), default="", server_default="", info=personal(CONTACT))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    requested_at: Mapped[datetime] = instant(default=clock.now)
    invited_at: Mapped[datetime | None] = instant(default=None)
    expires_at: Mapped[datetime] = instant()
    reminded_at: Mapped[datetime | None] = instant(default=None)
    opened_at: Mapped[datetime | None] = instant(default=None)
    revoked_at: Mapped[datetime | None] = instant(default=None)
    approved_at: Mapped[datetime | None] = instant(default=None)
    signed_at: Mapped[datetime | None] = instant(default=None)
    signed_name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))
    signed_role: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    signed_sha256: Mapped[str] = mapped_column(String(64), default="")
    way: Mapped[str] = mapped_column(
        String(20), default="", server_default="", info=impersonal("how it was signed, a key of ways.py")
    )
    refused_at: Mapped[datetime | None] = instant(default=None)
    refusal_reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))


class LifeEvent(Owned, Base):
    """What happened to an agreement after all had signed; facts are added, and none is changed.

    The dates of `Agreement` that its status is derived from follow from these rows (`life/facts.py`).
    ``before`` is the last day that applied until then, None for one without an end.
    """

    __tablename__ = "agreements_life_event"
    __table_args__ = (
        link_to("agreements_agreement", "agreement_id"),
        Index("ix_agreements_life_event_agreement", "tenant_id", "agreement_id", "recorded_at"),
    )

    agreement_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    until: Mapped[date | None]
    before: Mapped[date | None]
    agreed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(1000), default="", info=personal(FREE_TEXT))
    recorded_at: Mapped[datetime] = instant(default=clock.now)
    recorded_by: Mapped[UUID | None]
