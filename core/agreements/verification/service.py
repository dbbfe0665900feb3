"""What can be said of a PDF to whoever holds it, and no more than the holder has in hand anyway."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.agreements import parts as agreement_parts
from core.agreements.signing.case import base_of, newest_version, today
from core.agreements.states import OVER, Status, status_of
from core.documents import service as documents
from core.documents.seals import register
from core.documents.seals.certificate import seal_certificate
from core.documents.seals.checking import FileRead, SealFound, read_file
from core.documents.seals.register import Registered
from core.kernel.scope import tenant_scope
from core.tenancy.service import current_tenant


class Verdict(StrEnum):
    """What a file turned out to be."""

    INTACT = "intact"
    CHANGED = "changed"
    ADDED = "added"
    FORGOTTEN = "forgotten"
    FOREIGN = "foreign"
    NO_SEAL = "no_seal"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Standing:
    """Of an intact file: whose it is, which version, and what has become of that since.

    ``newer`` is the number of a later version, or None.
    """

    tenant: str
    version: int
    sealed_at: datetime
    newer: int | None
    ended: bool
    is_development: bool


@dataclass(frozen=True)
class Answer:
    """The verdict, and of an intact file how it stands."""

    verdict: Verdict
    standing: Standing | None = None


def verify(content: bytes) -> Answer:
    """Look at a file. It is neither kept nor logged.

    A file is intact when its seal says so and the register knows its every byte; either alone is not enough.
    """
    found, entry = read_file(content), register.by_file(content)
    if entry is not None and found.seal is not None and found.seal.intact and found.seal.whole:
        return Answer(Verdict.INTACT, _standing(entry))
    return Answer(_without_entry(found))


def _without_entry(found: FileRead) -> Verdict:
    if found.seal is None:
        return Verdict.NO_SEAL if found.readable else Verdict.UNREADABLE
    known = register.by_id(found.seal.id)
    if found.seal.intact and not register.is_ours(found.seal.certificate):
        return Verdict.FOREIGN
    if found.seal.intact and not found.seal.whole:
        return Verdict.ADDED
    if known is None and found.seal.intact:
        return Verdict.FORGOTTEN
    return Verdict.CHANGED if known is not None or _names_us(found.seal) else Verdict.FOREIGN


def _names_us(seal: SealFound) -> bool:
    return seal.id is not None or register.is_ours(seal.certificate)


def _standing(entry: Registered) -> Standing:
    """The register says which tenant to ask, and the walls of that tenant let nothing else through."""
    certificate = seal_certificate()
    with tenant_scope(entry.tenant_id):
        newer, ended = _since(entry)
        return Standing(
            tenant=current_tenant().name,
            version=entry.version,
            sealed_at=entry.sealed_at,
            newer=newer,
            ended=ended,
            is_development=certificate is not None and certificate.is_development,
        )


def _since(entry: Registered) -> tuple[int | None, bool]:
    agreement_id = documents.subject_of(entry.sha256)
    if agreement_id is None:
        return None, False
    signed = agreement_parts.find(agreement_id)
    agreement = base_of(signed) if signed.taken_up_at is not None else signed
    if agreement is None:
        return None, False
    newest = newest_version(agreement.id)
    newer = newest.number if newest is not None and newest.number > entry.version else None
    return newer, status_of(agreement, today()) in OVER | {Status.CANCELLED}
