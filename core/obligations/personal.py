"""What promises and their meetings keep about people: found by address, by name and in texts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from core.kernel.database import db
from core.kernel.personal import values_of, words_in
from core.kernel.personal_texts import mentioning as texts_mentioning
from core.kernel.personal_texts import mentions, redact
from core.obligations.meetings.finding import participants_of
from core.obligations.models import Meeting, Obligation, Participant


@dataclass(frozen=True)
class Mention:
    """A row about a person: what kind it is, the subject of its promise, and what it says by column."""

    kind: str
    id: UUID
    subject_id: UUID
    values: dict[str, Any]


def mentioning(words: Collection[str]) -> list[Mention]:
    """Promises whose texts mention a person."""
    rows = db.session.scalars(select(Obligation).where(mentions(Obligation, words)))
    return _found("obligation", ((row, row.subject_id) for row in rows), words)


def meetings_about(emails: Collection[str], words: Collection[str]) -> list[Mention]:
    """Meetings whose texts mention a person, and those to which the person was asked."""
    texts = _meetings(mentions(Meeting, words))
    people = _people(_is_about(emails, words))
    roles = [
        pair
        for pair in _people(mentions(Participant, words))
        if pair[0].id not in {one.id for one, _s in people}
    ]
    return [
        *_found("meeting", texts, words),
        *(Mention("participant", row.id, subject_id, values_of(row)) for row, subject_id in people),
        *_found("participant", roles, words),
    ]


def _found(kind: str, rows: Iterable[tuple[Any, UUID]], words: Collection[str]) -> list[Mention]:
    found = [Mention(kind, row.id, subject_id, texts_mentioning(row, words)) for row, subject_id in rows]
    return [one for one in found if one.values]


def _is_about(emails: Collection[str], words: Collection[str]) -> Any:
    return or_(func.lower(Participant.email).in_(emails), Participant.name.in_(words))


def _meetings(condition: Any) -> list[tuple[Meeting, UUID]]:
    query = (
        select(Meeting, Obligation.subject_id)
        .join(
            Obligation,
            (Obligation.id == Meeting.obligation_id) & (Obligation.tenant_id == Meeting.tenant_id),
        )
        .where(condition)
    )
    return [(row.Meeting, row.subject_id) for row in db.session.execute(query)]


def _people(condition: Any) -> list[tuple[Participant, UUID]]:
    query = (
        select(Participant, Obligation.subject_id)
        .join(Meeting, (Meeting.id == Participant.meeting_id) & (Meeting.tenant_id == Participant.tenant_id))
        .join(
            Obligation,
            (Obligation.id == Meeting.obligation_id) & (Obligation.tenant_id == Meeting.tenant_id),
        )
        .where(condition)
    )
    return [(row.Participant, row.subject_id) for row in db.session.execute(query)]


def erase_in(subject_id: UUID, emails: Collection[str], words: Collection[str]) -> None:
    """Take a person out of the promises and meetings of one agreement, in the caller's unit of work."""
    for row in db.session.scalars(select(Obligation).where(Obligation.subject_id == subject_id)):
        redact(row, words)
    meetings = [row for row, _subject in _meetings(Obligation.subject_id == subject_id)]
    for meeting in meetings:
        redact(meeting, words)
    for person in participants_of(one.id for one in meetings):
        if person.email.casefold() in emails or person.name in words:
            _empty(person)
        redact(person, words)


def _empty(person: Participant) -> None:
    person.name = person.role_title = person.email = ""


def anonymise_in(subject_id: UUID) -> None:
    """Take everybody who was asked to a meeting out of one agreement, in the caller's unit of work."""
    people = [row for row, _subject in _people(Obligation.subject_id == subject_id)]
    words = frozenset().union(*(words_in(values_of(row)) for row in people))
    erase_in(subject_id, {one.email.casefold() for one in people if one.email}, words)


def emails_in(subject_id: UUID) -> set[str]:
    """The addresses of those who were asked to the meetings of one agreement."""
    return {
        row.email.casefold() for row, _subject in _people(Obligation.subject_id == subject_id) if row.email
    }
