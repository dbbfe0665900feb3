"""The second wall: the ORM adds the tenant, and refuses every statement that it cannot add it to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import column, delete, exists, func, insert, literal_column, select, table, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased

from core.access.models import Account, Membership
from core.agreements.models import Agreement
from core.kernel.database import UnsafeStatementError, UnsavedChangesError, db, raw_sql_allowed
from core.kernel.guard import WrongTenantError
from core.kernel.ids import new_id
from core.kernel.scope import NoTenantScopeError, account_scope, platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation
from core.testing.factories import MadeTenant, make_tenant

MEMBERSHIPS: Any = Membership.__table__
OTHER = aliased(Membership)
UNSCOPED: dict[str, Callable[[], Any]] = {
    "select": lambda: select(Membership),
    "select of a column": lambda: select(Membership.id),
    "count": lambda: select(func.count()).select_from(Membership),
    "join": lambda: select(Account.id).join(Membership, Membership.account_id == Account.id),
    "exists": lambda: select(Account.id).where(exists(select(Membership.id))),
    "subquery": lambda: select(select(Membership.id).subquery().c.id),
    "common table expression": lambda: select(select(Membership.id).cte().c.id),
    "alias": lambda: select(OTHER.id),
    "update": lambda: update(Membership).values(roles=["x"]),
    "delete": lambda: delete(Membership),
    "core select": lambda: select(MEMBERSHIPS),
    "core update": lambda: update(MEMBERSHIPS).values(roles=["x"]),
    "core delete": lambda: delete(MEMBERSHIPS),
    "core insert": lambda: insert(MEMBERSHIPS).values(tenant_id=new_id(), roles=["x"]),
    "insert from select": lambda: insert(Account.__table__).from_select(["id"], select(Membership.id)),
}
NOT_BY_THE_ORM: dict[str, Callable[[], Any]] = {
    "core select": lambda: select(MEMBERSHIPS),
    "core update": lambda: update(MEMBERSHIPS).values(roles=["x"]),
    "core delete": lambda: delete(MEMBERSHIPS),
    "core insert": lambda: insert(MEMBERSHIPS).values(tenant_id=new_id(), roles=["x"]),
    "text": lambda: text("SELECT * FROM access_membership"),
    "text in capitals": lambda: text('SELECT * FROM "public".ACCESS_MEMBERSHIP'),
    "text with columns": lambda: text("SELECT id FROM access_membership").columns(Membership.id),
    "text as the rows of a class": lambda: select(Membership).from_statement(
        text("SELECT * FROM access_membership")
    ),
    "text in a condition": lambda: select(Account.id).where(text("EXISTS (SELECT FROM access_membership)")),
    "text as a table": lambda: select(literal_column("1")).select_from(text("access_membership")),
    "literal column": lambda: select(literal_column("(SELECT count(*) FROM access_membership)")),
    "undeclared table": lambda: select(table("access_membership", column("id"))),
    "orm insert": lambda: insert(Membership).values(roles=["x"]),
}


def owned_by(tenant: MadeTenant) -> Obligation:
    return Obligation(
        tenant_id=tenant.id,
        id=new_id(),
        subject_kind="agreement",
        subject_id=new_id(),
        subject_title="Title",
        key="key",
        index=1,
        kind="meeting",
        title="Meeting",
        nominal_on=date(2026, 12, 1),
        due_on=date(2026, 12, 1),
    )


@pytest.mark.parametrize("kind", UNSCOPED)
def test_a_statement_without_a_scope_raises(app: Flask, kind: str) -> None:
    with pytest.raises(NoTenantScopeError):
        db.session.execute(UNSCOPED[kind]())


@pytest.mark.parametrize("kind", UNSCOPED)
def test_a_statement_without_a_scope_raises_on_the_bare_connection_too(app: Flask, kind: str) -> None:
    with pytest.raises(NoTenantScopeError):
        db.session.connection().execute(UNSCOPED[kind]())


@pytest.mark.parametrize("kind", NOT_BY_THE_ORM)
def test_a_statement_that_the_orm_did_not_make_is_refused_inside_a_scope(app: Flask, kind: str) -> None:
    with tenant_scope(make_tenant().id), pytest.raises(UnsafeStatementError):
        db.session.execute(NOT_BY_THE_ORM[kind]())


def test_sql_handed_to_the_driver_is_refused(app: Flask) -> None:
    with tenant_scope(make_tenant().id), pytest.raises(UnsafeStatementError):
        db.session.connection().exec_driver_sql("DELETE FROM access_membership")


@pytest.mark.parametrize("operation", ["bulk_insert_mappings", "bulk_update_mappings", "bulk_save_objects"])
def test_bulk_operations_are_refused(app: Flask, operation: str) -> None:
    with tenant_scope(make_tenant().id), pytest.raises(UnsafeStatementError):
        getattr(db.session(), operation)(Membership, [{"roles": ["x"]}])


def test_an_update_by_key_is_refused(app: Flask) -> None:
    with tenant_scope(make_tenant().id), pytest.raises(UnsafeStatementError):
        db.session.execute(update(Membership), [{"tenant_id": new_id(), "id": new_id(), "roles": ["x"]}])


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_statement_on_many_rows_touches_the_scoped_tenant_only(app: Flask, verb: str) -> None:
    one, two = make_tenant(), make_tenant()
    statement = update(Membership).values(roles=["access.reader"]) if verb == "update" else delete(Membership)
    with tenant_scope(one.id), unit_of_work():
        assert db.session.execute(statement).rowcount == 1
    with tenant_scope(two.id):
        assert db.session.scalars(select(Membership.roles)).all() == [["access.administrator"]]


def test_an_update_cannot_give_rows_to_another_tenant(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with pytest.raises(DBAPIError, match="row-level security"), tenant_scope(one.id), unit_of_work():
        db.session.execute(update(Membership).values(tenant_id=two.id))


def test_a_condition_on_another_tenant_finds_nothing(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with tenant_scope(one.id):
        assert db.session.scalars(select(Membership).where(Membership.tenant_id == two.id)).all() == []


def test_an_alias_and_a_subquery_are_scoped_too(app: Flask) -> None:
    one, _two = make_tenant(), make_tenant()
    counted = select(func.count(OTHER.id))
    with tenant_scope(one.id):
        assert db.session.scalar(counted) == 1
        assert db.session.scalar(select(func.count()).select_from(select(Membership.id).subquery())) == 1


def test_a_row_of_another_tenant_is_not_found_by_its_key(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with tenant_scope(two.id), unit_of_work():
        row = owned_by(two)
        db.session.add(row)
    with tenant_scope(one.id):
        assert db.session.get(Obligation, (two.id, row.id)) is None


@pytest.mark.parametrize("verb", ["add", "change", "delete"])
def test_a_row_of_another_tenant_is_not_written(app: Flask, verb: str) -> None:
    one, two = make_tenant(), make_tenant()
    row = owned_by(two)
    if verb != "add":
        with tenant_scope(two.id), unit_of_work():
            db.session.add(row)
    with pytest.raises(WrongTenantError), tenant_scope(one.id), unit_of_work():
        db.session.add(row)
        if verb == "change":
            row.title = "Taken"
        if verb == "delete":
            db.session.delete(row)


def test_a_row_without_a_tenant_gets_the_one_in_scope(app: Flask) -> None:
    one = make_tenant()
    row = owned_by(one)
    row.tenant_id = None  # type: ignore[assignment]  not yet known
    with tenant_scope(one.id), unit_of_work():
        db.session.add(row)
    assert row.tenant_id == one.id


def test_a_row_is_not_written_without_a_scope(app: Flask) -> None:
    tenant = make_tenant()
    with pytest.raises(NoTenantScopeError), unit_of_work():
        db.session.add(owned_by(tenant))


def test_the_platform_says_whose_row_it_writes(app: Flask) -> None:
    tenant = make_tenant()
    row = owned_by(tenant)
    row.tenant_id = None  # type: ignore[assignment]  forgotten
    with pytest.raises(WrongTenantError), platform_scope("a test"), unit_of_work():
        db.session.add(row)


def test_an_account_reads_only_its_own_memberships(app: Flask) -> None:
    one, _two = make_tenant(), make_tenant()
    with account_scope(one.admin_id):
        assert db.session.scalars(select(Membership.account_id)).all() == [one.admin_id]
        with pytest.raises(NoTenantScopeError):
            db.session.scalars(select(Agreement)).all()


def test_an_account_writes_nothing(app: Flask) -> None:
    one = make_tenant()
    with pytest.raises(NoTenantScopeError), account_scope(one.admin_id), unit_of_work():
        db.session.add(owned_by(one))


def test_hand_written_sql_is_allowed_where_it_is_announced(app: Flask) -> None:
    one, _two = make_tenant(), make_tenant()
    with tenant_scope(one.id), raw_sql_allowed():
        rows = db.session.execute(text("SELECT tenant_id FROM access_membership")).scalars().all()
    assert rows == [one.id]


def test_the_scope_does_not_change_under_open_changes(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with pytest.raises(UnsavedChangesError), tenant_scope(one.id), unit_of_work(), tenant_scope(two.id):
        pass


def test_what_was_read_for_one_tenant_is_forgotten_for_the_next(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with tenant_scope(one.id):
        loaded = db.session.scalars(select(Membership)).one()
    with tenant_scope(two.id):
        assert loaded not in db.session
        assert db.session.get(Membership, (one.id, loaded.id)) is None
