"""The first wall: exactly one scope at a time, and a way out that is written down."""

from contextvars import Context

import pytest
from flask import Flask
from sqlalchemy import select

from core.kernel.audit import Actor, PlatformEntry, acting_as
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import (
    AccountScope,
    NoTenantScopeError,
    PlatformScope,
    TenantScope,
    account_scope,
    current_scope,
    current_tenant_id,
    platform_scope,
    tenant_scope,
)
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation
from core.testing.factories import make_tenant


def test_there_is_no_scope_to_begin_with() -> None:
    assert Context().run(current_scope) is None
    with pytest.raises(NoTenantScopeError):
        Context().run(current_tenant_id)


def test_scopes_nest_and_come_back(app: Flask) -> None:
    one, two = new_id(), new_id()
    with tenant_scope(one):
        with tenant_scope(two):
            assert current_tenant_id() == two
        with account_scope(one):
            assert current_scope() == AccountScope(one)
            with pytest.raises(NoTenantScopeError):
                current_tenant_id()
        with platform_scope("a test"):
            assert current_scope() == PlatformScope("a test")
        assert current_scope() == TenantScope(one)
    assert current_scope() is None


def test_a_scope_comes_back_after_an_error(app: Flask) -> None:
    with pytest.raises(LookupError), tenant_scope(new_id()):
        raise LookupError
    assert current_scope() is None


def test_an_error_inside_leaves_no_half_done_change(app: Flask) -> None:
    tenant = make_tenant()
    with pytest.raises(LookupError), tenant_scope(tenant.id):
        db.session.add(Obligation())
        raise LookupError
    assert not db.session.new


def test_the_same_scope_again_keeps_the_session(app: Flask) -> None:
    tenant = make_tenant()
    with tenant_scope(tenant.id), unit_of_work():
        session = db.session()
        with tenant_scope(tenant.id):
            assert db.session() is session


@pytest.mark.parametrize("reason", ["", "  "])
def test_the_way_out_needs_a_reason(app: Flask, reason: str) -> None:
    with pytest.raises(ValueError, match="reason"), platform_scope(reason):
        pass


def test_the_way_out_is_written_down_with_who_took_it(app: Flask) -> None:
    actor = Actor("account", new_id())
    with acting_as(actor), platform_scope("count what there is"):
        rows = list(db.session.scalars(select(PlatformEntry).where(PlatformEntry.actor_id == actor.id)))
    assert [(row.actor_kind, row.reason) for row in rows] == [("account", "count what there is")]
