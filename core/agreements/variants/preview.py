"""How an agreement of a type would read, before anything is filled in."""

from collections.abc import Iterable
from typing import Any

from core.agreements.content import resolved
from core.agreements.drafts.beginning import rows_of
from core.agreements.models import Agreement, Clause, Contact, Goal, Meeting, Party, Value
from core.agreements.parts import Parts
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading, reading_of
from core.agreements.types import AgreementType
from core.kernel.ids import new_id
from core.tenancy.service import current_tenant


def preview(kind: AgreementType, language: str) -> Reading:
    """A type as it reads in a language, with the tenant's own name; nothing is stored."""
    agreement = Agreement(
        id=new_id(),
        type_key=kind.key,
        edition=kind.edition,
        language=language,
        title=_title(kind, language),
        annexes_left_out=[],
    )
    rows = list(rows_of(kind, agreement, current_tenant(), {}))
    parts = Parts(
        agreement,
        kind,
        kind.text(language),
        parties=_by_key(rows, Party),
        clauses=_by_key(rows, Clause),
        values=_by_key(rows, Value),
        contacts=_by_key(rows, Contact),
        goals=_by_key(rows, Goal),
        meetings=_by_key(rows, Meeting),
    )
    for goal in parts.goals.values():
        goal.included = True
    for meeting in parts.meetings.values():
        meeting.included = True
    for contact in parts.contacts.values():
        contact.name = ""
    open_fields = {one.key: one.label for one in parts.text.placeholders}
    return reading_of(resolved(parts), labels_in(language), open_fields)


def _title(kind: AgreementType, language: str) -> str:
    return kind.text(language).title


def _by_key(rows: Iterable[Any], model: type[Any]) -> dict[str, Any]:
    return {row.key: row for row in rows if isinstance(row, model)}
