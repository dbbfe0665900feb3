"""An agreement with everything that stands in it, loaded with a fixed number of queries."""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements.catalogue import MissingTypeError, type_of
from core.agreements.models import Agreement, Clause, Contact, Goal, Meeting, Party, Value
from core.agreements.type_texts import TypeText
from core.agreements.types import AgreementType
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.scope import current_tenant_id

Row = TypeVar("Row", Party, Clause, Value, Contact, Goal, Meeting)


@dataclass(frozen=True)
class Parts:
    """The rows of an agreement by key, beside the declaration they fill."""

    agreement: Agreement
    kind: AgreementType
    text: TypeText
    parties: dict[str, Party]
    clauses: dict[str, Clause]
    values: dict[str, Value]
    contacts: dict[str, Contact]
    goals: dict[str, Goal]
    meetings: dict[str, Meeting]

    def signatory(self, party_key: str) -> Contact | None:
        """Who signs for a party, when somebody has been chosen."""
        return self.contacts.get(self.parties[party_key].signatory_key)

    def section_is_in(self, section_key: str) -> bool:
        """Whether anything of a section is printed."""
        section = self.kind.section(section_key)
        return any(self.clauses[clause.key].included for clause in section.clauses) or any(
            self.goals[goal.key].included for goal in self.kind.goals_in(section_key)
        )


def find(agreement_id: UUID, *, lock: bool = False) -> Agreement:
    """An agreement of the tenant in scope; with ``lock`` nobody else changes it until the transaction ends.

    Raises NotFound.
    """
    key = (current_tenant_id(), agreement_id)
    found = db.session.get(Agreement, key, with_for_update=True if lock else None, populate_existing=lock)
    if found is None:
        raise NotFound("agreement.not_found", _("We cannot find this agreement."))
    return found


def declared(agreement: Agreement) -> AgreementType:
    """The edition of the type that an agreement was written by.

    Raises Conflict when its plugin is not available, so that missing clauses never look like none.
    """
    try:
        return type_of(agreement.type_key, agreement.edition)
    except MissingTypeError as error:
        raise Conflict(
            "agreement.type_missing",
            _(
                "The module behind this agreement is not available now. The text is kept; "
                "ask your administrator."
            ),
        ) from error


def load(agreement_id: UUID, *, lock: bool = False) -> Parts:
    """Everything of an agreement. Raises NotFound, or Conflict when its type is not available."""
    agreement = find(agreement_id, lock=lock)
    kind = declared(agreement)
    return Parts(
        agreement,
        kind,
        kind.text(agreement.language),
        parties=_by_key(Party, agreement_id),
        clauses=_by_key(Clause, agreement_id),
        values=_by_key(Value, agreement_id),
        contacts=_by_key(Contact, agreement_id),
        goals=_by_key(Goal, agreement_id),
        meetings=_by_key(Meeting, agreement_id),
    )


def _by_key(model: type[Row], agreement_id: UUID) -> dict[str, Row]:
    rows = db.session.scalars(select(model).where(model.agreement_id == agreement_id))
    return {row.key: row for row in rows}


def part(model: type[Row], agreement_id: UUID, key: str, *, lock: bool = False) -> Row:
    """One row of an agreement by its key. Raises NotFound."""
    query: Any = select(model).where(model.agreement_id == agreement_id, model.key == key)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found: Row | None = db.session.scalar(query)
    if found is None:
        raise part_not_found()
    return found


def part_not_found() -> NotFound:
    """What is raised for a key that an agreement does not have."""
    return NotFound("agreement.part_not_found", _("We cannot find this part of the agreement."))
