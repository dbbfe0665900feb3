"""The last page of a signed agreement: who was asked, when and how each signed, and what that binds. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from babel.dates import format_date, format_time

from core.agreements.printing.labels import Labels
from core.agreements.ways import Part, Way
from core.documents.blocks import Paragraph, Text
from core.documents.document import Part as Section
from core.documents.document import Table


@dataclass(frozen=True)
class Asked:
    """One who was asked and the answer; the moments are aware local times, None: it did not happen.

    ``email`` is the address that the personal link was mailed to. ``for_name`` is who was asked, where
    somebody else signed. ``witness`` was there or wrote it down, ``second`` looked a second time.
    """

    party: str
    name: str
    role: str
    email: str
    part: Part
    way: Way
    asked_at: datetime
    opened_at: datetime | None
    answered_at: datetime | None
    for_name: str = ""
    place: str = ""
    signed_on: date | None = None
    code_sent_at: datetime | None = None
    code_way: str = ""
    witness: str = ""
    second: str = ""
    reason: str = ""
    authority: str = ""
    scan_sha256: str = ""
    service: str = ""
    service_reference: str = ""
    service_method: str = ""
    service_sha256: str = ""
    service_signed_at: datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """What the page says. ``verify_url`` is where the file can be checked, empty without a seal."""

    agreement_id: UUID
    version: int
    sha256: str
    asked: Sequence[Asked]
    verify_url: str


def evidence_page(evidence: Evidence, labels: Labels) -> list[Section]:
    """The page as parts of the document."""
    return [
        Section(labels.evidence.title, (_says(labels.evidence.says),), new_page=True),
        *(part for one in evidence.asked for part in _asked(one, labels)),
        Section(labels.evidence.of_text, (_facts(evidence, labels), *_verify(evidence, labels)), level=2),
    ]


def _asked(one: Asked, labels: Labels) -> Iterable[Section]:
    words = labels.evidence
    rows = (
        (words.who[one.part], ", ".join(part for part in (one.name, one.role) if part)),
        (words.asked[one.part], moment(one.asked_at, labels)),
        (words.opened, moment(one.opened_at, labels)),
        *_answer(one, labels),
        *((label, text) for label, text in _circumstances(one, labels) if text),
    )
    heading = one.party or words.parts[one.part]
    yield Section(heading, (Table("", words.columns, rows),), level=2)


def _answer(one: Asked, labels: Labels) -> Iterable[tuple[str, str]]:
    """When somebody answered, and how; who only sees a text has nothing to answer."""
    words = labels.evidence
    if one.part is not Part.SEES:
        yield words.answered[one.part], moment(one.answered_at, labels)
    if one.part is Part.SIGNS:
        yield words.how, words.ways[one.way].format(email=one.email, name=one.for_name, service=one.service)
    else:
        yield words.how, words.ways[Way.LINK].format(email=one.email)


def _circumstances(one: Asked, labels: Labels) -> Iterable[tuple[str, str]]:
    """What else is known of a signature; what is empty is left out."""
    words = labels.evidence
    code = words.codes.get(one.code_way, "")
    yield words.code, code.format(at=moment(one.code_sent_at, labels), email=one.email)
    yield words.day, format_date(one.signed_on, "long", locale=labels.language) if one.signed_on else ""
    yield words.place, one.place
    yield words.witness if one.way is Way.MEETING else words.recorded_by, one.witness
    yield words.second, one.second
    yield words.reason, one.reason
    yield words.authority, one.authority
    yield words.scan, one.scan_sha256
    yield from _at_service(one, labels)


def _at_service(one: Asked, labels: Labels) -> Iterable[tuple[str, str]]:
    """What a signing service says; all of it is empty of a signature that was given here."""
    words = labels.evidence.at_service
    yield words["identity"], one.service_method
    yield words["signed"], moment(one.service_signed_at, labels) if one.service_signed_at else ""
    yield words["reference"], one.service_reference
    yield words["file"], one.service_sha256


def _facts(evidence: Evidence, labels: Labels) -> Table:
    rows = (
        (labels.evidence.agreement, str(evidence.agreement_id)),
        (labels.evidence.version, str(evidence.version)),
        (labels.evidence.fingerprint, evidence.sha256),
    )
    return Table("", labels.evidence.columns, rows)


def _verify(evidence: Evidence, labels: Labels) -> Iterable[Paragraph]:
    if evidence.verify_url:
        yield _says(labels.evidence.verify.format(address=evidence.verify_url))


def _says(sentence: str) -> Paragraph:
    return Paragraph((Text(sentence),))


def moment(at: datetime | None, labels: Labels) -> str:
    """A local time with its zone, such as "27 November 2026 at 09:15 (CET, UTC+01:00)"."""
    if at is None:
        return labels.evidence.not_noted
    day = format_date(at.date(), "long", locale=labels.language)
    clock = format_time(at.time(), "HH:mm:ss", locale=labels.language)
    offset = at.strftime("%z")
    return f"{labels.signed_at.format(date=day, time=clock)} ({at.tzname()}, UTC{offset[:3]}:{offset[3:5]})"
