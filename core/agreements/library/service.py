"""The verbs of the library: find a text, and put it into a clause."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements.drafts import clauses
from core.agreements.drafts.schemas import LONGEST_CLAUSE
from core.agreements.drafts.service import WRITE, open_draft
from core.agreements.library import declared, earlier
from core.agreements.library.entries import Found, unknown_fields
from core.agreements.parts import Parts, part_not_found
from core.kernel import audit
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.unit_of_work import unit_of_work

TEMPLATES, SIGNED = "templates", "signed"
SOURCES = (TEMPLATES, SIGNED)


@dataclass(frozen=True)
class Chosen:
    """A text of the library, and how it goes into a clause whose text had a revision."""

    source: str
    entry_id: str
    revision: int
    in_place: bool


@dataclass(frozen=True)
class Inserted:
    """What became of it: ``met`` when somebody else had changed the clause, and it lies in the history."""

    met: bool
    unknown: tuple[str, ...]


def search(parts: Parts, key: str, source: str, words: str, page: int) -> Found:
    """Texts that could go into a clause of a draft that is open."""
    find = earlier.find if source == SIGNED else declared.find
    return find(parts, key, words, page)


def open_clause(agreement_id: UUID, key: str) -> Parts:
    """The draft that a clause belongs to. Raises NotFound, Refused or Conflict."""
    parts = open_draft(agreement_id)
    if key not in parts.clauses:
        raise part_not_found()
    return parts


def insert(agreement_id: UUID, key: str, chosen: Chosen) -> Inserted:
    """Put a text below what stands in a clause, or in its place. Raises NotFound, Invalid or Conflict."""
    access.require(WRITE)
    with unit_of_work():
        parts = open_clause(agreement_id, key)
        found = _text(parts, chosen)
        stands = "" if chosen.in_place else parts.clauses[key].text.rstrip()
        text = f"{stands}\n\n{found}".strip()
        if len(text) > LONGEST_CLAUSE:
            raise Invalid("agreement.clause_too_long", _("The clause would be too long. Shorten it first."))
        saved = clauses.save_text(agreement_id, key, text, chosen.revision)
        audit.record("agreement.library_text_inserted", "agreement", agreement_id, fields=[key])
        return Inserted(saved.theirs is not None, unknown_fields(parts, found))


def _text(parts: Parts, chosen: Chosen) -> str:
    if chosen.source == SIGNED:
        found = earlier.text_of(parts, _as_id(chosen.entry_id))
    else:
        found = declared.text_of(parts, chosen.entry_id)
    if found is None:
        raise Conflict("agreement.no_library_text", _("This text is no longer there. Search again."))
    return found


def _as_id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise NotFound("agreement.no_library_text", _("We cannot find this text.")) from error
