"""The verbs of seminars."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from core.sdk.verbs import Invalid, NotFound, db, new_id, record, require, unit_of_work
from seminars.models import Seminar


def announce(title: str, held_on: date | None) -> UUID:
    """Put a seminar on the list. Raises Invalid without a title or a day."""
    require("agreement:write")
    if not title.strip() or held_on is None:
        sentence = "Give the seminar a title and a day."
        raise Invalid("seminars.incomplete", sentence, {"title": sentence})
    with unit_of_work():
        seminar = Seminar(id=new_id(), title=title.strip()[:120], held_on=held_on)
        db.session.add(seminar)
        record("seminars.announced", "seminar", seminar.id, fields=["title", "held_on"])
    return seminar.id


def coming() -> list[Seminar]:
    """The seminars of the tenant in scope, the first one first."""
    require("agreement:read")
    return list(db.session.scalars(select(Seminar).order_by(Seminar.held_on).limit(100)))


def one(seminar_id: UUID) -> Seminar:
    """One seminar. Raises NotFound."""
    require("agreement:read")
    seminar = db.session.scalar(select(Seminar).where(Seminar.id == seminar_id))
    if seminar is None:
        raise NotFound("seminars.not_found", "We cannot find this seminar.")
    return seminar
