"""Tables of tenancy. The tenant is a platform row; row-level security lets a tenant change only its own."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant
from core.kernel.ids import new_id


class Tenant(Base):
    """A municipality, a district or a region that signed up. Unverified until the platform confirms it."""

    __tablename__ = "tenancy_tenant"
    __table_args__ = (UniqueConstraint("kind", "place_code", "district_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(80))
    place_code: Mapped[str] = mapped_column(String(20))
    district: Mapped[str] = mapped_column(String(80), default="")
    district_key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(160))
    number: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(40))
    office_word: Mapped[str] = mapped_column(String(60), default="")
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    second_factor: Mapped[str] = mapped_column(String(20), default="")
    logo_id: Mapped[UUID | None]
    single_sign_on: Mapped[str] = mapped_column(String(10), default="")
    signed_up_at: Mapped[datetime] = instant(default=clock.now)
    confirmed_at: Mapped[datetime | None] = instant(default=None)


class TenantPlugin(Owned, Base):
    """A period in which a tenant has a plugin switched on; by whom is in the audit."""

    __tablename__ = "tenancy_tenant_plugin"

    plugin: Mapped[str] = mapped_column(String(60))
    on_from: Mapped[datetime] = instant(default=clock.now)
    on_until: Mapped[datetime | None] = instant(default=None)


class Unit(Owned, Base):
    """A part of a tenant with people of its own, such as a service or an office. ``kind`` is declared."""

    __tablename__ = "tenancy_unit"

    kind: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = instant(default=clock.now)
    closed_at: Mapped[datetime | None] = instant(default=None)


class ServedPlace(Owned, Base):
    """A place of an official list that the tenant serves beside its own, for a time."""

    __tablename__ = "tenancy_served_place"

    kind: Mapped[str] = mapped_column(String(80))
    place_code: Mapped[str] = mapped_column(String(20))
    served_from: Mapped[date]
    served_until: Mapped[date | None]
