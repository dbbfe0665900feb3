"""The database's own catalogue agrees with the mappers: no table stands outside the walls."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from core.kernel.database import SHARED_METADATA
from core.kernel.guard import owned_tables
from core.kernel.row_security import OWNER, PLATFORM, ROLES, WEB, WORKER
from core.testing.database import role_url

PLATFORM_TABLES = {
    "access_account",
    "access_attempt",
    "access_operator",
    "access_passkey",
    "access_recovery_code",
    "access_session",
    "documents_seal",
    "kernel_job_error",
    "kernel_outgoing_mail",
    "kernel_outgoing_sms",
    "kernel_platform_entry",
    "kernel_plugin_health",
    "law_switch",
    "tenancy_closed_tenant",
    "tenancy_tenant",
    "tenancy_withheld_plugin",
}
"""Tables of ours that belong to no tenant. A new one needs a reason: rows of tenants do not belong here."""


@pytest.fixture(scope="session")
def catalogue(house: Any) -> Any:
    engine = create_engine(role_url(house.admin_url, OWNER, house.database), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


ABOUT_A_TENANT = {"documents_seal", "kernel_outgoing_mail", "kernel_outgoing_sms"}
"""Platform tables that say for which tenant a row was written, so that it goes when the tenant goes.

Whoever holds a sealed file may ask for its seal without any tenant: see decision 0015."""


def rows(catalogue: Connection, query: str, **values: Any) -> list[Any]:
    return list(catalogue.execute(text(query), values))


def tables_with_a_tenant(catalogue: Connection) -> set[str]:
    query = """
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenant_id'"""
    return {row[0] for row in rows(catalogue, query)}


def test_every_table_with_a_tenant_is_owned_in_the_mappers_and_the_other_way_round(
    catalogue: Connection,
) -> None:
    assert tables_with_a_tenant(catalogue) - ABOUT_A_TENANT == owned_tables()
    assert len(owned_tables()) >= 16


