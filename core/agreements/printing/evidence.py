"""The last page of a signed agreement: who was asked, when and how each signed, and what that binds. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from babel.dates import format_date, format_time

from core.agreements.printing.labels import Labels
from core.documents.blocks import Paragraph, Text
from core.documents.document import Part, Table


@dataclass(frozen=True)
class Asked:
    """One request to sign and its answer; the moments are aware local times, None: it did not happen.

    ``email`` is the address that the personal link was mailed to; a ``by_member`` has signed in instead.
    """

    party: str
    name: str
    role: str
    email: str
    asked_at: datetime
    opened_at: datetime | None
    signed_at: datetime | None
    by_member: bool = False


@dataclass(frozen=True)
class Evidence:
    """What the page says. ``verify_url`` is where the file can be checked, empty without a seal."""

    agreement_id: UUID
    version: int
    sha256: str
    asked: Sequence[Asked]
    verify_url: str


def evidence_page(evidence: Evidence, labels: Labels) -> list[Part]:
    """The page as parts of the document."""
    return [
        Part(labels.evidence.title, (_says(labels.evidence.says),), new_page=True),
        *(part for one in evidence.asked for part in _asked(one, labels)),
        Part(labels.evidence.of_text, (_facts(evidence, labels), *_verify(evidence, labels)), level=2),
    ]


def _asked(one: Asked, labels: Labels) -> Iterable[Part]:
    how = labels.evidence.member if one.by_member else labels.evidence.link
    rows = (
        (labels.evidence.name, ", ".join(part for part in (one.name, one.role) if part)),
        (labels.evidence.asked, moment(one.asked_at, labels)),
        (labels.evidence.opened, moment(one.opened_at, labels)),
        (labels.evidence.signed, moment(one.signed_at, labels)),
        (labels.evidence.how, how.format(email=one.email)),
    )
    yield Part(one.party, (Table("", labels.evidence.columns, rows),), level=2)


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
