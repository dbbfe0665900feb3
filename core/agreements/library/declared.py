"""Texts and examples of the clauses of all types on offer, in the language of an agreement."""

from collections.abc import Iterator
from functools import lru_cache

from core.agreements.catalogue import all_types, types_on_offer
from core.agreements.finding.words import words_asked, words_of
from core.agreements.library.entries import PAGE_LENGTH, Entry, Found, pages_of, unknown_fields
from core.agreements.parts import Parts
from core.agreements.types import AgreementType
from core.documents.blocks import parse, to_source
from core.web.languages import current_language

WHOLE = "text"


def find(parts: Parts, key: str, words: str, page: int) -> Found:
    """The texts with a word that begins with each of those typed; those of the same clause come first."""
    wanted, language = words_asked(words), parts.agreement.language
    entries = [
        (clause_key != key, Entry(entry_id, title, place, text, unknown_fields(parts, text)))
        for kind in types_on_offer()
        for entry_id, clause_key, place, text in _texts(kind, language)
        for title in (kind.title.in_language(current_language()),)
        if text != parts.clauses[key].text and _fits(text, wanted)
    ]
    found = [entry for _is_other, entry in sorted(entries, key=lambda pair: pair[0])]
    page, pages = pages_of(len(found), page)
    return Found(found[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH], len(found), page, pages)


def text_of(parts: Parts, entry_id: str) -> str | None:
    """A text by the id of its entry; None when there is none on offer."""
    for kind in types_on_offer():
        for found_id, _key, _place, text in _texts(kind, parts.agreement.language):
            if found_id == entry_id:
                return text
    return None


def every_text(language: str) -> list[str]:
    """Every text of every edition: what stands so in an agreement was not written there."""
    return sorted({text for kind in all_types() for _id, _key, _place, text in _texts(kind, language)})


@lru_cache(maxsize=64)
def _texts(kind: AgreementType, language: str) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(_read(kind, language)) if language in kind.text_languages else ()


def _read(kind: AgreementType, language: str) -> Iterator[tuple[str, str, str, str]]:
    """Id, key of the clause, heading of its section, and text."""
    words = kind.text(language)
    for section in kind.sections:
        place = words.section(section.key).title
        for clause in section.clauses:
            written = words.clause(clause.key)
            for name, text in ((WHOLE, written.text), *enumerate(written.examples)):
                yield f"{kind.key}:{clause.key}:{name}", clause.key, place, to_source(parse(text))


def _fits(text: str, wanted: list[str]) -> bool:
    there = words_of([text]) if wanted else set()
    return all(any(word.startswith(one) for word in there) for one in wanted)
