"""A tenant that is deleted leaves nothing, and nobody else notices: read from the database's own catalogue.

The application that deletes it lacks a plugin that had tables, and there is a table that no mapper knows.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from core.app import create_app
from core.documents import service as documents
from core.documents.seals import register
from core.documents.seals.certificate import seal_certificate
from core.documents.seals.sealing import Seal
from core.kernel import clock, jobs, mail
from core.kernel.ids import new_id
from core.kernel.row_security import OWNER, secure_owned_table
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import closing
from core.testing.database import role_url, settings_for
from tenants.leaving import archive, service

FILE = b"the signed agreement"
GHOST = "ghosts_sighting"
MEMORY = {"tenancy_closed_tenant"}
MOVING = MEMORY | {"kernel_platform_entry", "procrastinate_jobs", "procrastinate_events"}
"""Tables that are written while a tenant is deleted, whoever it is."""


@dataclass(frozen=True)
class Leaving:
    house: Any
    app: Flask
    connection: Connection

    @property
    def gone(self) -> UUID:
        found: UUID = self.house.one.id
        return found

    def tables(self) -> list[str]:
        query = text(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return sorted(self.connection.scalars(query))

    def with_tenant(self) -> list[str]:
        query = text(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1"
        )
        return list(self.connection.scalars(query))

    def rows(self, table: str, tenant_id: UUID | None = None) -> list[str]:
        """Every row as one text with all its columns."""
        where = "" if tenant_id is None else f" WHERE tenant_id = '{tenant_id}'"
        return list(self.connection.scalars(text(f'SELECT t::text FROM "{table}" AS t{where} ORDER BY 1')))

    def texts_of_the_gone(self) -> set[str]:
        """Ids and texts that stand in the tenant's rows alone; an account belongs to its person."""
        told = {str(self.gone), self.house.one.slug}
        for table in self.with_tenant():
            for row in self._rows_as_json(table):
                values = {key: value for key, value in row.items() if not key.endswith("_id") or key == "id"}
                told |= {value for value in values.values() if isinstance(value, str) and len(value) >= 16}
        others = "\n".join(row for table in self.with_tenant() for row in self.rows(table, self.house.two.id))
        accounts = set(self.connection.scalars(text("SELECT id::text FROM access_account")))
        return {one for one in told - accounts if one not in others}

    def _rows_as_json(self, table: str) -> list[dict[str, Any]]:
        query = text(f"SELECT to_jsonb(t) FROM \"{table}\" AS t WHERE tenant_id = '{self.gone}'")
        return list(self.connection.scalars(query))


@pytest.fixture(scope="module")
def leaving(house_to_leave: Any) -> Iterator[Leaving]:
    house = house_to_leave
    engine = create_engine(role_url(house.admin_url, OWNER, house.database), poolclass=NullPool)
    with engine.begin() as connection:
        _haunt(connection, [house.one.id, house.two.id])
    settings = settings_for(house.admin_url, house.database, door="worker")
    app = create_app(settings)
    app.config["TESTING"] = True
    for tenant in (house.one, house.two):
        with app.app_context(), tenant_scope(tenant.id), unit_of_work():
            mail.send("somebody@example.org", f"About {tenant.slug}", f"/t/{tenant.slug}/sign/secret")
            documents.store(tenant.id, "signed", "../../avtale.pdf", "application/pdf", FILE)
            _note_seal(tenant.slug)
            jobs.defer(service.MAKE, export_id=str(new_id()))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield Leaving(house, app, connection)


def _note_seal(of: str) -> None:
    certificate = seal_certificate()
    assert certificate is not None
    register.add(f"sealed for {of}".encode(), Seal(new_id(), clock.now(), ""), certificate, 1)


def _haunt(connection: Connection, tenants: list[UUID]) -> None:
    """A table of a plugin that was never heard of again, with a row of each tenant."""
    connection.execute(
        text(
            f"CREATE TABLE {GHOST} (tenant_id uuid NOT NULL REFERENCES tenancy_tenant (id), "
            "id uuid NOT NULL, name text, marks jsonb, picture bytea, PRIMARY KEY (tenant_id, id))"
        )
    )
    secure_owned_table(lambda statement: connection.execute(text(statement)), GHOST)
    for tenant_id in tenants:
        connection.execute(
            text(f"INSERT INTO {GHOST} VALUES (:tenant, :id, :name, CAST(:marks AS jsonb), :picture)"),
            {
                "tenant": tenant_id,
                "id": new_id(),
                "name": f"../../ghost of {tenant_id}",
                "marks": json.dumps({"seen": [f"by {tenant_id}"]}),
                "picture": f"picture of {tenant_id}".encode(),
            },
        )


