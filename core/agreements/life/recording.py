"""Writing down what happened to an agreement: the fact, the dates that follow, the promises, the mails."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import select

from core.agreements.life import mails
from core.agreements.life.facts import Kind, Standing, after, pauses_of, standing_of
from core.agreements.models import Agreement, LifeEvent
from core.agreements.signing.case import open_case, versions_in_force
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.obligations import following


@dataclass(frozen=True)
class Happening:
    """Something that is about to be written down; `until` is a new last day, or the day a pause ends."""

    kind: Kind
    day: date
    until: date | None = None
    agreed: bool = False
    reason: str = ""


def events_of(agreement_id: UUID) -> list[LifeEvent]:
    """The facts of an agreement's life, the oldest first."""
    query = select(LifeEvent).where(LifeEvent.agreement_id == agreement_id)
    return list(db.session.scalars(query.order_by(LifeEvent.recorded_at, LifeEvent.id)))


def record(
    agreement: Agreement, what: Happening, member_id: UUID | None, change: Callable[[], None] | None = None
) -> LifeEvent:
    """Add a fact and let dates, promises and mails follow, inside the unit of work that holds its row.

    `change` changes the terms themselves, such as by another version.
    """
    before, event = terms_of(agreement), _event(agreement, what, member_id)
    if change is not None:
        change()
    db.session.add(event)
    changed = _apply(agreement, after(standing_of(agreement), event))
    db.session.flush()
    following.follow(agreement.id, before, terms_of(agreement))
    agreement.changed_at = clock.now()
    audit.record(f"agreement.{what.kind}", "agreement", agreement.id, fields=[*changed, "life_reason"])
    mails.tell(agreement, open_case(agreement.id).requests, event)
    return event


def _event(agreement: Agreement, what: Happening, member_id: UUID | None) -> LifeEvent:
    return LifeEvent(
        id=new_id(),
        agreement_id=agreement.id,
        kind=what.kind.value,
        day=what.day,
        until=what.until,
        before=agreement.ends_on,
        agreed=what.agreed,
        reason=what.reason,
        recorded_at=clock.now(),
        recorded_by=member_id,
    )


def _apply(agreement: Agreement, standing: Standing) -> list[str]:
    names = [one.name for one in fields(Standing)]
    changed = [name for name in names if getattr(agreement, name) != getattr(standing, name)]
    for name in changed:
        setattr(agreement, name, getattr(standing, name))
    return changed


def terms_of(agreement: Agreement) -> following.Terms:
    """The terms of an agreement that all have signed, as they are now."""
    versions = versions_in_force(agreement.id)
    return following.Terms(
        versions[0].content,
        agreement.starts_on or clock.today("UTC"),
        agreement.ends_on,
        pauses_of(events_of(agreement.id)),
        end_is_decided=agreement.notice_on is not None or agreement.renewed_at is not None,
        amended=tuple(
            following.Amended(one.applies_from, one.content, one.counted or {})
            for one in versions
            if one.applies_from is not None
        ),
    )
