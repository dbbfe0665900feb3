"""The year is lived once, and the tests read what was noted day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

import tests.agreements.year.diary  # noqa: F401  what happens is entered by being imported
from core.agreements import parts as agreement_parts
from core.agreements.amending import versions
from core.agreements.evaluating.finding import begun_case
from core.agreements.printing.service import is_kept
from core.agreements.signing import reminders as signing_reminders
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope
from core.obligations import reminders
from core.obligations import service as obligations
from core.obligations.service import Kept, Promise
from core.testing.drafts import acting
from core.testing.factories import make_tenant
from core.testing.rollback import rolled_back
from tests.agreements.year.people import DIARY, EVALUATION, Year

FIRST, LAST = date(2026, 11, 16), date(2028, 1, 10)
SIGHT = timedelta(days=60)
Entry = tuple[date, str, str]


@dataclass(frozen=True)
class Letter:
    """A mail of the year; ``by_itself`` when a job of the morning wrote it."""

    day: date
    by_itself: bool
    recipient: str
    subject: str
    body: str


@dataclass
class Day:
    """What the product shows at noon, and what the book says; the last three only around an event."""

    status: Status
    listed: list[Entry]
    book: list[Entry]
    kept: Kept | None = None
    late: list[Entry] = field(default_factory=list)
    ahead: list[Entry] = field(default_factory=list)


@dataclass
class Lived:
    """What was noted in the year."""

    adviser: str
    days: dict[date, Day] = field(default_factory=dict)
    reminders: list[tuple[date, str, list[str]]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)
    versions: list[tuple[int, date | None, bool, str]] = field(default_factory=list)
    points: list[tuple[str, int | None]] = field(default_factory=list)
    papers: list[bool] = field(default_factory=list)
    successor: tuple[Status, date | None, date | None] | None = None
    promised_anew: list[tuple[date, str]] = field(default_factory=list)


@pytest.fixture(scope="session")
def lived(application: Flask, admin_url: str, database: str) -> Lived:
    """The year from the draft to the renewal; nothing of it stays in the database."""
    with rolled_back(application, admin_url, database), application.app_context():
        with clock.frozen(_at(FIRST, 4)):
            tenant = make_tenant("norway.municipality")
        noted, year = Lived(tenant.admin_email), Year()
        with acting(application, tenant):
            for day in days():
                _live(day, year, noted)
            with clock.frozen(_at(LAST, 13)):
                _look_back(year, noted)
        return noted


def days() -> Iterator[date]:
    """Each day of the year."""
    return (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _live(day: date, year: Year, noted: Lived) -> None:
    with clock.frozen(_at(day, 6)):
        for _worker in range(2 if day in DIARY else 1):
            reminders.remind_in_tenant()
            signing_reminders.remind_in_tenant()
    noted.reminders += [(day, step, titles) for step, titles in year.book.remind(day)]
    with clock.frozen(_at(day, 12)):
        for act in DIARY.get(day, ()):
            act(year)
        noted.days[day] = _day(day, year)


def _day(day: date, year: Year) -> Day:
    agreement_id = year.agreement_id
    shown = Day(
        status_of(agreement_parts.find(agreement_id), day),
        _entries(obligations.for_subject(agreement_id), year),
        year.book.page(day),
    )
    if any(day + timedelta(days=step) in DIARY for step in (-1, 0, 1)):
        shown.kept = obligations.kept_meetings(agreement_id)
        shown.late = _entries(obligations.late(50), year)
        shown.ahead = _entries(obligations.due(50, within_days=SIGHT.days), year)
    return shown


def _entries(found: list[Promise], year: Year) -> list[Entry]:
    mine = (one for one in found if one.subject_id == year.agreement_id)
    return sorted((one.due_on, one.title, one.standing.value) for one in mine)


def _look_back(year: Year, noted: Lived) -> None:
    noted.facts = year.facts
    lines = versions.versions(year.agreement_id).lines
    noted.versions = [(one.number, one.applies_from, one.is_by_notice, one.origin) for one in lines]
    case = begun_case(year.promise(EVALUATION, date(2027, 9, 1)))
    noted.points = [(one.text, one.taken_into) for one in case.points]
    noted.papers = [is_kept(year.agreement_id), is_kept(year.draft_id)]
    successor = agreement_parts.find(year.draft_id)
    noted.successor = (status_of(successor, LAST), successor.starts_on, successor.ends_on)
    noted.promised_anew = [(one.due_on, one.title) for one in obligations.for_subject(year.draft_id)]
    with platform_scope("read the mails of a test"):
        rows = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
        noted.letters = [_letter(row) for row in rows]


def _letter(row: OutgoingMail) -> Letter:
    by_itself = row.written_at.hour < 12
    return Letter(row.written_at.date(), by_itself, row.recipient, row.subject, row.body)
