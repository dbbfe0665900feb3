"""What the pages of drafts in Word show: the findings of an answer beside the clauses they are about."""

from dataclasses import dataclass, field
from uuid import UUID

from markupsafe import Markup

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.drafts.pages import preview
from core.agreements.looking import looked
from core.agreements.parts import Parts
from core.agreements.states import EDITABLE, status_of
from core.agreements.word import service
from core.agreements.word.models import WordAnswer, WordFinding
from core.documents.word.changes import AROUND
from core.kernel import clock
from core.tenancy.service import current_tenant
from core.web.forms import FormState


@dataclass(frozen=True)
class FindingCard:
    """One thing to decide on; `problem` says why it could not be taken."""

    row: WordFinding
    form: FormState
    decided_by: str
    may_take: bool
    problem: str = ""

    @property
    def before(self) -> str:
        """The words ahead of the change, whole words only."""
        words = self.row.before
        return f"… {words.partition(' ')[2]}" if len(words) >= AROUND else words

    @property
    def after(self) -> str:
        """The words behind the change, whole words only."""
        words = self.row.after
        return f"{words.rpartition(' ')[0]} …" if len(words) >= AROUND else words


@dataclass(frozen=True)
class ClauseGroup:
    """A clause as it reads now, and what the answer asks for in it; without a clause it is all the rest."""

    key: str
    section: str
    number: int
    revision: int
    html: Markup
    included: bool
    cards: list[FindingCard]


@dataclass(frozen=True)
class AnswerPage:
    """An answer with its clauses in the order of the agreement."""

    parts: Parts
    answer: WordAnswer
    groups: list[ClauseGroup]
    rest: list[FindingCard]
    editable: bool

    @property
    def open(self) -> int:
        """How many things wait for a decision."""
        cards = [*self.rest, *(card for group in self.groups for card in group.cards)]
        return sum(1 for card in cards if card.row.decided_at is None)


@dataclass(frozen=True)
class Refusal:
    """A decision that could not be carried out: about which finding, why, and what was typed."""

    finding_id: UUID | None = None
    problem: str = ""
    values: dict[str, str] = field(default_factory=dict)


def answer_page(agreement_id: UUID, answer_id: UUID, refusal: Refusal | None = None) -> AnswerPage:
    """The page of one answer, to be read also when the draft can no longer be changed. Raises NotFound."""
    answer, rows = service.answer_with_findings(agreement_id, answer_id)
    parts = agreement_parts.load(agreement_id)
    looked(agreement_id)
    names = access.names_of([row.decided_by for row in rows if row.decided_by])
    cards = [_card(row, names, refusal or Refusal()) for row in rows]
    groups = [
        _group(parts, section.key, key, number, mine)
        for section in parts.kind.sections
        for number, key in enumerate((clause.key for clause in section.clauses), start=1)
        if (mine := [card for card in cards if card.row.clause_key == key])
    ]
    known = {group.key for group in groups}
    rest = [card for card in cards if card.row.clause_key not in known]
    return AnswerPage(parts, answer, groups, rest, is_editable(parts))


def is_editable(parts: Parts) -> bool:
    """Whether the agreement is still a draft."""
    return status_of(parts.agreement, clock.today(current_tenant().timezone)) in EDITABLE


def _card(row: WordFinding, names: dict[UUID, str], refusal: Refusal) -> FindingCard:
    mine = refusal.finding_id == row.id
    form = FormState(refusal.values if mine else {}, prefix=f"finding-{row.place}")
    decided_by = names.get(row.decided_by, "") if row.decided_by else ""
    may_take = row.kind in service.TAKEABLE and bool(row.clause_key)
    return FindingCard(row, form, decided_by, may_take, refusal.problem if mine else "")


def _group(parts: Parts, section: str, key: str, number: int, cards: list[FindingCard]) -> ClauseGroup:
    row = parts.clauses[key]
    title, html = parts.text.section(section).title, preview(parts, row.text)
    return ClauseGroup(key, title, number, row.revision, html, row.included, cards)
