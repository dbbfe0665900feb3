"""The people of the year: what they remember, how they sign, and how they find what is promised."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from core.agreements.plugin import on_agreement_activated
from core.agreements.signing import service as signing
from core.obligations import service as obligations
from core.testing.letters import letters_to
from tests.agreements.year.book import Book

NOBODY: Final = UUID(int=0)
TYPE: Final = "no_introduction.nav_cooperation"
OURS, NAV = "municipality@example.org", "nav@example.org"
MEETING, LEADERS, REPORT = "Samarbeidsmøte", "Ledermøte", "Statusrapport mellom partene"
EVALUATION, DECIDE = "Evaluering av avtalen", "Avgjør om avtalen skal fornyes: Den utløper 31. desember 2027"
TEMPLATE, WELCOME = "Lage en felles mal", "Ta imot nye deltakere sammen"


@dataclass
class Year:
    """What the diary remembers from one day to another."""

    book: Book = field(default_factory=Book)
    agreement_id: UUID = NOBODY
    draft_id: UUID = NOBODY
    token: str = ""
    report_id: UUID = NOBODY
    facts: dict[str, list[str]] = field(default_factory=dict)

    def promise(self, title: str, due: date) -> UUID:
        """The id of a promise as the product lists it."""
        found = obligations.for_subject(self.agreement_id)
        (one,) = (one for one in found if (one.title, one.due_on) == (title, due))
        return one.id

    def keep(self, title: str, due: date) -> None:
        """Say that a promise was kept."""
        obligations.mark_done(self.promise(title, due))
        self.book.fate("done", title, due)


Act = Callable[[Year], None]
DIARY: Final[dict[date, list[Act]]] = defaultdict(list)


def on(*day: int) -> Callable[[Act], Act]:
    """Enter what happens at noon of a day."""

    def enter(act: Act) -> Act:
        DIARY[date(*day)].append(act)
        return act

    return enter


def sign(token: str) -> UUID:
    """Somebody reads what a link opens, signs it, and clicks once more; what follows runs twice as well."""
    key = signing.key_of_link(token)
    case, request = signing.look(key)
    for _click in range(2):
        signing.sign(key, name=request.name, role=request.role_title, sha256=case.version.sha256)
    return case.agreement.id


def take_effect(agreement_id: UUID) -> None:
    """What a job does when all have signed."""
    for _attempt in range(2):
        on_agreement_activated(agreement_id)


def newest_token(recipient: str) -> str:
    """The token of the link in the newest mail to somebody."""
    return letters_to(recipient)[-1].path.rpartition("/")[2]
