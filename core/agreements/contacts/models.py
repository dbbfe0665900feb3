"""The tables of contacts in force: deputies, who was asked to confirm, where mail did not arrive."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, impersonal, personal


class _OfContact(Owned):
    """Columns of everything that concerns one contact of an agreement."""

    agreement_id: Mapped[UUID]
    contact_id: Mapped[UUID]


def _links(*more: object) -> tuple[object, ...]:
    return (
        link_to("agreements_agreement", "agreement_id"),
        link_to("agreements_contact", "contact_id"),
        *more,
    )


class ContactDeputy(_OfContact, Base):
    """Who stands in for a contact, and when the contact is absent, both days included.

    ``deputy_key`` is another contact of the agreement; without it the deputy is the one who was typed in.
    """

    __tablename__ = "agreements_contact_deputy"
    __table_args__ = _links(
        UniqueConstraint("tenant_id", "contact_id"),
        Index("ix_agreements_contact_deputy_agreement", "tenant_id", "agreement_id"),
    )

    deputy_key: Mapped[str] = mapped_column(
        String(80), default="", info=impersonal("the key of another contact of the agreement")
    )
    name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    phone: Mapped[str] = mapped_column(String(40), default="", info=personal(CONTACT))
    absent_from: Mapped[date | None]
    absent_until: Mapped[date | None]


class ContactCheck(_OfContact, Base):
    """A contact that was asked whether everything is right, and the answer; facts, one for each asking.

    ``obligation_id`` is the promise to confirm the list, if it was the reason. ``confirmed_by`` is the member
    who heard it otherwise, None when the contact answered. What the contact proposes holds once it is taken.
    """

    __tablename__ = "agreements_contact_check"
    __table_args__ = _links(
        link_to("obligations_obligation", "obligation_id"),
        Index("ix_agreements_contact_check_agreement", "tenant_id", "agreement_id"),
        Index("ix_agreements_contact_check_contact", "tenant_id", "contact_id"),
    )

    obligation_id: Mapped[UUID | None]
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    opened_at: Mapped[datetime | None] = instant(default=None)
    confirmed_at: Mapped[datetime | None] = instant(default=None)
    confirmed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None] = instant(default=None)
    proposed_name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))
    proposed_role: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    proposed_email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    proposed_phone: Mapped[str] = mapped_column(String(40), default="", info=personal(CONTACT))
    decided_at: Mapped[datetime | None] = instant(default=None)
    decided_by: Mapped[UUID | None]
    taken: Mapped[bool | None]


class Undelivered(_OfContact, Base):
    """An address of a contact that mail did not reach, and the task to put it right."""

    __tablename__ = "agreements_undelivered"
    __table_args__ = _links(
        link_to("obligations_obligation", "obligation_id"),
        UniqueConstraint("tenant_id", "contact_id", "email"),
        Index("ix_agreements_undelivered_agreement", "tenant_id", "agreement_id"),
    )

    obligation_id: Mapped[UUID]
    email: Mapped[str] = mapped_column(String(320), info=personal(CONTACT))
    noted_at: Mapped[datetime] = instant(default=clock.now)
