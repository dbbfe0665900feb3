"""The tables of seminars: owned by a tenant, linked by composite keys."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, and_
from sqlalchemy.orm import DeclarativeBase, Mapped, foreign, mapped_column, relationship

from core.sdk.tables import CONTACT, NAME, Owned, PluginTables, impersonal, link_to, personal


class Base(PluginTables, DeclarativeBase):
    """The base of this plugin's tables."""

    plugin = "seminars"


class Seminar(Owned, Base):
    """A day on which a tenant meets employers."""

    __tablename__ = "seminars_seminar"

    title: Mapped[str] = mapped_column(String(120), info=impersonal("what the seminar is called"))
    held_on: Mapped[date]


class Guest(Owned, Base):
    """Somebody who comes to a seminar."""

    __tablename__ = "seminars_guest"
    __table_args__ = (link_to("seminars_seminar", "seminar_id"),)

    seminar_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(120), info=personal(NAME))
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))


Guest.seminar = relationship(  # type: ignore[attr-defined]  # the join names both classes, so it stands below them
    Seminar,
    primaryjoin=and_(foreign(Guest.seminar_id) == Seminar.id, Guest.tenant_id == Seminar.tenant_id),
    backref="guests",
)
