"""What the clauses of a draft say differently from their type."""

from dataclasses import dataclass
from uuid import UUID

from core.agreements.difference import Piece, differ, marked
from core.agreements.drafts.completeness import anchor_of
from core.agreements.drafts.service import open_draft
from core.agreements.models import Agreement
from core.agreements.parts import Parts, part_not_found
from core.agreements.types import DeclaredClause, DeclaredSection
from core.documents.blocks import parse, to_source


@dataclass(frozen=True)
class ComparedClause:
    """A clause of the template and of the draft; ``number`` counts within its section."""

    key: str
    anchor: str
    number: int
    step: str
    pieces: list[Piece]
    is_in: bool
    began_in: bool

    @property
    def differs(self) -> bool:
        """Whether its text differs, or it was taken in or left out."""
        return differ(self.pieces) or self.is_in != self.began_in


@dataclass(frozen=True)
class ComparedSection:
    """A heading with its clauses."""

    title: str
    clauses: list[ComparedClause]


@dataclass(frozen=True)
class Comparison:
    """A draft, or one clause of it, beside its template."""

    agreement: Agreement
    edition: str
    sections: list[ComparedSection]

    @property
    def changed(self) -> int:
        """How many clauses differ."""
        return sum(one.differs for section in self.sections for one in section.clauses)


def compare(agreement_id: UUID, key: str = "") -> Comparison:
    """A whole draft, or the clause with a key. Raises NotFound, Refused or Conflict."""
    parts = open_draft(agreement_id)
    if key and key not in parts.kind.clause_keys():
        raise part_not_found()
    sections = [_section(parts, one, key) for one in parts.kind.sections]
    shown = [one for one in sections if one.clauses]
    return Comparison(parts.agreement, parts.kind.edition, shown)


def _section(parts: Parts, section: DeclaredSection, key: str) -> ComparedSection:
    clauses = [
        _clause(parts, section, clause, number)
        for number, clause in enumerate(section.clauses, start=1)
        if key in {"", clause.key}
    ]
    return ComparedSection(parts.text.section(section.key).title, clauses)


def _clause(parts: Parts, section: DeclaredSection, clause: DeclaredClause, number: int) -> ComparedClause:
    row = parts.clauses[clause.key]
    template = to_source(parse(parts.text.clause(clause.key).text))
    return ComparedClause(
        clause.key,
        anchor_of(clause.key),
        number,
        section.key,
        marked(template, row.text),
        row.included,
        clause.included or clause.required,
    )
