"""The archive: every row of the tenant in scope as JSON and CSV, every file, and a manifest of it all."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import gettext as _

from core.access import addressees
from core.access.service import people_of
from core.kernel import clock, tenant_rows
from core.kernel.scope import current_tenant_id
from core.tenancy import exports
from core.tenancy.service import current_tenant
from core.web.languages import in_language

FORMAT = 1
SECRET = re.compile(r"secret|token|password")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LEFT_OUT = {
    "documents_seal": "fingerprints by which the sealed files in this archive are known again",
    "tenancy_export": "archives like this one",
    "tenancy_export_part": "archives like this one",
}
Row = Mapping[str, Any]


@dataclass
class Archive:
    """A ZIP that is being written, with what its manifest will say."""

    zip: ZipFile
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=lambda: dict(LEFT_OUT))

    def add_file(self, name: str, content: bytes) -> str:
        """Put a file of the tenant in; gives its path in the archive."""
        path = f"files/{name}"
        self.zip.writestr(path, content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.files.append({"path": path, "size": len(content), "sha256": sha256})
        return path

    def add_json(self, path: str, value: Any) -> None:
        """Put a small document in."""
        self.zip.writestr(path, json.dumps(value, ensure_ascii=False, indent=1, default=_as_text))


def write(target: IO[bytes]) -> None:
    """Write the archive of the tenant in scope to a file."""
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        archive = Archive(made)
        archive.add_json("tenant.json", exports.tenant_row())
        archive.add_json("people.json", _people())
        for table in sorted(tenant_rows.tables(), key=lambda one: one.name):
            if table.name in LEFT_OUT:
                continue
            if table.owned:
                _add_table(archive, table.name)
            else:
                archive.left_out[table.name] = (
                    "messages on their way to people, with links meant for them alone"
                )
        archive.add_json("manifest.json", _manifest(archive))
        with in_language(current_tenant().language):
            made.writestr("README.txt", _read_me())


def _people() -> list[dict[str, str]]:
    found = people_of(addressees.accounts_ever())
    return [{"account_id": str(key), "name": one.name, "email": one.email} for key, one in found.items()]


def _add_table(archive: Archive, table: str) -> None:
    number = 0
    with _text_file("utf-8") as as_json, _text_file("utf-8-sig") as as_csv:
        sheet = None
        as_json.write("[")
        for number, row in enumerate(tenant_rows.rows_of(table, current_tenant_id()), 1):
            plain = _plain(archive, table, row)
            sheet = sheet or _sheet(as_csv, plain)
            sheet.writerow({name: _cell(value) for name, value in plain.items()})
            as_json.write(",\n" if number > 1 else "\n")
            json.dump(plain, as_json, ensure_ascii=False, default=_as_text)
        as_json.write("\n]\n")
        paths = {"json": f"tables/{table}.json", "csv": f"tables/{table}.csv"}
        _copy(archive.zip, paths["json"], as_json)
        _copy(archive.zip, paths["csv"], as_csv)
    archive.tables[table] = {"rows": number, **paths}


def _plain(archive: Archive, table: str, row: Row) -> dict[str, Any]:
    """A row with its files put into the archive, and without what opens doors."""
    plain: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, bytes | memoryview):
            plain[name] = archive.add_file(_file_name(table, name, row), bytes(value))
        else:
            plain[name] = None if SECRET.search(name) else value
    return plain


def _file_name(table: str, column: str, row: Row) -> str:
    """A path that stays below the table's folder, whatever somebody called the file."""
    called = PurePosixPath(str(row.get("name") or column)).name
    safe = re.sub(r"[^\w.-]+", "_", called).strip("._")[-80:] or column
    return f"{table}/{row['id']}-{safe}"


def _sheet(file: TextIOWrapper, first: Row) -> "csv.DictWriter[str]":
    sheet = csv.DictWriter(file, list(first), delimiter=";")
    sheet.writeheader()
    return sheet


def _cell(value: Any) -> Any:
    """A value for a spreadsheet: text that begins like a formula stays text."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=_as_text)
    text = "" if value is None else _as_text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


@contextmanager
def _text_file(encoding: str) -> Iterator[TextIOWrapper]:
    """A file for one form of a table; a spreadsheet knows the encoding by a mark at its beginning."""
    with TemporaryFile() as raw, TextIOWrapper(raw, encoding=encoding, newline="") as file:
        yield file


def _copy(made: ZipFile, path: str, file: TextIOWrapper) -> None:
    file.flush()
    file.seek(0)
    with made.open(path, "w", force_zip64=True) as target:
        copyfileobj(cast("IO[bytes]", file.buffer), target)


def _manifest(archive: Archive) -> dict[str, Any]:
    tenant = current_tenant()
    return {
        "format": FORMAT,
        "made_at": clock.now(),
        "tenant": {"id": tenant.id, "name": tenant.name, "number": tenant.number, "address": tenant.slug},
        "tables": archive.tables,
        "files": archive.files,
        "left_out": archive.left_out,
    }


def _read_me() -> str:
    tenant = current_tenant()
    return _(
        "Everything that %(tenant)s has in Fotfeste, as it was on %(day)s.\n\n"
        "manifest.json  what is in the archive: tables with their rows, files with their fingerprint\n"
        "tenant.json    the organisation itself\n"
        "people.json    who works here or has done so, by the ids that the tables use\n"
        "tables/        each table twice: .json for machines, .csv for a spreadsheet\n"
        "files/         signed agreements, logos and other files\n\n"
        "Times are in UTC. In spreadsheets, an apostrophe stands before text that begins like a formula.\n"
        "Left out are what opens doors, such as keys and links, and messages on their way to people.\n\n"
        "The archive holds personal data, some of it confidential. Keep it where only those who need it can "
        "read it, and delete it when it is no longer needed.\n",
        tenant=tenant.name,
        day=clock.today(tenant.timezone).isoformat(),
    )
