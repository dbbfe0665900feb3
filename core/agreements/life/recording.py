"""Writing down what happened to an agreement: the fact, the dates that follow, the promises, the mails."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.agreements.life import mails
from core.agreements.life.facts import Kind, Standing, after, pauses_of, standing_of
from core.agreements.models import Agreement, LifeEvent
from core.agreements.signing.case import open_case
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


def record(agreement: Agreement, what: Happening, member_id: UUID | None) -> LifeEvent:
    """Add a fact and let dates, promises and mails follow, inside the unit of work that holds its row."""
    case, known = open_case(agreement.id), events_of(agreement.id)
    content = case.version.content
    before = _terms(agreement, content, known)
    event = _event(agreement, what, member_id)
    db.session.add(event)
    changed = _apply(agreement, after(standing_of(agreement), event))
    following.follow(agreement.id, before, _terms(agreement, content, [*known, event]))
    agreement.changed_at = clock.now()
    audit.record(f"agreement.{what.kind}", "agreement", agreement.id, fields=[*changed, "life_reason"])
    mails.tell(agreement, case.requests, event)
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
    return _terms(agreement, open_case(agreement.id).version.content, events_of(agreement.id))


def _terms(agreement: Agreement, content: Any, events: list[LifeEvent]) -> following.Terms:
    return following.Terms(
        content,
        agreement.starts_on or clock.today("UTC"),
        agreement.ends_on,
        pauses_of(events),
        end_is_decided=agreement.notice_on is not None or agreement.renewed_at is not None,
    )
