"""A house with two tenants whose every table has rows, in a database of its own, reached by real roles."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Column, Connection, String, Table, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeEngine

from core.access import operators
from core.kernel.database import SHARED_METADATA
from core.kernel.database_roles import driver_url
from core.kernel.guard import is_owned
from core.kernel.ids import new_id
from core.kernel.row_security import OWNER
from core.kernel.secrets import EncryptedText
from core.testing.contract import app_with, plugin_in
from core.testing.database import TestServer, role_url
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.rollback import rolled_back

MINIATURE = Path(__file__).parents[1] / "miniature"
sys.path.insert(0, str(MINIATURE))

from tests.walls.furnishing import Probed, an_account, furnished  # noqa: E402  it needs that path
from tests.walls.probe_roles import NAME, probe_plugin  # noqa: E402
from tests.walls.probing import Probe, probe_of  # noqa: E402


@dataclass(frozen=True)
class House:
    """The product with a plugin that has tables, and two tenants that are committed."""

    app: Flask
    admin_url: str
    database: str
    one: MadeTenant
    two: MadeTenant

    @contextmanager
    def as_role(self, role: str, tenant_id: UUID | str = "") -> Iterator[psycopg.Connection[Any]]:
        """A connection with a real login, in a transaction that says which tenant it is for; rolled back."""
        url = driver_url(role_url(self.admin_url, role, self.database))
        with psycopg.connect(url) as connection:
            connection.execute("SELECT set_config('app.tenant_id', %s, true)", [str(tenant_id)])
            yield connection
            connection.rollback()


def owned() -> list[Table]:
    """Every table that belongs to tenants, those first that others stand on."""
    return [table for table in SHARED_METADATA.sorted_tables if is_owned(table)]


def _built(server: TestServer) -> House:
    app, database = app_with(server, {"seminars": plugin_in(MINIATURE, "seminars"), NAME: probe_plugin})
    with app.app_context():
        one, two = make_tenant("norway.municipality"), make_tenant("norway.municipality")
        engine = create_engine(role_url(server.admin_url, OWNER, database), poolclass=NullPool)
        with engine.begin() as connection:
            for tenant in (one, two):
                _furnish(connection, tenant)
    return House(app, server.admin_url, database, one, two)


@pytest.fixture(scope="session")
def house(admin_url: str) -> Iterator[House]:
    server = TestServer(admin_url)
    yield _built(server)
    server.stop()


@pytest.fixture(scope="module")
def house_to_leave(admin_url: str) -> Iterator[House]:
    """Another one, in which a tenant may be deleted."""
    server = TestServer(admin_url)
    yield _built(server)
    server.stop()


@pytest.fixture(scope="module")
def probed(house: Any) -> Iterator[Probed]:
    with rolled_back(house.app, house.admin_url, house.database) as connection, house.app.app_context():
        mine, theirs = furnished(house.app), furnished(house.app)
        stranger = signed_in(house.app, an_account("stranger@example.org"))
        operators.add(an_account("operator@example.org"), named_by="the probe")
        operator = signed_in(house.app, "operator@example.org")
        yield Probed(house.app, connection, mine, theirs, stranger, operator)


@pytest.fixture(scope="module")
def probe(probed: Probed) -> Probe:
    return probe_of(probed)


def _furnish(connection: Connection, tenant: MadeTenant) -> None:
    """Put a row into every table of a tenant, whatever its columns are."""
    account = SHARED_METADATA.tables["access_account"]
    made: dict[str, UUID] = {}
    for table in [account, *owned()]:
        made[table.name] = new_id()
        values = {column.name: _value(table, column, tenant, made) for column in table.columns}
        connection.execute(table.insert().values(**values))


def _value(table: Table, column: Column[Any], tenant: MadeTenant, made: dict[str, UUID]) -> Any:
    if column.name == "tenant_id":
        return tenant.id
    if column.name == "id":
        return made[table.name]
    parent = next((key.column.table.name for key in column.foreign_keys), None)
    if parent is not None:
        return made[parent]
    return None if column.nullable else _simple_value(column.type)


def _simple_value(kind: TypeEngine[Any]) -> Any:
    made: dict[type, Any] = {
        bool: True,
        int: 1,
        float: 1.0,
        bytes: b"content",
        date: date(2026, 12, 1),
        datetime: datetime(2026, 12, 1, tzinfo=UTC),
        time: time(9),
        UUID: new_id(),
    }
    if isinstance(kind, EncryptedText):
        return "secret"
    if isinstance(kind, String):
        return new_id().hex[-(kind.length or 32) :]
    return {} if isinstance(kind, JSONB) else made[kind.python_type]
