"""Erasing people outside the organisation: at once, or because the time of what is kept is over."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from core.kernel import audit
from core.kernel.database import db
from core.persons.models import Person, Request, Sensitive
from core.persons.personal.declared import PEOPLE, REQUESTS, SENSITIVE, declared
from core.persons.personal.reading import PARTS, persons_of
from core.plugin_host.privacy import Erasure, Outcome, PersonKey


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Delete a person with everything that hangs on them."""
    ids = [row.id for row in persons_of(who)]
    counts = [
        Erasure(PEOPLE, Outcome.ERASE, len(ids)),
        Erasure(SENSITIVE, Outcome.ERASE, _count(Sensitive, ids)),
        Erasure(REQUESTS, Outcome.ERASE, _count(Request, ids)),
    ]
    if not dry_run:
        _delete_people(ids)
    return [one for one in counts if one.count]


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """What is due by its period, leaving out whoever is held; deleted in the categories ``keys``."""
    cut_off = {one.key: one.retention.cut_off(now) for one in declared()}
    kept = {row.id for who in held for row in persons_of(who)}
    people = _ids(select(Person.id).where(Person.ended_at <= cut_off[PEOPLE]), kept)
    ended = select(Person.id).where(Person.ended_at <= cut_off[SENSITIVE])
    texts = _ids(select(Sensitive.person_id).where(Sensitive.person_id.in_(ended)), kept)
    answered = select(Request.id).where(Request.answered_at <= cut_off[REQUESTS])
    asked = _ids(answered.where(Request.person_id.not_in(kept)), set())
    if PEOPLE in keys:
        _delete_people(people)
    if SENSITIVE in keys:
        db.session.execute(delete(Sensitive).where(Sensitive.person_id.in_(texts)))
    if REQUESTS in keys:
        db.session.execute(delete(Request).where(Request.id.in_(asked)))
    due = ((PEOPLE, people), (SENSITIVE, texts), (REQUESTS, asked))
    return [Erasure(key, Outcome.ERASE, len(ids)) for key, ids in due if ids]


def _ids(query: object, kept: set[UUID]) -> list[UUID]:
    return [one for one in db.session.scalars(query) if one not in kept]  # type: ignore[call-overload]


def _count(table: type[Sensitive | Request], ids: list[UUID]) -> int:
    return db.session.scalar(select(func.count(table.id)).where(table.person_id.in_(ids))) or 0


def _delete_people(ids: Iterable[UUID]) -> None:
    gone = list(ids)
    for table in PARTS:
        db.session.execute(delete(table).where(table.person_id.in_(gone)))
    db.session.execute(delete(Person).where(Person.id.in_(gone)))
    for person_id in gone:
        audit.record("person.erased", "person", person_id)
