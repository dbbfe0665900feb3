"""Tables of people outside the organisation, the links and codes they come in by, and what they ask for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import (
    ADDRESS,
    CONTACT,
    FREE_TEXT,
    HEALTH,
    IDENTITY,
    NAME,
    SECRET,
    impersonal,
    personal,
)
from core.kernel.secrets import EncryptedText

NATIONAL_ID = "persons_person.national_id"
"""The context under which numbers are encrypted and found again."""


class Person(Owned, Base):
    """Somebody the organisation works with or for. ``kind`` is the key of a role declared for outsiders.

    ``shield`` says how well the address is protected: "", ``confidential`` or ``strictly_confidential``.
    """

    __tablename__ = "persons_person"
    __table_args__ = (
        UniqueConstraint("tenant_id", "national_id_index"),
        link_to("tenancy_unit", "unit_id"),
        Index("ix_persons_person_sorted", "tenant_id", "sort_key"),
        Index("ix_persons_person_adviser", "tenant_id", "adviser_id"),
        Index("ix_persons_person_email", "tenant_id", "email"),
    )

    kind: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    sort_key: Mapped[str] = mapped_column(String(200), info=personal(NAME))
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    phone: Mapped[str] = mapped_column(String(20), default="", info=personal(CONTACT))
    language: Mapped[str] = mapped_column(String(2))
    born_on: Mapped[date | None] = mapped_column(info=personal(IDENTITY))
    national_id: Mapped[str | None] = mapped_column(
        EncryptedText(NATIONAL_ID, index="national_id_index"), info=personal(IDENTITY)
    )
    national_id_index: Mapped[str | None] = mapped_column(String(64), info=personal(SECRET))
    address: Mapped[str] = mapped_column(Text, default="", info=personal(ADDRESS))
    shield: Mapped[str] = mapped_column(String(24), default="", info=personal(ADDRESS))
    adviser_id: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    unit_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)


class Sensitive(Owned, Base):
    """What is written about somebody's health and family, apart from the rest and with its own permission."""

    __tablename__ = "persons_sensitive"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id"),
        link_to("persons_person", "person_id", on_delete="CASCADE"),
    )

    person_id: Mapped[UUID]
    health: Mapped[str | None] = mapped_column(
        EncryptedText("persons_sensitive.health"), info=personal(HEALTH)
    )
    family: Mapped[str | None] = mapped_column(
        EncryptedText("persons_sensitive.family"), info=personal(HEALTH)
    )
    changed_at: Mapped[datetime] = instant(default=clock.now)
    changed_by: Mapped[UUID | None]


class Link(Owned, Base):
    """A personal link that was given to somebody. Only the token's hash is stored; alone it shows nothing."""

    __tablename__ = "persons_link"
    __table_args__ = (
        link_to("persons_person", "person_id", on_delete="CASCADE"),
        Index("ix_persons_link_person", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    way: Mapped[str] = mapped_column(String(10), info=impersonal("email or sms"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    given_by: Mapped[UUID]
    given_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    revoked_at: Mapped[datetime | None] = instant(default=None)


class Code(Owned, Base):
    """A one-time code that was sent; only the newest of a link counts.

    The hash is that of code and token together, so that who reads the table cannot try all codes.
    """

    __tablename__ = "persons_code"
    __table_args__ = (
        link_to("persons_person", "person_id", on_delete="CASCADE"),
        link_to("persons_link", "link_id", on_delete="CASCADE"),
        Index("ix_persons_code_person", "tenant_id", "person_id", "sent_at"),
    )

    person_id: Mapped[UUID]
    link_id: Mapped[UUID]
    code_hash: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    tries: Mapped[int] = mapped_column(Integer, default=0)
    used_at: Mapped[datetime | None] = instant(default=None)


class Visit(Owned, Base):
    """A session of somebody from outside; the browser holds the secret, this row its hash."""

    __tablename__ = "persons_visit"
    __table_args__ = (
        link_to("persons_person", "person_id", on_delete="CASCADE"),
        link_to("persons_link", "link_id", on_delete="CASCADE"),
        Index("ix_persons_visit_person", "tenant_id", "person_id"),
    )

    person_id: Mapped[UUID]
    link_id: Mapped[UUID]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    begun_at: Mapped[datetime] = instant(default=clock.now)
    seen_at: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)


class Request(Owned, Base):
    """What somebody asks of the organisation about their own data: ``access`` or ``correction``."""

    __tablename__ = "persons_request"
    __table_args__ = (
        link_to("persons_person", "person_id", on_delete="CASCADE"),
        Index("ix_persons_request_asked", "tenant_id", "asked_at"),
    )

    person_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str | None] = mapped_column(EncryptedText("persons_request.text"), info=personal(FREE_TEXT))
    asked_at: Mapped[datetime] = instant(default=clock.now)
    answered_at: Mapped[datetime | None] = instant(default=None)
    answered_by: Mapped[UUID | None]
