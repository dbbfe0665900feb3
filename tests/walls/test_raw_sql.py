"""The fourth wall: hand-written SQL with the real logins of the serving roles, on rows that are committed."""

from contextlib import suppress
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

import core.tables  # noqa: F401  so that the metadata is whole
from core.kernel.database import SHARED_METADATA
from core.kernel.guard import is_owned
from core.kernel.row_security import OWNER, PLATFORM, WEB, WORKER

OWNED = sorted(name for name, table in SHARED_METADATA.tables.items() if is_owned(table))
NEVER_WRITTEN = "kernel_audit_head"
APPEND_ONLY = ["kernel_audit_entry", NEVER_WRITTEN, "agreements_version", "agreements_clause_revision"]
SERVING = [WEB, WORKER]


def count(connection: psycopg.Connection[Any], table: str, condition: str = "true", *values: Any) -> int:
    query = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(table), sql.SQL(condition))
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("table", OWNED)
def test_a_serving_role_sees_the_rows_of_the_tenant_in_scope_only(house: Any, table: str, role: str) -> None:
    with house.as_role(role, house.one.id) as connection:
        assert count(connection, table) > 0
        assert count(connection, table, "tenant_id <> %s", house.one.id) == 0


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("table", OWNED)
def test_a_serving_role_sees_nothing_without_a_tenant(house: Any, table: str, role: str) -> None:
    with house.as_role(role) as connection:
        assert count(connection, table) == 0


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("table", OWNED)
@pytest.mark.parametrize(
    "verb", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}"], ids=["update", "delete"]
)
def test_a_serving_role_cannot_change_the_rows_of_another(
    house: Any, table: str, role: str, verb: str
) -> None:
    statement = sql.SQL(verb + " WHERE tenant_id = %s").format(sql.Identifier(table))
    with house.as_role(role, house.one.id) as connection, suppress(errors.InsufficientPrivilege):
        assert connection.execute(statement, [house.two.id]).rowcount == 0


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("table", OWNED)
def test_a_serving_role_cannot_write_a_row_for_another(house: Any, table: str, role: str) -> None:
    copy = sql.SQL(
        "INSERT INTO {0} SELECT (jsonb_populate_record(NULL::{0}, to_jsonb(mine) || %s)).* "
        "FROM {0} AS mine LIMIT 1"
    ).format(sql.Identifier(table))
    changes = psycopg.types.json.Jsonb({"tenant_id": str(house.two.id)})
    with (
        house.as_role(role, house.one.id) as connection,
        pytest.raises(
            errors.InsufficientPrivilege,
            match="permission denied" if table == NEVER_WRITTEN else "row-level security",
        ),
    ):
        connection.execute(copy, [changes])


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("table", OWNED)
def test_a_serving_role_cannot_give_its_rows_to_another(house: Any, table: str, role: str) -> None:
    give = sql.SQL("UPDATE {} SET tenant_id = %s").format(sql.Identifier(table))
    with house.as_role(role, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(give, [house.two.id])


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_happened_and_what_was_sent_cannot_be_changed(
    house: Any, table: str, role: str, verb: str
) -> None:
    with (
        house.as_role(role, house.one.id) as connection,
        pytest.raises(errors.InsufficientPrivilege, match="permission denied"),
    ):
        connection.execute(sql.SQL(verb).format(sql.Identifier(table)))


@pytest.mark.parametrize("role", SERVING)
@pytest.mark.parametrize("other", [OWNER, PLATFORM, "postgres"])
def test_a_serving_role_cannot_become_another(house: Any, role: str, other: str) -> None:
    with house.as_role(role, house.one.id) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(other)))
    assert refused.type in {errors.InsufficientPrivilege, errors.InvalidParameterValue}


@pytest.mark.parametrize("role", [*SERVING, PLATFORM])
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE agreements_agreement DISABLE ROW LEVEL SECURITY",
        "DROP POLICY agreements_agreement_fotfeste_web ON agreements_agreement",
        "CREATE POLICY mine ON agreements_agreement USING (true)",
        "DROP TABLE agreements_agreement",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "COPY agreements_agreement TO PROGRAM 'cat'",
    ],
)
def test_no_serving_role_can_touch_the_walls(house: Any, role: str, statement: str) -> None:
    with house.as_role(role, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement)


