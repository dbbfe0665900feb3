"""The register of seals: what was sealed for whom, so that its holder can ask whether a file is whole."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select

from core.documents.models import SealEntry
from core.documents.seals.certificate import SealCertificate, seal_certificate
from core.documents.seals.sealing import Seal
from core.kernel.database import db
from core.kernel.scope import current_tenant_id


@dataclass(frozen=True)
class Registered:
    """An entry: whose file it is, its fingerprint, its version, and when it was sealed."""

    tenant_id: UUID
    sha256: str
    version: int
    sealed_at: datetime


def add(content: bytes, seal: Seal, certificate: SealCertificate, version: int) -> None:
    """Note a sealed file of the tenant in scope, in the open unit of work."""
    db.session.add(
        SealEntry(
            id=seal.id,
            tenant_id=current_tenant_id(),
            sha256=hashlib.sha256(content).hexdigest(),
            certificate=certificate.fingerprint,
            version=version,
            sealed_at=seal.at,
        )
    )


def by_file(content: bytes) -> Registered | None:
    """The seal of a file that is whole, byte for byte."""
    return _entry(SealEntry.sha256 == hashlib.sha256(content).hexdigest())


def by_id(seal_id: UUID | None) -> Registered | None:
    """A seal by the id that a file names, which says nothing of whether the file is whole."""
    return _entry(SealEntry.id == seal_id) if seal_id else None


def of_file(sha256: str) -> Registered | None:
    """The seal of a stored file of the tenant in scope; None when it was kept without one."""
    return _entry(SealEntry.sha256 == sha256, SealEntry.tenant_id == current_tenant_id())


def _entry(*which: ColumnElement[bool]) -> Registered | None:
    row = db.session.scalar(select(SealEntry).where(*which))
    return Registered(row.tenant_id, row.sha256, row.version, row.sealed_at) if row else None


def is_ours(certificate: str) -> bool:
    """Whether a certificate is one that this installation seals with, or has sealed with."""
    now = seal_certificate()
    if now is not None and now.fingerprint == certificate:
        return True
    return bool(db.session.scalar(select(exists().where(SealEntry.certificate == certificate))))


def forget(digests: Collection[str]) -> None:
    """Take files of the tenant in scope out of the register, in the caller's unit of work."""
    mine = SealEntry.tenant_id == current_tenant_id()
    db.session.execute(delete(SealEntry).where(mine, SealEntry.sha256.in_(list(digests))))
