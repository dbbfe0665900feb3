"""The chain of the audit finds what somebody with all rights on the tables did to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from psycopg import errors
from sqlalchemy import select

from core import cli
from core.kernel import audit, audit_chain
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.database_roles import driver_url
from core.kernel.row_security import OWNER, PLATFORM, WEB, WORKER
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.database import role_url
from core.testing.factories import MadeTenant, make_tenant

CHANGES = {
    "at": "at + interval '1 microsecond'",
    "actor_kind": "'link'",
    "actor_id": "gen_random_uuid()",
    "on_behalf_of": "gen_random_uuid()",
    "action": "'test.other'",
    "subject_kind": "'other'",
    "subject_id": "gen_random_uuid()",
    "fields": "'[\"other\"]'::jsonb",
    "reason": "'Another reason.'",
    "id": "gen_random_uuid()",
    "hash": "md5('a') || md5('b')",
    "previous": "md5('a') || md5('b')",
}
"""A change of each column, as somebody who owns the tables can make it."""
BY_THE_CHAIN = {"number", "tenant_id"}


@pytest.fixture
def tenant(own_house: tuple[Flask, str]) -> Iterator[MadeTenant]:
    """A tenant with nine lines in its audit, in a database that is committed to."""
    app, _database = own_house
    with app.app_context():
        made = make_tenant()
        with tenant_scope(made.id), audit.acting_as(audit.Actor("account", made.admin_id)):
            while audit_chain.head_of(made.id).number < 9:
                with unit_of_work():
                    audit.record("test.done", "promise", uuid4(), fields=["title"], reason="A reason.")
        yield made


@pytest.fixture
def as_role(own_house: tuple[Flask, str], admin_url: str) -> Any:
    @contextmanager
    def connected(role: str, tenant_id: UUID | str = "") -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(driver_url(role_url(admin_url, role, own_house[1]))) as connection:
            connection.execute("SELECT set_config('app.tenant_id', %s, true)", [str(tenant_id)])
            yield connection

    return connected


@pytest.fixture
def tamper(as_role: Any, tenant: MadeTenant) -> Any:
    """Do something to the lines of the tenant as the owner of the tables, with the chain switched off."""

    def do(statement: str) -> None:
        with as_role(OWNER) as connection:
            connection.execute("ALTER TABLE kernel_audit_entry DISABLE TRIGGER kernel_audit_chain")
            done = connection.execute(statement, {"tenant": tenant.id})
            assert done.rowcount > 0
            connection.execute("ALTER TABLE kernel_audit_entry ENABLE TRIGGER kernel_audit_chain")

    return do


def fault(tenant: MadeTenant, kept: audit_chain.Head | None = None) -> tuple[int, str] | None:
    found = audit_chain.first_fault(tenant.id, kept)
    return (found.number, found.kind) if found else None


def lines(tenant: MadeTenant) -> list[AuditEntry]:
    with tenant_scope(tenant.id):
        return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def test_lines_are_numbered_without_a_gap_and_each_names_the_one_before(tenant: MadeTenant) -> None:
    written = lines(tenant)
    assert [line.number for line in written] == list(range(1, 10))
    assert [line.previous for line in written] == ["", *(line.hash for line in written[:-1])]
    assert {len(line.hash) for line in written} == {64}
    with tenant_scope(tenant.id):
        assert audit_chain.head_of(tenant.id) == audit_chain.Head(tenant.id, 9, written[-1].hash)
    assert fault(tenant) is None


def test_every_column_of_a_line_is_in_its_hash() -> None:
    assert set(CHANGES) | BY_THE_CHAIN == {column.name for column in AuditEntry.__table__.columns}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_line_is_found(tenant: MadeTenant, tamper: Any, column: str) -> None:
    change = f"UPDATE kernel_audit_entry SET {column} = {CHANGES[column]}"
    tamper(f"{change} WHERE tenant_id = %(tenant)s AND number = 5")
    assert fault(tenant) == (5, "changed")


def test_a_changed_line_whose_hash_was_made_anew_is_found_by_the_next_one(
    tenant: MadeTenant, tamper: Any
) -> None:
    tamper("UPDATE kernel_audit_entry SET reason = 'x' WHERE tenant_id = %(tenant)s AND number = 5")
    rehash = "UPDATE kernel_audit_entry AS e SET hash = kernel_audit_hash(e)"
    tamper(f"{rehash} WHERE tenant_id = %(tenant)s AND number = 5")
    assert fault(tenant) == (6, "unlinked")


def test_the_last_line_made_anew_is_found_by_the_head(tenant: MadeTenant, tamper: Any) -> None:
    tamper("UPDATE kernel_audit_entry SET reason = 'x' WHERE tenant_id = %(tenant)s AND number = 9")
    rehash = "UPDATE kernel_audit_entry AS e SET hash = kernel_audit_hash(e)"
    tamper(f"{rehash} WHERE tenant_id = %(tenant)s AND number = 9")
    assert fault(tenant) == (9, "changed")


@pytest.mark.parametrize(("number", "kind"), [(1, "removed"), (5, "removed"), (9, "tail_removed")])
def test_a_removed_line_is_found(tenant: MadeTenant, tamper: Any, number: int, kind: str) -> None:
    tamper(f"DELETE FROM kernel_audit_entry WHERE tenant_id = %(tenant)s AND number = {number}")
    assert fault(tenant) == (number, kind)


def test_lines_that_closed_the_gap_are_found(tenant: MadeTenant, tamper: Any) -> None:
    tamper("DELETE FROM kernel_audit_entry WHERE tenant_id = %(tenant)s AND number = 5")
    close = "UPDATE kernel_audit_entry SET number = number - 1 WHERE tenant_id = %(tenant)s AND number = "
    for number in (6, 7, 8, 9):
        tamper(f"{close}{number}")
    assert fault(tenant) == (5, "changed")


def test_a_whole_audit_that_was_removed_is_found(tenant: MadeTenant, tamper: Any) -> None:
    tamper("DELETE FROM kernel_audit_entry WHERE tenant_id = %(tenant)s")
    assert fault(tenant) == (1, "tail_removed")


@pytest.mark.parametrize(("number", "kind"), [(0, "inserted"), (10, "tail_inserted"), (12, "tail_inserted")])
def test_an_inserted_line_is_found(tenant: MadeTenant, tamper: Any, number: int, kind: str) -> None:
    tamper(f"""
        INSERT INTO kernel_audit_entry SELECT (jsonb_populate_record(entry, jsonb_build_object(
            'id', gen_random_uuid(), 'number', {number}))).*
        FROM kernel_audit_entry AS entry WHERE tenant_id = %(tenant)s AND number = 5""")
    assert fault(tenant) == (min(number, 10), kind)


def test_an_inserted_line_that_pushed_the_others_is_found(tenant: MadeTenant, tamper: Any) -> None:
    push = "UPDATE kernel_audit_entry SET number = number + 1 WHERE tenant_id = %(tenant)s AND number = "
    for number in (9, 8, 7, 6, 5):
        tamper(f"{push}{number}")
    tamper("""
        INSERT INTO kernel_audit_entry SELECT (jsonb_populate_record(entry, jsonb_build_object(
            'id', gen_random_uuid(), 'number', 5))).*
        FROM kernel_audit_entry AS entry WHERE tenant_id = %(tenant)s AND number = 4""")
    assert fault(tenant) == (5, "changed")


def test_exchanged_lines_are_found(tenant: MadeTenant, tamper: Any) -> None:
    for before, after in ((4, 99), (5, 4), (99, 5)):
        tamper(
            f"UPDATE kernel_audit_entry SET number = {after} "
            f"WHERE tenant_id = %(tenant)s AND number = {before}"
        )
    assert fault(tenant) == (4, "changed")


def test_a_chain_that_was_written_anew_is_found_by_a_head_that_was_kept_outside(
    tenant: MadeTenant, tamper: Any
) -> None:
    with tenant_scope(tenant.id):
        kept = audit_chain.head_of(tenant.id)
    tamper("UPDATE kernel_audit_entry SET reason = 'x' WHERE tenant_id = %(tenant)s AND number = 1")
    for number in range(1, 10):
        tamper(f"""
            UPDATE kernel_audit_entry SET previous = coalesce((SELECT hash FROM kernel_audit_entry AS before
                WHERE before.tenant_id = %(tenant)s AND before.number = {number - 1}), '')
            WHERE tenant_id = %(tenant)s AND number = {number}""")
        tamper(f"""
            UPDATE kernel_audit_entry AS e SET hash = kernel_audit_hash(e)
            WHERE tenant_id = %(tenant)s AND number = {number}""")
    tamper("""
        UPDATE kernel_audit_head AS head SET hash = line.hash FROM kernel_audit_entry AS line
        WHERE head.tenant_id = %(tenant)s AND line.tenant_id = %(tenant)s AND line.number = 9""")
    assert fault(tenant) is None, "inside the database it looks whole"
    assert fault(tenant, kept) == (9, "not_as_kept")


def test_the_command_names_the_first_bad_line_and_fails(
    own_house: tuple[Flask, str], tenant: MadeTenant, tamper: Any, tmp_path: Path
) -> None:
    runner = own_house[0].test_cli_runner()
    whole = runner.invoke(cli.audit, ["verify", "--tenant", tenant.slug])
    assert (whole.exit_code, "the chain is whole" in whole.output) == (0, True)
    kept = tmp_path / "heads.txt"
    kept.write_text(runner.invoke(cli.audit, ["heads"]).output)
    assert f"{tenant.id} 9 " in kept.read_text()
    tamper("DELETE FROM kernel_audit_entry WHERE tenant_id = %(tenant)s AND number = 7")
    broken = runner.invoke(cli.audit, ["verify", "--heads", str(kept)])
    assert broken.exit_code == 1
    assert f"{tenant.slug:40} line 7 is missing" in broken.output


def test_the_command_names_a_tenant_whose_audit_is_gone_and_a_file_it_cannot_read(
    own_house: tuple[Flask, str], tenant: MadeTenant, tmp_path: Path
) -> None:
    runner = own_house[0].test_cli_runner()
    kept = tmp_path / "heads.txt"
    kept.write_text(f"{UUID(int=7)} 3 {'a' * 64}\n")
    gone = runner.invoke(cli.audit, ["verify", "--heads", str(kept)])
    assert (gone.exit_code, f"{UUID(int=7)} has no audit any more" in gone.output) == (1, True)
    kept.write_text("no head\n")
    unread = runner.invoke(cli.audit, ["verify", "--heads", str(kept)])
    assert (unread.exit_code, "line 1 is not a tenant's id" in unread.output) == (1, True)


@pytest.mark.parametrize("role", [WEB, WORKER, PLATFORM])
def test_nobody_who_serves_writes_a_number_or_a_hash(tenant: MadeTenant, as_role: Any, role: str) -> None:
    with as_role(role, tenant.id) as connection:
        connection.execute(
            """INSERT INTO kernel_audit_entry SELECT (jsonb_populate_record(entry, jsonb_build_object(
                'id', gen_random_uuid(), 'number', 77, 'hash', 'forged', 'previous', 'forged'))).*
            FROM kernel_audit_entry AS entry WHERE tenant_id = %s AND number = 5""",
            [tenant.id],
        )
    assert lines(tenant)[-1].number == 10
    assert fault(tenant) is None
    for verb in (
        "UPDATE kernel_audit_entry SET reason = ''",
        "UPDATE kernel_audit_head SET number = 1",
        "INSERT INTO kernel_audit_head SELECT number, hash, tenant_id, id FROM kernel_audit_head",
        "SELECT kernel_audit_chain()",
    ):
        with (
            as_role(role, tenant.id) as connection,
            pytest.raises((errors.InsufficientPrivilege, errors.FeatureNotSupported)),
        ):
            connection.execute(verb.encode())


def test_two_at_once_follow_one_another_and_neither_waits_for_ever(tenant: MadeTenant, as_role: Any) -> None:
    """Somebody holds the tenant's own row, as whoever chooses plugins does, and writes a line at the end."""
    insert = """
        INSERT INTO kernel_audit_entry SELECT (jsonb_populate_record(entry, jsonb_build_object(
            'id', gen_random_uuid()))).*
        FROM kernel_audit_entry AS entry WHERE tenant_id = %s AND number = 5"""
    with as_role(OWNER) as one, as_role(WEB, tenant.id) as two:
        one.execute("SELECT FROM tenancy_tenant WHERE id = %s FOR UPDATE", [tenant.id])
        two.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(errors.LockNotAvailable):
            two.execute(insert, [tenant.id])
        one.execute("SET LOCAL lock_timeout = '2s'")
        one.execute(insert, [tenant.id])
        two.rollback()
    assert fault(tenant) is None


def test_work_across_tenants_writes_them_in_one_order(own_house: tuple[Flask, str]) -> None:
    with own_house[0].app_context():
        made = sorted((make_tenant().id for _ in range(3)), reverse=True)
        with platform_scope("write in several audits in a test"):
            with unit_of_work():
                for tenant_id in made:
                    audit.record("test.done", "promise", tenant_id, tenant_id=tenant_id)
            last = select(AuditEntry.tenant_id).where(AuditEntry.action == "test.done")
            stored = db.session.scalars(last.where(AuditEntry.subject_id.in_(made))).all()
        assert sorted(stored) == sorted(made)
        assert [audit_chain.first_fault(tenant_id) for tenant_id in made] == [None, None, None]
