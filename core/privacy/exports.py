"""Handing out everything about a person: a ZIP with a readable PDF, JSON with its schema, and the files."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.documents import service as documents
from core.kernel import audit, clock, jobs, mail
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, NotFound
from core.kernel.ids import new_id
from core.kernel.personal import values_of
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import PersonKey, PersonRecord
from core.privacy import asking
from core.privacy.inquiries import MANAGE, Everything, everything, find, key_of, known
from core.privacy.models import Export
from core.privacy.own import FILE
from core.privacy.papers import person_pdf
from core.tenancy.service import current_tenant

MAKE = "privacy.export"
ZIP = "application/zip"
MAILS = "privacy.mails"
FORMAT = "fotfeste-person-1"
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Everything that is kept about one person",
    "type": "object",
    "required": ["format", "made_at", "kept_by", "records"],
    "properties": {
        "format": {"const": FORMAT},
        "made_at": {"type": "string", "format": "date-time"},
        "kept_by": {"type": "string", "description": "the authority that keeps the data"},
        "records": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["category", "kind", "id", "values"],
                "properties": {
                    "category": {"type": "string", "description": "a key of the record of processing"},
                    "kind": {"type": "string"},
                    "id": {"type": "string", "format": "uuid"},
                    "where": {"type": "string"},
                    "at": {"type": ["string", "null"], "format": "date-time"},
                    "values": {
                        "type": "object",
                        "description": "what stands in each column, by table.column",
                    },
                    "facts": {"type": "object"},
                    "files": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}


def ask(inquiry_id: UUID, language: str) -> UUID:
    """Have everything about a person collected, in the language of that person; gives the export's id."""
    member = access.require(MANAGE)
    if key_of(find(inquiry_id)).is_nobody:
        raise Conflict("privacy.erased", _("This person has been erased already."))
    with unit_of_work():
        export = Export(id=new_id(), inquiry_id=inquiry_id, language=language, asked_by=member.account_id)
        db.session.add(export)
        audit.record("privacy.export_asked", "export", export.id)
        jobs.defer(MAKE, export_id=str(export.id))
    return export.id


@jobs.job(MAKE)
def _make_job(export_id: str) -> None:
    try:
        with unit_of_work():
            _make(UUID(export_id))
    except asking.StoppedError as stopped:
        with unit_of_work():
            _known(UUID(export_id)).stopped_by = stopped.plugin


def _make(export_id: UUID) -> None:
    export = _known(export_id)
    who = key_of(known(export.inquiry_id))
    if export.made_at is not None or who.is_nobody:
        return
    found = everything(who)
    records = [*found.records, *_mails(found.who)]
    content = packed(Everything(found.who, tuple(records)), export.language, clock.now())
    export.file_id = documents.store(export.id, FILE, "person.zip", ZIP, content).id
    export.made_at = clock.now()
    audit.record("privacy.exported", "export", export.id)


def _mails(who: PersonKey) -> list[PersonRecord]:
    rows = mail.mails_to(who.emails, current_tenant_id())
    return [PersonRecord(MAILS, "mail", row.id, values_of(row), "", row.written_at) for row in rows]


def packed(found: Everything, language: str, now: datetime) -> bytes:
    """The ZIP: ``person.pdf``, ``person.json``, ``schema.json`` and a folder with the files."""
    content = io.BytesIO()
    names = _file_names(found.records)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.pdf", person_pdf(found.records, language, now))
        archive.writestr(
            "person.json",
            json.dumps(_as_json(found.records, names, now), ensure_ascii=False, indent=1, default=str),
        )
        archive.writestr("schema.json", json.dumps(SCHEMA, indent=1))
        for record, paths in zip(found.records, names, strict=True):
            for path, file in zip(paths, record.files, strict=True):
                archive.writestr(path, file.content)
    return content.getvalue()


def _file_names(records: Iterable[PersonRecord]) -> list[list[str]]:
    """Paths in the archive for each record: made of ids, so that no name leads out of the folder."""
    return [
        [f"files/{one.subject_id}-{n}{_ending(file.name)}" for n, file in enumerate(one.files)]
        for one in records
    ]


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2]
    return f".{ending}" if ending.isalnum() else ""


def _as_json(records: Iterable[PersonRecord], names: list[list[str]], now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "kept_by": current_tenant().name,
        "records": [
            {
                "category": one.data,
                "kind": one.subject_kind,
                "id": str(one.subject_id),
                "where": one.where,
                "at": one.at.isoformat() if one.at else None,
                "values": one.values,
                "facts": {label.en: str(getattr(value, "en", value)) for label, value in one.facts},
                "files": paths,
            }
            for one, paths in zip(records, names, strict=True)
        ],
    }


def _known(export_id: UUID) -> Export:
    found = db.session.scalar(select(Export).where(Export.id == export_id).with_for_update())
    if found is None:
        raise NotFound("privacy.no_export", _("We cannot find this file."))
    return found


def of_inquiry(inquiry_id: UUID) -> list[Export]:
    """The exports of an inquiry, the newest first."""
    access.require(MANAGE)
    query = select(Export).where(Export.inquiry_id == inquiry_id).order_by(Export.asked_at.desc())
    return list(db.session.scalars(query))


def download(export_id: UUID) -> bytes:
    """The ZIP of an export; each download is written down. Raises NotFound, or Gone after a week."""
    access.require(MANAGE)
    export = db.session.scalar(select(Export).where(Export.id == export_id))
    if export is None:
        raise NotFound("privacy.no_export", _("We cannot find this file."))
    if export.file_id is None:
        raise Gone("privacy.export_gone", _("This file is not there any more. Make a new one."))
    with unit_of_work():
        audit.record("privacy.export_downloaded", "export", export.id)
    return documents.read(export.file_id).content