@pytest.mark.parametrize("setting", ["row_security", "session_replication_role"])
def test_switching_a_wall_off_by_a_setting_shows_nothing_more(house: Any, setting: str) -> None:
    value = "off" if setting == "row_security" else "replica"
    with house.as_role(WEB, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(sql.SQL("SET {} = {}").format(sql.Identifier(setting), sql.Literal(value)))
        connection.execute("SELECT * FROM agreements_agreement")


@pytest.mark.parametrize("column", ["*", "id", "body", "recipient"])
def test_the_web_role_cannot_read_outgoing_mail(house: Any, column: str) -> None:
    with house.as_role(WEB, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(f"SELECT {column} FROM kernel_outgoing_mail".encode())


@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM kernel_platform_entry", "DELETE FROM kernel_platform_entry"]
)
@pytest.mark.parametrize("role", SERVING)
def test_a_serving_role_knows_nothing_of_what_the_platform_did(house: Any, role: str, statement: str) -> None:
    with house.as_role(role, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement.encode())


@pytest.mark.parametrize(
    "verb", ["UPDATE kernel_platform_entry SET reason = ''", "DELETE FROM kernel_platform_entry"]
)
def test_the_platform_cannot_change_what_it_did(house: Any, verb: str) -> None:
    with house.as_role(PLATFORM) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(verb.encode())


@pytest.mark.parametrize(
    "column", ["slug", "kind", "place_code", "number", "country", "confirmed_at", "suspended_at", "id"]
)
def test_a_tenant_cannot_change_what_it_is(house: Any, column: str) -> None:
    with house.as_role(WEB, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(f"UPDATE tenancy_tenant SET {column} = {column}".encode())


def test_a_tenant_changes_its_own_settings_only(house: Any) -> None:
    with house.as_role(WEB, house.one.id) as connection:
        changed = connection.execute("UPDATE tenancy_tenant SET language = 'en' RETURNING id").fetchall()
    assert changed == [(house.one.id,)]


@pytest.mark.parametrize(
    "verb", ["INSERT INTO tenancy_tenant (id) VALUES (gen_random_uuid())", "DELETE FROM tenancy_tenant"]
)
@pytest.mark.parametrize("role", SERVING)
def test_a_serving_role_makes_and_removes_no_tenant(house: Any, role: str, verb: str) -> None:
    with house.as_role(role, house.one.id) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(verb.encode())


def test_an_account_reads_its_own_memberships_and_writes_none(house: Any) -> None:
    with house.as_role(WEB) as connection:
        connection.execute("SELECT set_config('app.account_id', %s, true)", [str(house.one.admin_id)])
        rows = connection.execute("SELECT tenant_id, account_id FROM access_membership").fetchall()
        assert rows == [(house.one.id, house.one.admin_id)]
        assert connection.execute("UPDATE access_membership SET roles = '[]'").rowcount == 0


def test_a_link_across_tenants_is_refused_by_the_database_itself(house: Any) -> None:
    """Even the owner, whose policy lets every row pass, cannot store it."""
    crossing = [
        (table, key)
        for table in (SHARED_METADATA.tables[name] for name in OWNED)
        for key in table.foreign_key_constraints
        if is_owned(key.referred_table)
    ]
    assert len(crossing) >= 10
    for table, key in crossing:
        (column,) = [one.name for one in key.columns if one.name != "tenant_id"]
        statement = sql.SQL(
            "UPDATE {} SET {} = (SELECT id FROM {} WHERE tenant_id = %s LIMIT 1) WHERE tenant_id = %s"
        ).format(*map(sql.Identifier, (table.name, column, key.referred_table.name)))
        with house.as_role(OWNER) as connection, pytest.raises(errors.ForeignKeyViolation):
            connection.execute(statement, [house.two.id, house.one.id])
