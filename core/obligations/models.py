"""The tables of promises, of the meetings that keep them, and of the reminders that were sent."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant, link_to
from core.kernel.personal import CONTACT, FREE_TEXT, NAME, personal


class Obligation(Owned, Base):
    """One thing somebody promised to do by a date. ``subject`` is where the promise was made.

    ``participants`` are keys of the subject's contacts. ``moved_from`` is the day that was promised, while
    another one holds. ``origin_id`` is the meeting that decided on an action. ``sequence`` counts what
    calendars must hear of. Without ``owner_id`` whoever is responsible for the subject owns the promise.
    """

    __tablename__ = "obligations_obligation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subject_id", "key", "index"),
        Index("ix_obligations_obligation_due", "tenant_id", "due_on"),
        Index("ix_obligations_obligation_origin", "tenant_id", "origin_id"),
        link_to("obligations_obligation", "origin_id"),
    )

    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    subject_title: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    key: Mapped[str] = mapped_column(String(80))
    index: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    called_by: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    agenda: Mapped[list[Any]] = mapped_column(default=list)
    participants: Mapped[list[Any]] = mapped_column(default=list)
    nominal_on: Mapped[date]
    due_on: Mapped[date]
    moved_from: Mapped[date | None]
    rests_from: Mapped[date | None]
    moved_reason: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    owner_id: Mapped[UUID | None]
    owner_name: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    origin_id: Mapped[UUID | None]
    made_at: Mapped[datetime] = instant(default=clock.now)
    done_at: Mapped[datetime | None] = instant(default=None)
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_account.id"), default=None)
    waived_at: Mapped[datetime | None] = instant(default=None)
    waived_reason: Mapped[str] = mapped_column(String(500), default="", info=personal(FREE_TEXT))
    dropped_at: Mapped[datetime | None] = instant(default=None)


class Meeting(Owned, Base):
    """How one promised meeting is held. Its day is the promise's; ``begins_at`` is the tenant's local time.

    ``agenda`` and ``decisions`` hold one point on each line, ``minutes`` the notation of clauses.
    """

    __tablename__ = "obligations_meeting"
    __table_args__ = (
        link_to("obligations_obligation", "obligation_id"),
        UniqueConstraint("tenant_id", "obligation_id"),
    )

    obligation_id: Mapped[UUID]
    begins_at: Mapped[time] = mapped_column(Time)
    minutes_long: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(String(300), default="", info=personal(FREE_TEXT))
    called_by: Mapped[str] = mapped_column(String(200), default="", info=personal(FREE_TEXT))
    agenda: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    minutes: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    decisions: Mapped[str] = mapped_column(Text, default="", info=personal(FREE_TEXT))
    invited_at: Mapped[datetime | None] = instant(default=None)
    held_at: Mapped[datetime | None] = instant(default=None)
    minutes_sent_at: Mapped[datetime | None] = instant(default=None)


class Participant(Owned, Base):
    """Somebody who is asked to a meeting. ``attended`` is None until somebody has said."""

    __tablename__ = "obligations_participant"
    __table_args__ = (
        link_to("obligations_meeting", "meeting_id"),
        Index("ix_obligations_participant_meeting", "tenant_id", "meeting_id"),
    )

    meeting_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(160), info=personal(NAME))
    role_title: Mapped[str] = mapped_column(String(160), default="", info=personal(FREE_TEXT))
    email: Mapped[str] = mapped_column(String(320), default="", info=personal(CONTACT))
    invited: Mapped[bool] = mapped_column(default=False)
    attended: Mapped[bool | None]


class Reminder(Owned, Base):
    """A step of reminding that was taken for a promise as it stood; it is never taken again for that day."""

    __tablename__ = "obligations_reminder"
    __table_args__ = (
        link_to("obligations_obligation", "obligation_id"),
        UniqueConstraint("tenant_id", "obligation_id", "step", "due_on"),
    )

    obligation_id: Mapped[UUID]
    step: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    sent_at: Mapped[datetime] = instant(default=clock.now)
