"""The table of stored files: in the database, behind the same walls as everything else of a tenant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from core.kernel import clock
from core.kernel.database import Base, Owned, instant
from core.kernel.personal import FREE_TEXT, personal


class StoredFile(Owned, Base):
    """A file with its fingerprint. ``subject_id`` is what it belongs to, ``purpose`` which of its files."""

    __tablename__ = "documents_stored_file"
    __table_args__ = (
        Index("ix_documents_stored_file_subject", "tenant_id", "subject_id"),
        Index("ix_documents_stored_file_sha256", "tenant_id", "sha256"),
    )

    subject_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200), info=personal(FREE_TEXT))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = instant(default=clock.now)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, info=personal(FREE_TEXT)))


class SealEntry(Base):
    """That a file was sealed, and nothing of what is in it: who holds the file can ask, without any tenant.

    ``sha256`` is that of the sealed file, ``certificate`` that of the certificate. See decision 0015.
    """

    __tablename__ = "documents_seal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    certificate: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int] = mapped_column(Integer)
    sealed_at: Mapped[datetime] = instant()
