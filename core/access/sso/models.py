"""Tables of single sign-on. All belong to a tenant: a provider speaks for people in its own tenant only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import IDENTITY, SECRET, personal
from core.kernel.secrets import EncryptedText


class IdentityProvider(Owned, Base):
    """What a tenant has said about its provider; one at a time, earlier ones stay with ``ended_at``.

    ``role_map`` is a list of (value of the claim, role key). ``tried_at`` is when somebody signed in through
    it after the last change; only then it can be offered, and only offered it can be enforced.
    """

    __tablename__ = "access_identity_provider"

    issuer: Mapped[str] = mapped_column(String(500))
    client_id: Mapped[str] = mapped_column(String(255))
    client_secret: Mapped[str] = mapped_column(EncryptedText("access_identity_provider.client_secret"))
    button_text: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[str] = mapped_column(String(300))
    subject_claim: Mapped[str] = mapped_column(String(80))
    email_claim: Mapped[str] = mapped_column(String(80))
    name_claim: Mapped[str] = mapped_column(String(80))
    roles_claim: Mapped[str] = mapped_column(String(200))
    role_map: Mapped[list[Any]] = mapped_column(default=list)
    default_role: Mapped[str] = mapped_column(String(80))
    levels: Mapped[str] = mapped_column(String(300))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    set_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    set_at: Mapped[datetime] = instant(default=clock.now)
    checked_at: Mapped[datetime | None] = instant(default=None)
    tried_at: Mapped[datetime | None] = instant(default=None)
    tried_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    offered_from: Mapped[datetime | None] = instant(default=None)
    enforced_from: Mapped[datetime | None] = instant(default=None)
    ended_at: Mapped[datetime | None] = instant(default=None)


Index(
    "ix_access_identity_provider_one_in_force",
    IdentityProvider.tenant_id,
    unique=True,
    postgresql_where=IdentityProvider.ended_at.is_(None),
)


class FederatedIdentity(Owned, Base):
    """Whose account a provider means by a subject, here.

    The subject may be a national identity number where a tenant chose so: it stands encrypted, and is found
    by ``subject_key``. ``given_roles`` are those that the provider gave last; only they can be withdrawn by
    it. ``withdrawn_at`` says that the provider, not a person, ended the membership.
    """

    __tablename__ = "access_federated_identity"
    __table_args__ = (UniqueConstraint("tenant_id", "issuer", "subject_key"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(
        EncryptedText("access_federated_identity.subject", index="subject_key"), info=personal(IDENTITY)
    )
    subject_key: Mapped[str] = mapped_column(String(64), info=personal(SECRET))
    given_roles: Mapped[list[Any]] = mapped_column(default=list)
    linked_at: Mapped[datetime] = instant(default=clock.now)
    withdrawn_at: Mapped[datetime | None] = instant(default=None)


class BreakGlass(Owned, Base):
    """An administrator who may enter by an own way of signing in although single sign-on is enforced."""

    __tablename__ = "access_break_glass"
    __table_args__ = (link_to("access_membership", "membership_id", on_delete="CASCADE"),)

    membership_id: Mapped[UUID]
    named_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    named_at: Mapped[datetime] = instant(default=clock.now)
    used_at: Mapped[datetime | None] = instant(default=None)
    ended_at: Mapped[datetime | None] = instant(default=None)
