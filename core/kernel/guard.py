"""The second wall: the ORM adds the tenant to every statement and refuses whatever it cannot add it to."""

import re
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import ClauseElement, Connection, Engine, Table, event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql import visitors

from core.kernel.database import (
    SHARED_METADATA,
    Owned,
    ScopedSession,
    UnsafeStatementError,
    db,
    is_flushing,
    raw_is_allowed,
)
from core.kernel.scope import (
    AccountScope,
    NoTenantScopeError,
    PlatformScope,
    TenantScope,
    current_scope,
)


class WrongTenantError(RuntimeError):
    """A row of another tenant was about to be written."""


def init_guard(app: Flask) -> None:
    """Watch every engine of the application."""
    with app.app_context():
        for engine in db.engines.values():
            watch(engine)


def watch(engine: Engine | Connection) -> None:
    """Check each statement on this engine or connection before it is sent."""
    event.listen(engine, "before_execute", _check_statement)
    event.listen(engine, "before_cursor_execute", _check_text)


def owned_tables() -> frozenset[str]:
    """Names of all tables that belong to a tenant."""
    return _owned_among(len(SHARED_METADATA.tables))


@cache
def _owned_among(_count: int) -> frozenset[str]:
    return frozenset(name for name, table in SHARED_METADATA.tables.items() if is_owned(table))


def is_owned(table: Table) -> bool:
    """Whether the rows of a table belong to tenants."""
    return "tenant_id" in table.primary_key.columns


@event.listens_for(ScopedSession, "do_orm_execute")
def _add_criteria(state: ORMExecuteState) -> None:
    owned = [mapper.class_ for mapper in state.all_mappers if issubclass(mapper.class_, Owned)]
    if owned and (state.is_insert or (state.is_update and isinstance(state.parameters, list))):
        raise UnsafeStatementError("bulk insert and update by key pass by the tenant guard: add the objects")
    scope = current_scope()
    if isinstance(scope, PlatformScope) or state.is_column_load or state.is_relationship_load:
        return
    if isinstance(scope, TenantScope):
        tenant_id = scope.tenant_id
        state.statement = state.statement.options(
            with_loader_criteria(Owned, lambda cls: cls.tenant_id == tenant_id, include_aliases=True),
        )
    elif isinstance(scope, AccountScope):
        account_id = scope.account_id
        for cls in owned:
            column = _account_column(cls)
            criteria = getattr(cls, column) == account_id
            state.statement = state.statement.options(with_loader_criteria(cls, criteria, include_aliases=True))


def _account_column(cls: type[Owned]) -> str:
    if cls.account_column is None:
        raise NoTenantScopeError(f"{cls.__name__} belongs to a tenant: enter its scope first")
    return cls.account_column


@event.listens_for(ScopedSession, "before_flush")
def _check_rows(session: Any, _context: Any, _instances: Any) -> None:
    scope = current_scope()
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Owned):
            continue
        if isinstance(scope, PlatformScope):
            if row.tenant_id is None:
                raise WrongTenantError(f"{type(row).__name__} is written by the platform without a tenant")
            continue
        if not isinstance(scope, TenantScope):
            raise NoTenantScopeError(f"{type(row).__name__} is written without a tenant in scope")
        if row.tenant_id is None:
            row.tenant_id = scope.tenant_id
        if row.tenant_id != scope.tenant_id:
            raise WrongTenantError(f"{type(row).__name__} belongs to another tenant than the one in scope")


def _check_statement(
    _connection: Connection,
    statement: Any,
    _multiparams: Any,
    _params: Any,
    _options: Any,
) -> None:
    if not isinstance(statement, ClauseElement) or raw_is_allowed():
        return
    tables = _owned_in(statement)
    if not tables:
        return
    if current_scope() is None:
        raise NoTenantScopeError(f"no tenant in scope for {', '.join(sorted(tables))}")
    by_orm = is_flushing() or getattr(statement, "_propagate_attrs", {}).get("compile_state_plugin") == "orm"
    if not by_orm:
        raise UnsafeStatementError(f"a statement on {', '.join(sorted(tables))} was not made by the ORM")


def _owned_in(statement: ClauseElement) -> set[str]:
    found: set[str] = set()
    for element in visitors.iterate(statement):
        table = getattr(element, "table", element)
        if isinstance(table, Table) and is_owned(table):
            found.add(table.name)
    return found


def _check_text(  # noqa: PLR0917  the shape of SQLAlchemy's event
    _connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _executemany: bool,  # noqa: FBT001
) -> None:
    if raw_is_allowed() or (context is not None and context.compiled is not None and not _is_text(context)):
        return
    named = {word for word in re.findall(r"[a-z_]+", statement.lower()) if word in owned_tables()}
    if named:
        raise UnsafeStatementError(f"hand-written SQL names {', '.join(sorted(named))}")


def _is_text(context: Any) -> bool:
    return getattr(context.compiled.statement, "__visit_name__", "") == "textclause"
