"""Tables of privacy: whom somebody asked about, what was handed out, what was erased, what must stay."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, personal


class _About(Owned):
    """Columns of everything that is about one person: as account, as registered person, or by an address."""

    account_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    name: Mapped[str] = mapped_column(String(160), default="", info=personal(NAME))


class Inquiry(_About, Base):
    """Somebody looks at what is kept about one person; addresses of pages name the inquiry instead."""

    __tablename__ = "privacy_inquiry"

    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime] = instant(default=clock.now)


class Export(Owned, Base):
    """What was handed out of an inquiry. The file is removed after a week; that it was made stays."""

    __tablename__ = "privacy_export"
    __table_args__ = (link_to("privacy_inquiry", "inquiry_id"),)

    inquiry_id: Mapped[UUID]
    language: Mapped[str] = mapped_column(String(2))
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime] = instant(default=clock.now)
    made_at: Mapped[datetime | None] = instant(default=None)
    file_id: Mapped[UUID | None]
    stopped_by: Mapped[str] = mapped_column(String(60), default="")


class ErasureRun(Owned, Base):
    """An erasure and its certificate: counts and reasons, nothing by which the person could be known.

    Nobody approved it where whoever asked was alone.
    """

    __tablename__ = "privacy_erasure"
    __table_args__ = (link_to("privacy_inquiry", "inquiry_id"),)

    inquiry_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(String(500), info=personal(FREE_TEXT))
    asked_by: Mapped[UUID]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    asked_at: Mapped[datetime] = instant(default=clock.now)
    ran_at: Mapped[datetime | None] = instant(default=None)
    finished_at: Mapped[datetime | None] = instant(default=None)
    stopped_by: Mapped[str] = mapped_column(String(60), default="")
    results: Mapped[list[Any]] = mapped_column(default=list)


class Hold(_About, Base):
    """A person's data may not be erased, for a reason and until a day or until somebody lifts it."""

    __tablename__ = "privacy_hold"

    reason: Mapped[str] = mapped_column(String(500), info=personal(FREE_TEXT))
    placed_by: Mapped[UUID]
    placed_at: Mapped[datetime] = instant(default=clock.now)
    until: Mapped[date | None]
    lifted_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None] = instant(default=None)