def test_every_other_table_of_ours_is_named(catalogue: Connection) -> None:
    ours = {row[0] for row in rows(catalogue, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    foreign = {name for name in ours if name.startswith(("alembic_version_", "procrastinate_"))}
    assert ours - foreign - owned_tables() == PLATFORM_TABLES


def test_row_level_security_is_enabled_and_forced_on_every_owned_table(catalogue: Connection) -> None:
    query = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity"""
    assert {row[0] for row in rows(catalogue, query)} == owned_tables() | {"tenancy_tenant"}


def test_every_owned_table_has_a_policy_for_each_role_in_both_directions(catalogue: Connection) -> None:
    query = """
        SELECT tablename, roles[1], cmd, permissive, qual, with_check, cardinality(roles)
        FROM pg_policies WHERE schemaname = 'public' AND policyname NOT LIKE '%\\_own'"""
    found = {(row[0], row[1]): tuple(row)[2:] for row in rows(catalogue, query) if row[0] in owned_tables()}
    bound = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)"
    for table in owned_tables():
        for role in (WEB, WORKER):
            assert found.pop((table, role)) == ("ALL", "PERMISSIVE", bound, bound, 1)
        for role in (OWNER, PLATFORM):
            assert found.pop((table, role)) == ("ALL", "PERMISSIVE", "true", "true", 1)
    assert found == {}, "a policy more would let more rows pass"


def test_only_memberships_can_be_read_by_their_account(catalogue: Connection) -> None:
    query = """
        SELECT tablename, cmd, roles::text, with_check FROM pg_policies
        WHERE policyname LIKE '%\\_own' AND tablename <> 'tenancy_tenant'"""
    assert [tuple(row) for row in rows(catalogue, query)] == [
        ("access_membership", "SELECT", f"{{{WEB}}}", None)
    ]


def test_the_key_of_every_owned_table_begins_with_its_tenant(catalogue: Connection) -> None:
    query = """
        SELECT conrelid::regclass::text, array_agg(attname::text ORDER BY place)
        FROM pg_constraint, unnest(conkey) WITH ORDINALITY AS part (number, place), pg_attribute
        WHERE contype = 'p' AND attrelid = conrelid AND attnum = number
        GROUP BY conrelid"""
    keys = {row[0]: row[1] for row in rows(catalogue, query)}
    assert {name: keys[name] for name in owned_tables()} == {
        name: ["tenant_id", "id"] for name in owned_tables()
    }


def test_every_foreign_key_between_owned_tables_holds_the_tenant(catalogue: Connection) -> None:
    query = """
        SELECT conname, conrelid::regclass::text, confrelid::regclass::text,
               (SELECT array_agg(attname::text ORDER BY place) FROM unnest(conkey)
                WITH ORDINALITY AS part (number, place), pg_attribute
                WHERE attrelid = conrelid AND attnum = number) AS columns,
               (SELECT array_agg(attname::text ORDER BY place) FROM unnest(confkey)
                WITH ORDINALITY AS part (number, place), pg_attribute
                WHERE attrelid = confrelid AND attnum = number) AS targets
        FROM pg_constraint WHERE contype = 'f'"""
    found = [row for row in rows(catalogue, query) if row[2] in owned_tables()]
    assert len(found) >= 10
    for name, table, _target, columns, targets in found:
        assert table in owned_tables(), f"{name} leads from {table}, which belongs to no tenant"
        assert columns[0] == "tenant_id", name
        assert targets == ["tenant_id", "id"], name


def test_every_owned_table_is_tied_to_its_tenant(catalogue: Connection) -> None:
    query = """
        SELECT conrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'tenancy_tenant'::regclass"""
    assert owned_tables() <= {row[0] for row in rows(catalogue, query)}


def test_a_unique_rule_of_an_owned_table_holds_the_tenant_or_a_secret(catalogue: Connection) -> None:
    """A rule across tenants would tell one what another has; only hashes of links may be that unique."""
    query = """
        SELECT conrelid::regclass::text, array_agg(attname::text ORDER BY attname)
        FROM pg_constraint, unnest(conkey) AS number, pg_attribute
        WHERE contype = 'u' AND attrelid = conrelid AND attnum = number
        GROUP BY conrelid, conname"""
    found = [(row[0], row[1]) for row in rows(catalogue, query) if row[0] in owned_tables()]
    assert all("tenant_id" in columns or columns == ["token_hash"] for _table, columns in found), found


def test_the_serving_roles_own_nothing_and_cannot_pass_by(catalogue: Connection) -> None:
    query = "SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
    assert not {row[0] for row in rows(catalogue, query)} & set(ROLES)
    owners = (
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    assert [row[0] for row in rows(catalogue, owners)] == [OWNER]
    members = """
        SELECT count(*) FROM pg_auth_members
        WHERE pg_get_userbyid(member) = ANY(:r)"""
    assert rows(catalogue, members, r=list(ROLES))[0][0] == 0


def test_nobody_else_has_rights_on_the_tables(catalogue: Connection) -> None:
    query = """
        SELECT DISTINCT grantee FROM information_schema.role_table_grants WHERE table_schema = 'public'"""
    assert {row[0] for row in rows(catalogue, query)} <= set(ROLES)


def test_only_the_chain_of_the_audit_runs_with_the_rights_of_its_maker(catalogue: Connection) -> None:
    query = """
        SELECT proname::text, proconfig, prorettype::regtype::text FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prosecdef"""
    found = [tuple(row) for row in rows(catalogue, query)]
    assert found == [("kernel_audit_chain", ["search_path=pg_catalog, public, pg_temp"], "trigger")]


def test_the_migrations_make_exactly_what_the_mappers_say(catalogue: Connection) -> None:
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _parents: kind != "table" or _is_ours(name),
    }
    context = MigrationContext.configure(catalogue, opts=options)
    assert compare_metadata(context, SHARED_METADATA) == []


def _is_ours(name: str) -> bool:
    return not name.startswith(("alembic_version_", "procrastinate_"))
