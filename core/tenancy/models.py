"""Tables of tenancy. The tenant is a platform row; row-level security lets a tenant change only its own."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, LargeBinary, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.ids import new_id
from core.kernel.personal import FREE_TEXT, personal


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
    suspended_at: Mapped[datetime | None] = instant(default=None)
    suspended_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    closing_asked_at: Mapped[datetime | None] = instant(default=None)
    closing_asked_by: Mapped[UUID | None]
    closes_on: Mapped[date | None]
    support_may_enter: Mapped[bool] = mapped_column(default=True, server_default=true())
    support_invited_until: Mapped[datetime | None] = instant(default=None)
    visited_until: Mapped[datetime | None] = instant(default=None)


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


class Export(Owned, Base):
    """A ZIP with everything of a tenant, asked for by somebody and made by a job."""

    __tablename__ = "tenancy_export"

    asked_at: Mapped[datetime] = instant(default=clock.now)
    asked_by: Mapped[UUID | None]
    ready_at: Mapped[datetime | None] = instant(default=None)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")


class ExportPart(Owned, Base):
    """A piece of an export's ZIP, small enough to be held in memory."""

    __tablename__ = "tenancy_export_part"
    __table_args__ = (
        link_to("tenancy_export", "export_id", on_delete="CASCADE"),
        UniqueConstraint("tenant_id", "export_id", "number"),
    )

    export_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=personal(FREE_TEXT))


class ClosedTenant(Base):
    """All that remains of a tenant that was closed: that it was here, and how much was deleted."""

    __tablename__ = "tenancy_closed_tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    closed_at: Mapped[datetime] = instant(default=clock.now)
    row_counts: Mapped[dict[str, Any]]
    audit_hash: Mapped[str] = mapped_column(String(64), default="")


class WithheldPlugin(Base):
    """A plugin that tenants of a kind may not switch on; where it was on it hides, and deletes nothing."""

    __tablename__ = "tenancy_withheld_plugin"

    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    plugin: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[datetime] = instant(default=clock.now)
