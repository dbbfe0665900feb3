"""Archives with everything of a tenant: asked for, kept in pieces, handed out, and removed in time."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id, platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.models import Export, ExportPart, Tenant

PIECE = 1024 * 1024
KEPT_FOR = timedelta(days=40)
"""Longer than the waiting period before a tenant is deleted, so that the last one lasts until then."""


@dataclass(frozen=True)
class KeptExport:
    """An archive as the page lists it; ``ready_at`` is None while it is being made."""

    id: UUID
    asked_at: datetime
    ready_at: datetime | None
    size: int


def ask(asked_by: UUID) -> UUID:
    """Note that somebody asks for an archive. Joins the caller's unit of work.

    Raises Conflict while another one is being made.
    """
    if db.session.scalar(select(Export.id).where(Export.ready_at.is_(None)).limit(1)) is not None:
        raise Conflict("export.waiting", _("An archive is being made already. Wait until it is ready."))
    row = Export(id=new_id(), asked_by=asked_by)
    db.session.add(row)
    audit.record("tenant.export_asked", "tenant", current_tenant_id())
    return row.id


def newest(limit: int = 10) -> list[KeptExport]:
    """The archives of the tenant in scope, the newest first."""
    rows = db.session.scalars(select(Export).order_by(Export.asked_at.desc()).limit(limit))
    return [KeptExport(row.id, row.asked_at, row.ready_at, row.size) for row in rows]


def is_ready(export_id: UUID) -> bool:
    """Whether an archive has been made. Raises NotFound."""
    return _find(export_id).ready_at is not None


def _find(export_id: UUID) -> Export:
    """An archive of the tenant in scope. Raises NotFound."""
    found = db.session.scalar(select(Export).where(Export.id == export_id))
    if found is None:
        raise NotFound("export.not_found", _("We cannot find this archive."))
    return found


def keep(export_id: UUID, archive: IO[bytes]) -> None:
    """Store an archive that is made, in pieces, and remove those before it. Joins the unit of work."""
    row, fingerprint, number = _find(export_id), hashlib.sha256(), 0
    archive.seek(0)
    while piece := archive.read(PIECE):
        part = ExportPart(id=new_id(), export_id=export_id, number=number, content=piece)
        db.session.add(part)
        db.session.flush()
        db.session.expunge(part)
        fingerprint.update(piece)
        row.size, number = row.size + len(piece), number + 1
    row.sha256, row.ready_at = fingerprint.hexdigest(), clock.now()
    earlier = delete(Export).where(Export.id != export_id, Export.ready_at.is_not(None))
    db.session.execute(earlier, execution_options={"synchronize_session": False})


def content(export_id: UUID) -> IO[bytes]:
    """A file with an archive that is ready, to be read from its beginning. Raises NotFound."""
    if not is_ready(export_id):
        raise NotFound("export.not_ready", _("This archive is not ready yet. Come back in a few minutes."))
    audit.record("tenant.export_fetched", "tenant", current_tenant_id())
    whole: IO[bytes] = TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    parts = select(ExportPart.content).where(ExportPart.export_id == export_id).order_by(ExportPart.number)
    for piece in db.session.scalars(parts, execution_options={"yield_per": 4}):
        whole.write(piece)
    whole.seek(0)
    return whole


def drop_old() -> None:
    """Remove the archives that have been kept long enough, of every tenant."""
    with platform_scope("remove old archives of tenants"), unit_of_work():
        old = delete(Export).where(Export.asked_at < clock.now() - KEPT_FOR)
        db.session.execute(old, execution_options={"synchronize_session": False})


def tenant_row() -> dict[str, Any]:
    """What is stored of the tenant in scope itself."""
    row = db.session.get_one(Tenant, current_tenant_id())
    return {column.key: getattr(row, column.key) for column in Tenant.__table__.columns}
