"""Tables of a tenant's own variants of agreement types."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import FREE_TEXT, impersonal, personal


class Variant(Owned, Base):
    """A type that a tenant has copied, as it is being edited. What is published stands in its versions.

    ``content`` is what stands in the files of a type; ``base`` is the original as it was copied, for
    comparing with later editions. What becomes of a variant is derived from its versions and ``retired_at``.
    """

    __tablename__ = "agreements_variant"
    __table_args__ = (Index("ix_agreements_variant_type", "tenant_id", "type_key"),)

    type_key: Mapped[str] = mapped_column(String(120), info=impersonal("the key of a declared type"))
    name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    content: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
    base_edition: Mapped[str] = mapped_column(String(40), info=impersonal("the edition of a declared type"))
    base: Mapped[dict[str, Any]] = mapped_column(info=impersonal("what a plugin's files say"))
    copied_at: Mapped[datetime] = instant(default=clock.now)
    changed_at: Mapped[datetime] = instant(default=clock.now)
    retired_at: Mapped[datetime | None] = instant(default=None)


class VariantVersion(Owned, Base):
    """What was published of a variant. Agreements keep to the version they were begun from: none changes.

    The edition that an agreement names is made from the id (`reading.py`).
    """

    __tablename__ = "agreements_variant_version"
    __table_args__ = (
        link_to("agreements_variant", "variant_id"),
        UniqueConstraint("tenant_id", "variant_id", "number"),
    )

    variant_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    type_key: Mapped[str] = mapped_column(String(120), info=impersonal("the key of a declared type"))
    content: Mapped[dict[str, Any]] = mapped_column(info=personal(FREE_TEXT))
    valid_from: Mapped[date]
    published_at: Mapped[datetime] = instant(default=clock.now)
    published_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
