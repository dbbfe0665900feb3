"""Tables of the law: which pending law is in force for all, and what a tenant chooses where it may."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant
from core.kernel.ids import new_id
from core.kernel.personal import FREE_TEXT, impersonal, personal

LONGEST_REFERENCE = 500
LONGEST_REASON = 1000


class LawSwitch(Base):
    """One decision on a switch; the newest of each counts. Nothing here is ever changed or removed.

    ``in_force_from`` is None when a day was taken back. ``reference`` says why, such as the decision that
    puts the law in force. ``set_by`` is the operator's account, None for a command.
    """

    __tablename__ = "law_switch"
    __table_args__ = (Index("ix_law_switch_key", "key", "set_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(120), info=impersonal("a key that a declaration names"))
    in_force_from: Mapped[date | None]
    reference: Mapped[str] = mapped_column(
        String(LONGEST_REFERENCE), info=impersonal("why law is in force: the form asks for the source")
    )
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"))
    set_at: Mapped[datetime] = instant(default=clock.now)


class LawChoice(Owned, Base):
    """One decision of a tenant on a setting of the rules; it counts until a newer one counts from its day.

    Rows are only added. ``key`` is `<plugin>.<setting>`. ``value`` is as JSON has it, None where the tenant
    goes back to what the rules assume. ``role`` is the declared role of who decided, "" for another.
    """

    __tablename__ = "law_choice"
    __table_args__ = (Index("ix_law_choice_key", "tenant_id", "key", "decided_at"),)

    key: Mapped[str] = mapped_column(String(120), info=impersonal("a key that a declaration names"))
    value: Mapped[Any | None] = mapped_column(
        JSONB(none_as_null=True), info=impersonal("one of the values that a declaration allows")
    )
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), info=personal(FREE_TEXT))
    role: Mapped[str] = mapped_column(String(120), info=impersonal("the key of a declared role"))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("access_account.id"))
    decided_at: Mapped[datetime] = instant(default=clock.now)
