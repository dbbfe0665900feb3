"""Clauses that were written in agreements that all have signed, as far as the member may read them.

Only the agreements changed last are searched, so that a search costs the same for everybody.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from core.agreements import reach
from core.agreements.catalogue import MissingTypeError, all_types, type_of
from core.agreements.finding.words import words_asked
from core.agreements.library.declared import every_text
from core.agreements.library.entries import (
    MOST_COUNTED,
    PAGE_LENGTH,
    Entry,
    Found,
    pages_of,
    unknown_fields,
)
from core.agreements.looking import looked
from core.agreements.models import Agreement, Clause
from core.agreements.parts import Parts
from core.kernel.database import db

NEWEST: Final = 500
MOST_WORDS: Final = 8
SPELT_OUT: Final = {"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "œ": "oe", "þ": "th", "ß": "ss"}
ACCENTED: Final = ("áàâãçéèêëíìîïñóòôõúùûüýðđł", "aaaaceeeeiiiinoooouuuuyddl")
"""Letters as `finding/words.py` folds them, for the database."""


def find(parts: Parts, key: str, words: str, page: int) -> Found:
    """Texts with a word that begins with each of those typed; those of the same clause come first."""
    texts = _texts(parts, words_asked(words)[:MOST_WORDS]).subquery()
    counted = select(texts.c.id).limit(MOST_COUNTED + 1).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    is_more, total = total > MOST_COUNTED, min(total, MOST_COUNTED)
    page, pages = pages_of(total, page)
    order = (case((texts.c.key == key, 0), else_=1), texts.c.activated_at.desc(), texts.c.id)
    rows = db.session.execute(
        select(texts).order_by(*order).limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH)
    ).all()
    for agreement_id in {row.agreement_id for row in rows}:
        looked(agreement_id)
    return Found([_entry(parts, row) for row in rows], total, page, pages, is_more)


def text_of(parts: Parts, clause_id: UUID) -> str | None:
    """The text of a clause that the search could find; None for any other."""
    texts = _texts(parts, []).where(Clause.id == clause_id)
    found = db.session.execute(texts).first()
    return found.text if found else None


def folded(column: Any) -> ColumnElement[str]:
    """A column as `finding/words.py` folds texts."""
    small: Any = func.lower(column)
    for letter, spelt in SPELT_OUT.items():
        small = func.replace(small, letter, spelt)
    bare: ColumnElement[str] = func.translate(small, *ACCENTED)
    return bare


def _texts(parts: Parts, wanted: list[str]) -> Select[*tuple[Any, ...]]:
    """Each text once, from the agreement that came into force last."""
    newest = (
        select(Agreement.id)
        .where(
            reach.within(reach.READ),
            Agreement.activated_at.is_not(None),
            Agreement.language == parts.agreement.language,
            Agreement.type_key.not_in(_about_people()),
        )
        .order_by(Agreement.changed_at.desc())
        .limit(NEWEST)
    )
    return (
        select(
            Clause.id,
            Clause.key,
            Clause.text,
            Clause.agreement_id,
            Agreement.title,
            Agreement.type_key,
            Agreement.edition,
            Agreement.activated_at,
        )
        .join(Agreement, (Agreement.id == Clause.agreement_id) & (Agreement.tenant_id == Clause.tenant_id))
        .where(
            Clause.agreement_id.in_(newest),
            Clause.included,
            Clause.text != "",
            Clause.text.not_in(every_text(parts.agreement.language)),
            *(folded(Clause.text).regexp_match(rf"\m{one}") for one in wanted),
        )
        .ext(distinct_on(Clause.text))
        .order_by(Clause.text, Agreement.activated_at.desc(), Clause.id)
    )


def _about_people() -> list[str]:
    """Types with a private person as party: what was written for one of them is no text for another."""
    return [kind.key for kind in all_types() if kind.is_with_a_person]


def _entry(parts: Parts, row: Any) -> Entry:
    return Entry(
        str(row.id),
        row.title,
        _place(row, parts.agreement.language),
        row.text,
        unknown_fields(parts, row.text),
    )


def _place(row: Any, language: str) -> str:
    """The heading above a clause; empty when its type is gone."""
    try:
        kind = type_of(row.type_key, row.edition)
    except MissingTypeError:
        return ""
    words = kind.text(kind.nearest_language(language))
    home = next((one for one in kind.sections if row.key in {clause.key for clause in one.clauses}), None)
    return words.section(home.key).title if home else ""
