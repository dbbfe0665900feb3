"""The second wall: the ORM adds the tenant to every statement and refuses whatever it cannot add it to."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from flask import Flask
from sqlalchemy import ColumnClause, Connection, Engine, Table, TableClause, TextClause, event
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, with_loader_criteria
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
    event.listen(engine, "before_cursor_execute", _check_statement)


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
        state.statement = state.statement.options(_criteria_of(scope.tenant_id))
    elif isinstance(scope, AccountScope):
        account_id = scope.account_id
        for cls in owned:
            column = _account_column(cls)
            criteria = getattr(cls, column) == account_id
            state.statement = state.statement.options(
                with_loader_criteria(cls, criteria, include_aliases=True)
            )


@lru_cache(maxsize=1024)
def _criteria_of(tenant_id: UUID) -> LoaderCriteriaOption:
    """The condition on every owned class; kept, because making one costs more than using it."""
    return with_loader_criteria(Owned, lambda cls: cls.tenant_id == tenant_id, include_aliases=True)


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
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _executemany: bool,  # noqa: FBT001
) -> None:
    if raw_is_allowed():
        return
    compiled = getattr(context, "compiled", None)
    if compiled is None:
        _refuse_text(statement)
        return
    written = _read(compiled)
    if written.by_hand:
        _refuse_text(written.by_hand)
    if not written.tables:
        return
    if current_scope() is None:
        raise NoTenantScopeError(f"no tenant in scope for {', '.join(sorted(written.tables))}")
    asked = context.invoked_statement
    by_orm = is_flushing() or getattr(asked, "_propagate_attrs", {}).get("compile_state_plugin") == "orm"
    if not by_orm:
        raise UnsafeStatementError(
            f"a statement on {', '.join(sorted(written.tables))} was not made by the ORM"
        )


@dataclass(frozen=True)
class _Written:
    """What a statement names: owned tables, and the text in it that somebody wrote by hand."""

    tables: frozenset[str]
    by_hand: str


_read_before: "WeakKeyDictionary[Any, _Written]" = WeakKeyDictionary()


def _read(compiled: Any) -> _Written:
    """Go through a statement once for as long as SQLAlchemy keeps its text: equal ones share it."""
    known = _read_before.get(compiled)
    if known is None:
        elements = list(visitors.iterate(compiled.statement))
        tables = frozenset(table.name for table in map(_table_of, elements) if table is not None)
        by_hand = " ".join(filter(None, map(_hand_written, elements)))
        _read_before[compiled] = known = _Written(tables, by_hand)
    return known


def _table_of(element: Any) -> Table | None:
    table = getattr(element, "table", element)
    return table if isinstance(table, Table) and is_owned(table) else None


def _hand_written(element: Any) -> str:
    """The text of an element that somebody wrote as SQL, or named as a table without declaring it."""
    if isinstance(element, TextClause):
        return element.text
    if isinstance(element, ColumnClause) and element.is_literal:
        return str(element.name)
    if isinstance(element, TableClause) and not isinstance(element, Table):
        return str(element.name)
    return ""


def _refuse_text(text: str) -> None:
    named = owned_tables().intersection(re.findall(r"\w+", text.lower()))
    if named:
        raise UnsafeStatementError(f"hand-written SQL names {', '.join(sorted(named))}")
