"""Every row of one tenant, found from the database's own catalogue: also those of plugins that are gone.

Reading happens in the tenant's scope, deleting in the platform's. Hand-written SQL on every tenant's tables
stands here and nowhere else outside migrations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, select, text
from sqlalchemy.sql import Select

from core.kernel.database import SHARED_METADATA, db, raw_sql_allowed

# Ordinary and partitioned tables; a partition is reached by its parent.
_TABLES = text("""
SELECT relname, EXISTS (
    SELECT FROM pg_constraint
    JOIN pg_attribute AS part ON part.attrelid = conrelid AND part.attnum = ANY (conkey)
    WHERE conrelid = pg_class.oid AND contype = 'p' AND part.attname = 'tenant_id')
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND attname = 'tenant_id' AND NOT attisdropped
ORDER BY relname
""")
_LINKS = text("""
SELECT DISTINCT child.relname, parent.relname
FROM pg_constraint
JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid
WHERE contype = 'f' AND conrelid <> confrelid
""")
_JOBS = text("DELETE FROM procrastinate_jobs WHERE args->>'tenant_id' = CAST(:tenant_id AS text)")
_TENANT = text("DELETE FROM tenancy_tenant WHERE id = :tenant_id")
JOBS = "procrastinate_jobs"
BATCH = 20
"""Rows may hold files of several megabytes."""


class RowsLeftError(RuntimeError):
    """A tenant was to be deleted, and something of it is still there; nothing was deleted."""


@dataclass(frozen=True)
class TenantTable:
    """A table that says of each row which tenant it is about; ``owned``: the tenant is part of its key."""

    name: str
    owned: bool


def tables() -> list[TenantTable]:
    """All such tables, each before those it leads to: the order in which rows can be deleted."""
    found = {name: TenantTable(name, owned) for name, owned in db.session.execute(_TABLES)}
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(found, ()))
    for child, parent in db.session.execute(_LINKS):
        if child in found and parent in found:
            order.add(parent, child)
    return [found[name] for name in order.static_order()]


def rows_of(table: str, tenant_id: UUID) -> Iterator[Mapping[str, Any]]:
    """The rows of a tenant in a table, a few at a time, with what is encrypted made readable where it can be.

    A table that no mapper knows, because its plugin is gone, is read as it is stored.
    """
    with raw_sql_allowed():
        found = db.session.connection().execute(
            _reading(table, tenant_id), {"tenant_id": tenant_id}, execution_options={"yield_per": BATCH}
        )
        for row in found.mappings():
            yield dict(row)


def _reading(table: str, tenant_id: UUID) -> Select[Any] | TextClause:
    mapped = SHARED_METADATA.tables.get(table)
    if mapped is not None:
        return select(mapped).where(mapped.c.tenant_id == tenant_id).order_by(mapped.c.id)
    return text(f"SELECT * FROM {_quoted(table)} WHERE tenant_id = :tenant_id ORDER BY id")  # noqa: S608  quoted


def _quoted(table: str) -> str:
    """A table's name as SQL writes it; it comes from the catalogue, so a plugin may have chosen it."""
    return '"' + table.replace('"', '""') + '"'


def delete(tenant_id: UUID) -> dict[str, int]:
    """Delete a tenant and everything of it; gives how many rows each table had.

    Runs in a platform scope, inside a unit of work. Raises RowsLeftError when anything remains.
    """
    values, counts = {"tenant_id": tenant_id}, {}
    with raw_sql_allowed():
        for table in tables():
            counts[table.name] = _run("DELETE", table.name, values)
        counts[JOBS] = db.session.connection().execute(_JOBS, values).rowcount
        _refuse_what_is_left(tenant_id)
        if db.session.connection().execute(_TENANT, values).rowcount != 1:
            raise RowsLeftError(f"the tenant {tenant_id} was not deleted")
    return {name: number for name, number in counts.items() if number}


def _run(verb: str, table: str, values: Mapping[str, Any]) -> int:
    statement = text(f"{verb} FROM {_quoted(table)} WHERE tenant_id = :tenant_id")
    return db.session.connection().execute(statement, values).rowcount


def _refuse_what_is_left(tenant_id: UUID) -> None:
    """What row-level security would hide from here still holds the tenant's own row by its foreign key."""
    for table in tables():
        left = _run("SELECT", table.name, {"tenant_id": tenant_id})
        if left:
            raise RowsLeftError(f"{left} rows of the tenant {tenant_id} are left in {table.name}")
