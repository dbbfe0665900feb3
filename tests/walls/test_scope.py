"""The first two walls: no statement without a scope, none for another tenant."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from core.access.models import Membership
from core.kernel.database import UnsafeStatementError, db
from core.kernel.guard import WrongTenantError
from core.kernel.ids import new_id
from core.kernel.scope import NoTenantScopeError, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import make_member, make_tenant, signed_in


def test_a_statement_on_owned_rows_without_a_scope_raises(app: Flask) -> None:
    with pytest.raises(NoTenantScopeError):
        db.session.scalars(select(Membership)).all()


def test_a_tenant_reads_only_its_own_rows(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with tenant_scope(one.id):
        assert {row.account_id for row in db.session.scalars(select(Membership))} == {one.admin_id}
    with tenant_scope(two.id):
        assert {row.account_id for row in db.session.scalars(select(Membership))} == {two.admin_id}


def test_a_row_for_another_tenant_is_not_written(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    with pytest.raises(WrongTenantError), tenant_scope(one.id), unit_of_work():
        db.session.add(Membership(tenant_id=two.id, id=new_id(), account_id=one.admin_id, role="access.reader"))


def test_hand_written_sql_may_not_name_owned_tables(app: Flask) -> None:
    one = make_tenant()
    with tenant_scope(one.id), pytest.raises(UnsafeStatementError):
        db.session.execute(text("SELECT * FROM access_membership"))


def test_a_member_of_one_tenant_gets_404_in_another(app: Flask) -> None:
    one, two = make_tenant(), make_tenant()
    client = signed_in(app, make_member(one, "access.adviser"))
    assert client.get(f"/t/{two.slug}/").status_code == 404