@pytest.fixture(scope="module")
def packed(leaving: Leaving) -> ZipFile:
    whole = BytesIO()
    with leaving.app.app_context(), tenant_scope(leaving.gone):
        archive.write(whole)
    return ZipFile(whole)


def test_the_archive_has_every_row_of_every_table_that_is_the_tenants_own(
    leaving: Leaving, packed: ZipFile
) -> None:
    manifest = json.loads(packed.read("manifest.json"))
    for table in leaving.with_tenant():
        if table in manifest["left_out"]:
            continue
        kept = json.loads(packed.read(manifest["tables"][table]["json"]))
        assert len(kept) == manifest["tables"][table]["rows"] == len(leaving.rows(table, leaving.gone)) > 0
        assert {row["tenant_id"] for row in kept} == {str(leaving.gone)}
        lines = packed.read(manifest["tables"][table]["csv"]).decode("utf-8-sig").splitlines()
        assert lines[0].split(";") == list(kept[0])
    assert GHOST in manifest["tables"]
    assert "seminars_seminar" in manifest["tables"]
    assert set(manifest["left_out"]) == {
        "documents_seal",
        "kernel_outgoing_mail",
        "kernel_outgoing_sms",
        "tenancy_export",
        "tenancy_export_part",
    }


def test_the_archive_has_every_file_and_each_stays_in_its_folder(leaving: Leaving, packed: ZipFile) -> None:
    manifest = json.loads(packed.read("manifest.json"))
    paths = {one["path"] for one in manifest["files"]}
    (ghost,) = [path for path in paths if path.startswith(f"files/{GHOST}/")]
    assert packed.read(ghost) == f"picture of {leaving.gone}".encode()
    assert ".." not in ghost
    stored = json.loads(packed.read("tables/documents_stored_file.json"))
    assert len(stored) == len(leaving.rows("documents_stored_file", leaving.gone)) > 0
    (signed,) = [row["content"] for row in stored if row["content"]]
    assert packed.read(signed) == FILE
    assert signed.endswith("-avtale.pdf")
    assert all(path.count("/") == 2 for path in paths)


def test_the_archive_has_nothing_of_another_tenant_and_opens_no_door(
    leaving: Leaving, packed: ZipFile
) -> None:
    everything = b"\n".join(packed.read(name) for name in packed.namelist())
    assert str(leaving.house.two.id).encode() not in everything
    assert leaving.house.two.slug.encode() not in everything
    assert b"/sign/secret" not in everything
    for table in json.loads(packed.read("manifest.json"))["tables"]:
        for row in json.loads(packed.read(f"tables/{table}.json")):
            assert {row[name] for name in row if "secret" in name or "token" in name} <= {None}, table


def test_after_a_tenant_is_deleted_nothing_of_it_is_left_and_nobody_else_has_changed(
    leaving: Leaving,
) -> None:
    told = leaving.texts_of_the_gone()
    assert len(told) > 40
    assert any(one in row for one in told for row in leaving.rows(GHOST))
    others_before = {table: leaving.rows(table, leaving.house.two.id) for table in leaving.with_tenant()}
    platform = [
        one for one in leaving.tables() if one not in {*leaving.with_tenant(), *MOVING, "tenancy_tenant"}
    ]
    platform_before = {table: leaving.rows(table) for table in platform}
    with leaving.app.app_context():
        jobs.run(service.DELETE, {})
        assert leaving.rows(GHOST, leaving.gone), "nothing happens before somebody asks"
        with tenant_scope(leaving.gone), unit_of_work():
            _ask_as_owner(leaving)
        with clock.frozen(clock.now() + timedelta(days=closing.WAITING_DAYS + 1)):
            jobs.run(service.DELETE, {})
    left = {
        table: [one for one in told if any(one in row for row in leaving.rows(table))]
        for table in leaving.tables()
        if table not in MEMORY
    }
    assert {table: found for table, found in left.items() if found} == {}
    assert others_before == {
        table: leaving.rows(table, leaving.house.two.id) for table in leaving.with_tenant()
    }
    assert platform_before == {table: leaving.rows(table) for table in platform}
    (memory,) = leaving.connection.execute(text("SELECT * FROM tenancy_closed_tenant")).mappings()
    assert memory["id"] == leaving.gone
    assert memory["slug"] == leaving.house.one.slug
    assert memory["row_counts"][GHOST] == 1
    assert memory["row_counts"]["kernel_outgoing_mail"] == 1
    assert memory["row_counts"]["documents_seal"] == 1
    assert len(memory["audit_hash"]) == 64


def _ask_as_owner(leaving: Leaving) -> None:
    """The worker's door may not ask, so the day is written by hand."""
    leaving.connection.execute(
        text("UPDATE tenancy_tenant SET closes_on = current_date + 30 WHERE id = :id"), {"id": leaving.gone}
    )
