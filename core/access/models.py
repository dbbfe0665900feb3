"""Tables of access. The account is a platform row; memberships and invitations belong to a tenant."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from flask_security.core import UserMixin
from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.ids import new_id
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, SECRET, TECHNICAL, personal
from core.kernel.secrets import EncryptedText


class Account(UserMixin, Base):
    """A person who can sign in. What the person may do is decided by memberships, never here."""

    __tablename__ = "access_account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(320), unique=True, info=personal(CONTACT))
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    password: Mapped[str | None] = mapped_column(String(255), info=personal(SECRET))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, info=personal(SECRET))
    language: Mapped[str] = mapped_column(String(2), default="")
    created_at: Mapped[datetime] = instant(default=clock.now)
    confirmed_at: Mapped[datetime | None] = instant(default=None)
    totp_secret: Mapped[str | None] = mapped_column(
        EncryptedText("access_account.totp_secret"), deferred=True, info=personal(SECRET)
    )
    totp_since: Mapped[datetime | None] = instant(default=None)
    totp_step: Mapped[int | None] = mapped_column(BigInteger)

    roles: ClassVar[list[Any]] = []  # type: ignore[misc]
    """Flask-Security asks for platform-wide roles; there are none."""


class Membership(Owned, Base):
    """An account's part in a tenant; an account may read its own in every tenant."""

    __tablename__ = "access_membership"
    __table_args__ = (UniqueConstraint("tenant_id", "account_id"),)
    account_column = "account_id"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"), index=True)
    roles: Mapped[list[Any]]
    since: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)


class MembershipUnit(Owned, Base):
    """A unit that a member works in."""

    __tablename__ = "access_membership_unit"
    __table_args__ = (
        link_to("access_membership", "membership_id"),
        link_to("tenancy_unit", "unit_id"),
        UniqueConstraint("tenant_id", "membership_id", "unit_id"),
    )

    membership_id: Mapped[UUID]
    unit_id: Mapped[UUID]


class OwnRole(Owned, Base):
    """A role that a tenant has made from permissions (``scope:resource:action``)."""

    __tablename__ = "access_own_role"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(80))
    permissions: Mapped[list[Any]]
    made_at: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)


class Invitation(Owned, Base):
    """A personal link by which somebody becomes a member. Only the token's hash is stored."""

    __tablename__ = "access_invitation"

    email: Mapped[str] = mapped_column(String(320), info=personal(CONTACT))
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    role: Mapped[str] = mapped_column(String(80))
    unit_ids: Mapped[list[Any]] = mapped_column(default=list)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    invited_at: Mapped[datetime] = instant(default=clock.now)
    expires_at: Mapped[datetime] = instant()
    accepted_at: Mapped[datetime | None] = instant(default=None)
    revoked_at: Mapped[datetime | None] = instant(default=None)


class AccountSession(Base):
    """Somebody signed in on one device. The browser holds the secret, the row only its hash."""

    __tablename__ = "access_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ways: Mapped[list[Any]]
    device: Mapped[str] = mapped_column(String(80), info=personal(TECHNICAL))
    network: Mapped[str] = mapped_column(String(60), info=personal(TECHNICAL))
    created_at: Mapped[datetime] = instant(default=clock.now)
    authenticated_at: Mapped[datetime] = instant(default=clock.now)
    seen_at: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)


class Attempt(Base):
    """One attempt to show who one is. ``key`` stands for an address that need not have an account."""

    __tablename__ = "access_attempt"
    __table_args__ = (
        Index("ix_access_attempt_key_at", "key", "at"),
        Index("ix_access_attempt_network_key_at", "network_key", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = instant(default=clock.now)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(64), info=personal(SECRET))
    network_key: Mapped[str] = mapped_column(String(64), info=personal(SECRET))
    succeeded: Mapped[bool]


class Passkey(Base):
    """A key on somebody's device; ``sign_count`` shows when it was copied."""

    __tablename__ = "access_passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), info=personal(FREE_TEXT))
    credential_id: Mapped[bytes] = mapped_column(unique=True, info=personal(SECRET))
    public_key: Mapped[bytes] = mapped_column(info=personal(SECRET))
    sign_count: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = instant(default=clock.now)
    used_at: Mapped[datetime | None] = instant(default=None)


class RecoveryCode(Base):
    """A code on paper that stands in once for a lost second factor."""

    __tablename__ = "access_recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = instant(default=clock.now)
    used_at: Mapped[datetime | None] = instant(default=None)


class Operator(Base):
    """A period in which an account may open the pages of those who run the product."""

    __tablename__ = "access_operator"
    __table_args__ = (
        Index(
            "uq_access_operator_account",
            "account_id",
            unique=True,
            postgresql_where=column("ended_at").is_(None),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    since: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)
    named_by: Mapped[str] = mapped_column(String(160))


class SupportVisit(Owned, Base):
    """An hour in which an operator may read in a tenant, which sees it with its reason and can end it."""

    __tablename__ = "access_support_visit"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    reason: Mapped[str] = mapped_column(String(500), info=personal(FREE_TEXT))
    began_at: Mapped[datetime] = instant(default=clock.now)
    ends_at: Mapped[datetime] = instant()
    ended_at: Mapped[datetime | None] = instant(default=None)


DEPUTY, ON_BEHALF = "deputy", "on_behalf"


class StandIn(Owned, Base):
    """A time in which one member stands in for another.

    ``way`` is ``deputy`` (agreed for a period of days) or ``on_behalf`` (taken up for an hour).
    """

    __tablename__ = "access_stand_in"
    __table_args__ = (
        link_to("access_membership", "absent_id"),
        link_to("access_membership", "deputy_id"),
        Index("ix_access_stand_in_deputy", "tenant_id", "deputy_id", "ends_at"),
    )

    absent_id: Mapped[UUID]
    deputy_id: Mapped[UUID]
    way: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500), info=personal(FREE_TEXT))
    begins_at: Mapped[datetime] = instant()
    ends_at: Mapped[datetime] = instant()
    set_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    set_at: Mapped[datetime] = instant(default=clock.now)
    ended_at: Mapped[datetime | None] = instant(default=None)
