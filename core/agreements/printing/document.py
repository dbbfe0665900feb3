"""An agreement as a document to print, with logos, signatures and how it stands. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_time

from core.agreements.annexes.reading import ReadAnnex, Start, no_holidays
from core.agreements.printing.evidence import Evidence, evidence_page
from core.agreements.printing.labels import Labels
from core.agreements.printing.reading import ReadSection, reading_of
from core.agreements.states import Status
from core.documents.blocks import Paragraph, Text
from core.documents.document import Document, Logo, Part, Table
from core.obligations.cadence import HolidaysOfYear

STANDING = {
    Status.DRAFT: "draft",
    Status.REFUSED: "draft",
    Status.SENT: "sent",
    Status.CANCELLED: "cancelled",
}


@dataclass(frozen=True)
class Signature:
    """Who signed for a party; `signed_at` is an aware local time, None while the signature is missing.

    `signed_on` is the day on paper, `for_name` whose signature was given by somebody else.
    """

    party: str
    name: str = ""
    role: str = ""
    signed_at: datetime | None = None
    signed_on: date | None = None
    place: str = ""
    for_name: str = ""


@dataclass(frozen=True)
class Standing:
    """How the printed text stands: its status, its version (0: a draft) and that version's fingerprint.

    `starts_on` is the first day of an agreement that all have signed; `open_fields` maps placeholders that
    are still unfilled to their labels. `days_off` are the public holidays that dates of annexes avoid.
    `signed_sha256` is of the text that was signed, when what is printed came by notice afterwards.
    """

    status: Status
    version: int = 0
    sha256: str = ""
    starts_on: date | None = None
    open_fields: Mapping[str, str] = field(default_factory=dict)
    days_off: HolidaysOfYear = no_holidays
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
    reading = reading_of(content, labels, state.open_fields, Start(state.starts_on, state.days_off))
    words = _state_words(state, labels)
    parts = [part for section in reading.sections for part in _section(section)]
    parts += [part for annex in reading.annexes for part in _annex(annex)]
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
        yield Part("", clause.text, key=clause.key)
        yield Part("", clause.note, references=tuple(source.words for source in clause.sources))
    sentences = tuple(Paragraph((Text(sentence),)) for sentence in section.sentences)
    if section.tables or sentences:
        yield Part("", (*section.tables, *sentences))


def _annex(annex: ReadAnnex) -> Iterable[Part]:
    sentences = tuple(Paragraph((Text(sentence),)) for sentence in annex.sentences)
    pictures = (annex.picture,) if annex.picture else ()
    tables = (annex.table,) if annex.table.rows else ()
    yield Part(annex.heading, (*sentences, *pictures, *tables), new_page=True)


def _signatures(signatures: Sequence[Signature], state: Standing, labels: Labels) -> Iterable[Part]:
    rows = tuple((one.party, _name(one, labels), one.role, _when(one, labels)) for one in signatures)
    table = Table("", labels.signature_columns, rows)
    words = labels.by_notice if state.signed_sha256 else labels.bound
    bound = Paragraph((Text(words.format(sha256=state.signed_sha256 or state.sha256)),))
    sentences = (*_in_force(state.starts_on, labels), bound)
    yield Part(labels.signatures, (table, *sentences))


def _in_force(starts_on: date | None, labels: Labels) -> Iterable[Paragraph]:
    if starts_on is not None:
        day = format_date(starts_on, "long", locale=labels.language)
        yield Paragraph((Text(labels.in_force.format(date=day)),))


def _name(signature: Signature, labels: Labels) -> str:
    if not signature.for_name:
        return signature.name
    return labels.on_behalf.format(name=signature.name, signatory=signature.for_name)


def _when(signature: Signature, labels: Labels) -> str:
    on_paper = signature.signed_on
    day = format_date(on_paper, "long", locale=labels.language) if on_paper else ""
    when = day or _time(signature.signed_at, labels)
    return f"{signature.place}, {when}" if signature.place else when


def _time(signed_at: datetime | None, labels: Labels) -> str:
    if signed_at is None:
        return labels.not_signed
    day = format_date(signed_at.date(), "long", locale=labels.language)
    clock = format_time(signed_at.time(), "HH:mm", locale=labels.language)
    return labels.signed_at.format(date=day, time=clock)
