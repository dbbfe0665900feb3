"""Storing files and reading them back."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import undefer

from core.documents.models import StoredFile
from core.documents.seals import register
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.ids import new_id


def store(subject_id: UUID, purpose: str, name: str, media_type: str, content: bytes) -> StoredFile:
    """Add a file to the open unit of work."""
    row = StoredFile(
        id=new_id(),
        subject_id=subject_id,
        purpose=purpose,
        name=name[:200],
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    db.session.add(row)
    return row


def read(file_id: UUID) -> StoredFile:
    """A file of the tenant in scope with its content. Raises NotFound."""
    found = db.session.scalar(
        select(StoredFile).where(StoredFile.id == file_id).options(undefer(StoredFile.content))
    )
    if found is None:
        raise NotFound("file.not_found", _("We cannot find this file."))
    return found


def newest(subject_id: UUID, purpose: str) -> StoredFile | None:
    """The newest file of a kind that belongs to something, with its content."""
    query = (
        select(StoredFile)
        .where(StoredFile.subject_id == subject_id, StoredFile.purpose == purpose)
        .order_by(StoredFile.stored_at.desc(), StoredFile.id.desc())
        .limit(1)
        .options(undefer(StoredFile.content))
    )
    return db.session.scalar(query)


@dataclass(frozen=True)
class FileCard:
    """What is known of a stored file without reading it."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    stored_at: datetime


def cards_of(subject_id: UUID, purpose: str) -> list[FileCard]:
    """The files of a kind that belong to something, the oldest first, without their content."""
    row = StoredFile
    query = (
        select(row.id, row.name, row.media_type, row.size, row.sha256, row.stored_at)
        .where(row.subject_id == subject_id, row.purpose == purpose)
        .order_by(row.stored_at, row.id)
    )
    return [FileCard(*found) for found in db.session.execute(query)]


def fingerprint_of(file_id: UUID) -> str:
    """The SHA-256 of a stored file; empty when it is gone."""
    return db.session.scalar(select(StoredFile.sha256).where(StoredFile.id == file_id)) or ""


def subject_of(sha256: str) -> UUID | None:
    """What a stored file belongs to, by the file's SHA-256."""
    return db.session.scalar(select(StoredFile.subject_id).where(StoredFile.sha256 == sha256).limit(1))


def newest_fingerprint(subject_id: UUID, purpose: str) -> str:
    """The SHA-256 of the newest file of a kind, without reading it; empty when there is none."""
    query = (
        select(StoredFile.sha256)
        .where(StoredFile.subject_id == subject_id, StoredFile.purpose == purpose)
        .order_by(StoredFile.stored_at.desc(), StoredFile.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) or ""


def contents_of(fingerprints: Collection[str]) -> dict[str, bytes]:
    """Stored files by their SHA-256, in one query; those that are gone are left out."""
    if not fingerprints:
        return {}
    query = select(StoredFile.sha256, StoredFile.content).where(StoredFile.sha256.in_(fingerprints))
    return dict(iter(db.session.execute(query)))


def remove(subject_id: UUID, purpose: str) -> int:
    """Delete the files of a kind that belong to something, in the caller's unit of work; gives the count."""
    rows = list(
        db.session.scalars(
            select(StoredFile).where(StoredFile.subject_id == subject_id, StoredFile.purpose == purpose)
        )
    )
    register.forget([row.sha256 for row in rows])
    for row in rows:
        db.session.delete(row)
    return len(rows)
