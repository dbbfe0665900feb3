"""An agreement as a document to print, with logos, signatures and how it stands. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_time

from core.agreements.printing.evidence import Evidence, evidence_page
from core.agreements.printing.labels import Labels
from core.agreements.printing.reading import ReadSection, reading_of
from core.agreements.states import Status
from core.documents.blocks import Paragraph, Text
from core.documents.document import Document, Logo, Part, Table

STANDING = {
    Status.DRAFT: "draft",
    Status.REFUSED: "draft",
    Status.SENT: "sent",
    Status.CANCELLED: "cancelled",
}


@dataclass(frozen=True)
class Signature:
    """Who signed for a party; `signed_at` is an aware local time, None while the signature is missing."""

    party: str
    name: str = ""
    role: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How the printed text stands: its status, its version (0: a draft) and that version's fingerprint.

    `starts_on` is the first day of an agreement that all have signed; `open_fields` maps placeholders that
    are still unfilled to their labels. `signed_sha256` is of the text that was signed, when what is printed
    came by notice afterwards.
    """

    status: Status
    version: int = 0
    sha256: str = ""
    starts_on: date | None = None
    open_fields: Mapping[str, str] = field(default_factory=dict)
    signed_sha256: str = ""


def document_of(
    content: Mapping[str, Any],
    *,
    signatures: Sequence[Signature],
    logos: Mapping[str, bytes],
    labels: Labels,
    state: Standing,
    created: datetime,
    evidence: Evidence | None = None,
) -> Document:
    """The document of an agreement's content; the same arguments give the same document.

    `logos` maps a fingerprint to a PNG; a party whose logo is not there is printed without.
    `evidence` adds the page that tells how it was signed.
    """
    reading = reading_of(content, labels, state.open_fields)
    words = _state_words(state, labels)
    parts = [part for section in reading.sections for part in _section(section)]
    if state.version:
        parts += _signatures(signatures, state, labels)
    if evidence is not None:
        parts += evidence_page(evidence, labels)
    return Document(
        title=reading.title,
        subtitle=f"{reading.heading} · {words}",
        language=reading.language,
        created=created,
        parts=tuple(parts),
        identifier=state.sha256,
        author=next((party["name"] for party in content["parties"] if party["is_tenant"]), ""),
        logos=tuple(_logos(content["parties"], logos)),
        facts=reading.facts,
        footer=f"{reading.title} · {words}",
        page_word=labels.page,
        placeholder_labels=tuple(sorted(state.open_fields.items())),
    )


def _state_words(state: Standing, labels: Labels) -> str:
    words: str = getattr(labels, STANDING.get(state.status, "signed"))
    return f"{words} · {labels.version.format(number=state.version)}" if state.version else words


def _logos(parties: Iterable[Mapping[str, Any]], pictures: Mapping[str, bytes]) -> Iterable[Logo]:
    for party in parties:
        if party["logo"] in pictures:
            yield Logo(pictures[party["logo"]], party["name"])


def _section(section: ReadSection) -> Iterable[Part]:
    yield Part(section.title, number=section.number)
    for clause in section.clauses:
        yield Part("", clause.blocks, references=tuple(source.words for source in clause.sources))
    sentences = tuple(Paragraph((Text(sentence),)) for sentence in section.sentences)
    if section.tables or sentences:
        yield Part("", (*section.tables, *sentences))


def _signatures(signatures: Sequence[Signature], state: Standing, labels: Labels) -> Iterable[Part]:
    rows = tuple((one.party, one.name, one.role, _time(one.signed_at, labels)) for one in signatures)
    table = Table("", labels.signature_columns, rows)
    words = labels.by_notice if state.signed_sha256 else labels.bound
    bound = Paragraph((Text(words.format(sha256=state.signed_sha256 or state.sha256)),))
    sentences = (*_in_force(state.starts_on, labels), bound)
    yield Part(labels.signatures, (table, *sentences))


def _in_force(starts_on: date | None, labels: Labels) -> Iterable[Paragraph]:
    if starts_on is not None:
        day = format_date(starts_on, "long", locale=labels.language)
        yield Paragraph((Text(labels.in_force.format(date=day)),))


def _time(signed_at: datetime | None, labels: Labels) -> str:
    if signed_at is None:
        return labels.not_signed
    day = format_date(signed_at.date(), "long", locale=labels.language)
    clock = format_time(signed_at.time(), "HH:mm", locale=labels.language)
    return labels.signed_at.format(date=day, time=clock)
