"""Words and sort keys are written by the same flush that writes what they are made of, whoever changes it."""

from collections.abc import Iterable
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from core.agreements.finding.models import Word
from core.agreements.finding.words import words_of
from core.agreements.models import Agreement, Contact, Party
from core.kernel.database import ScopedSession
from core.kernel.ids import new_id
from core.kernel.scope import TenantScope, current_scope
from core.kernel.sorting import nordic_sort_key
from core.tenancy.service import TenantCard, current_tenant

SOURCES: Final[dict[type[Any], tuple[str, ...]]] = {
    Agreement: ("title",),
    Party: ("name", "number"),
    Contact: ("name",),
}
LONGEST_KEY: Final = 200


@event.listens_for(ScopedSession, "before_flush", insert=True)
def _keep_findable(session: Session, _context: Any, _instances: Any) -> None:
    """Runs before the guard looks, so that the guard sees these rows too."""
    if not isinstance(current_scope(), TenantScope):
        return
    changed = {_agreement_of(row) for row in (*session.new, *session.dirty) if _is_source(row)}
    for agreement_id in changed:
        _write(session, agreement_id, current_tenant())


def _is_source(row: Any) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in SOURCES.get(type(row), ()))


def _agreement_of(row: Any) -> UUID:
    if not isinstance(row, Agreement):
        return cast("UUID", row.agreement_id)
    if inspect(row).attrs.id.value is None:
        row.id = new_id()
    return row.id


def _write(session: Session, agreement_id: UUID, tenant: TenantCard) -> None:
    agreements = _rows(session, Agreement, Agreement.id, agreement_id)
    parties = sorted(_rows(session, Party, Party.agreement_id, agreement_id), key=lambda one: one.key)
    contacts = _rows(session, Contact, Contact.agreement_id, agreement_id)
    others = ", ".join(one.name for one in parties if one.name and one.name != tenant.name)
    for agreement in agreements:
        agreement.title_key = nordic_sort_key(agreement.title, tenant.language)[:LONGEST_KEY]
        agreement.parties_key = nordic_sort_key(others, tenant.language)[:LONGEST_KEY]
        texts = [agreement.title, *(text for one in parties for text in (one.name, one.number))]
        _write_words(session, agreement, words_of(filter(None, [*texts, *(one.name for one in contacts)])))


def _write_words(session: Session, agreement: Agreement, wanted: set[str]) -> None:
    known = {one.word: one for one in _rows(session, Word, Word.agreement_id, agreement.id)}
    for word in known.keys() - wanted:
        session.delete(known[word])
    session.add_all(
        Word(id=new_id(), tenant_id=agreement.tenant_id, agreement=agreement, word=word)
        for word in sorted(wanted - known.keys())
    )


def _rows(session: Session, model: type[Any], column: Any, agreement_id: UUID) -> list[Any]:
    """The rows as they will be after the flush: stored ones with their changes, and new ones."""
    stored: Iterable[Any] = session.scalars(select(model).where(column == agreement_id))
    new = [one for one in session.new if type(one) is model and getattr(one, column.key) == agreement_id]
    return [one for one in (*stored, *new) if one not in session.deleted]
