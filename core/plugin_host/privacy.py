"""The vocabulary of privacy: what is kept about people, and what is handed out or erased of it."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.plugin_host.wording import Wording

MONTHS_IN_YEAR = 12


class Outcome(StrEnum):
    """What becomes of personal data when their time is over or a person is erased."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    KEEP = "keep"


@dataclass(frozen=True)
class Retention:
    """How long data are kept after an event; ``after`` names it ("the agreement has ended")."""

    after: Wording
    months: int = 0
    days: int = 0

    def cut_off(self, now: datetime) -> datetime:
        """The latest instant at which the event may have happened for the data to be due now."""
        year, month = divmod(now.year * MONTHS_IN_YEAR + now.month - 1 - self.months, MONTHS_IN_YEAR)
        day = min(now.day, monthrange(year, month + 1)[1])
        return now.replace(year=year, month=month + 1, day=day) - timedelta(days=self.days)


@dataclass(frozen=True)
class PersonalColumn:
    """A column (``table.column``) that holds something about a person, and what a reader calls it."""

    name: str
    label: Wording


@dataclass(frozen=True)
class PersonalData:
    """One category of personal data that a room or a plugin keeps: a line of the processing record.

    ``key`` begins with the plugin's name. ``outcome`` is what happens when a person is erased or the time is
    over; ``kept_because`` says why data may stay. What is ``automatic`` is erased by a daily job without
    anybody's click. ``special`` are data of special categories, such as health. ``recipients`` and
    ``security`` add to what is true of the whole product.
    """

    key: str
    title: Wording
    about: Wording
    purpose: Wording
    legal_basis: Wording
    retention: Retention
    outcome: Outcome
    columns: tuple[PersonalColumn, ...]
    kept_because: Wording | None = None
    automatic: bool = False
    special: bool = False
    recipients: Wording | None = None
    security: Wording | None = None


@dataclass(frozen=True)
class PersonKey:
    """Whom it is about: an id of a registered person, of an account, or e-mail addresses in small letters.

    ``words`` are names and telephone numbers by which the person is recognised in texts; they never find a
    person by themselves. A key that names nobody finds nothing.
    """

    person_id: UUID | None = None
    account_id: UUID | None = None
    emails: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def is_nobody(self) -> bool:
        """Whether there is nothing to find a person by."""
        return self.person_id is None and self.account_id is None and not self.emails


@dataclass(frozen=True)
class PersonFound:
    """Somebody whom a search found: as what (``kind``), and by which key."""

    who: PersonKey
    name: str
    email: str
    kind: Wording


@dataclass(frozen=True)
class PersonFile:
    """A file about a person, such as the agreement that he or she signed."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class PersonRecord:
    """One thing that is kept about a person. ``values`` maps a personal column to what stands there.

    ``data`` is the key of the declared category, ``where`` a short title of what it belongs to; ``facts`` are
    what else is known, such as a role, with its label.
    """

    data: str
    subject_kind: str
    subject_id: UUID
    values: dict[str, Any]
    where: str = ""
    at: datetime | None = None
    facts: tuple[tuple[Wording, Wording | str], ...] = ()
    files: tuple[PersonFile, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Erasure:
    """What was done, or would be done, to how many rows of a category; ``because`` says why rows stay.

    What ``stops`` keeps the whole erasure from being run until somebody has seen to it.
    """

    data: str
    outcome: Outcome
    count: int
    because: Wording | None = None
    stops: bool = False
