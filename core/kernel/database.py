"""The database: declarative bases, the session of a request, and the tenant every transaction begins with."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from flask import Flask, has_app_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Uuid,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, SessionTransaction, mapped_column

from core.kernel.ids import new_id
from core.kernel.scope import AccountScope, PlatformScope, TenantScope, current_scope, when_scope_changes
from core.kernel.settings import Settings

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SHARED_METADATA = MetaData(naming_convention=NAMING)

COLUMN_TYPES: dict[Any, Any] = {
    datetime: DateTime(timezone=True),
    UUID: Uuid(),
    dict[str, Any]: JSONB(),
    list[Any]: JSONB(),
}


class UnsafeStatementError(RuntimeError):
    """A statement would pass by the walls between tenants."""


class UnsavedChangesError(RuntimeError):
    """The scope changed while changes were waiting: they would be lost or written for another tenant."""


class TableNameError(RuntimeError):
    """A plugin's table does not carry the plugin's name."""


class Base(DeclarativeBase):
    """Declarative base of core and tenants; a plugin makes its own with ``PluginTables``."""

    metadata = SHARED_METADATA
    type_annotation_map: ClassVar[dict[Any, Any]] = COLUMN_TYPES


class PluginTables:
    """Mixin of a plugin's own base: ``class Base(PluginTables, DeclarativeBase): plugin = "seminars"``.

    The tables lie in the shared metadata, the mappers in a registry of the plugin's own, so that a broken one
    stops nobody else. Raises TableNameError when a table does not carry its plugin's name.
    """

    plugin: ClassVar[str]
    bases: ClassVar[dict[str, type[DeclarativeBase]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        """Make a base, or check a table of one."""
        if DeclarativeBase in cls.__bases__:
            cls.metadata = SHARED_METADATA  # type: ignore[attr-defined]
            cls.type_annotation_map = COLUMN_TYPES  # type: ignore[attr-defined]
            PluginTables.bases[cls.plugin] = cls  # type: ignore[assignment]
        else:
            table = getattr(cls, "__tablename__", f"{cls.plugin}_")
            if not table.startswith(f"{cls.plugin}_"):
                raise TableNameError(f"the table {table} must begin with {cls.plugin}_")
        super().__init_subclass__(**options)


def configure_tables_of(plugin: str) -> None:
    """Put a plugin's mappers in order now, not in somebody's request. Raises what is wrong with them."""
    if plugin in PluginTables.bases:
        PluginTables.bases[plugin].registry.configure()


class Owned:
    """Mixin of every table that belongs to a tenant: the key is ``(tenant_id, id)``.

    ``account_column`` names the column by which an account may read its own rows outside a tenant.
    """

    account_column: ClassVar[str | None] = None
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenancy_tenant.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


def instant(**options: Any) -> MappedColumn[datetime]:
    """A column for an instant, stored in UTC."""
    return mapped_column(DateTime(timezone=True), **options)


def link_to(table: str, column: str, *, on_delete: str | None = None) -> ForeignKeyConstraint:
    """The composite foreign key from ``column`` to an owned table: a link across tenants cannot be stored."""
    return ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        ondelete=on_delete,
    )


_flushing: ContextVar[bool] = ContextVar("fotfeste_flushing", default=False)


def is_flushing() -> bool:
    """Whether the statement at hand comes from the session's own flush."""
    return _flushing.get()


class ScopedSession(FlaskSession):
    """The session of one application context: it enters by the role that the scope asks for."""

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """The engine of the process's own role, or the platform's in a platform scope."""
        del args, options
        engines: dict[str | None, Engine | Connection] = db.engines  # type: ignore[assignment]
        return engines["platform"] if isinstance(current_scope(), PlatformScope) else engines[None]

    def flush(self, objects: Any = None) -> None:
        """Flush, marked so that the guard knows these statements as the session's own."""
        token = _flushing.set(True)
        try:
            super().flush(objects)
        finally:
            _flushing.reset(token)

    def _refuse(self, *args: Any, **options: Any) -> None:
        del args, options
        raise UnsafeStatementError("bulk operations by key pass by the tenant guard: add the objects instead")

    bulk_insert_mappings = _refuse
    bulk_update_mappings = _refuse
    bulk_save_objects = _refuse


SESSION_OPTIONS = {
    "class_": ScopedSession,
    "expire_on_commit": False,
    "join_transaction_mode": "create_savepoint",
}
db = SQLAlchemy(metadata=SHARED_METADATA, session_options=SESSION_OPTIONS)


def init_database(app: Flask, settings: Settings) -> None:
    """Bind the application to its roles: the door of the process, and the platform."""
    own = settings.database_url_worker if settings.door == "worker" else settings.database_url
    options = {
        "pool_pre_ping": True,
        "pool_size": 8,
        "connect_args": {"prepare_threshold": None},
        # What people typed does not belong into logs, and errors are logged.
        "hide_parameters": True,
    }
    app.config["SQLALCHEMY_DATABASE_URI"] = own
    app.config["SQLALCHEMY_BINDS"] = {"platform": settings.database_url_platform}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    when_scope_changes(close_session)


def close_session(failed: bool = False) -> None:  # noqa: FBT001, FBT002  the shape of a scope listener
    """Give the connection back. Raises UnsavedChangesError when changes wait and nothing has failed."""
    if not has_app_context() or not db.session.registry.has():
        return
    session = db.session()
    if failed:
        session.info.pop("unit_of_work", None)
        session.close()
        return
    if session.new or session.dirty or session.deleted or session.info.get("unit_of_work"):
        raise UnsavedChangesError("the tenant scope changes inside an open unit of work")
    session.close()


_WHOSE_ROWS = (
    "SELECT set_config('app.tenant_id', %(tenant)s, true), set_config('app.account_id', %(account)s, true)"
)


@event.listens_for(ScopedSession, "after_begin")
def _say_whose_rows(_session: Any, _transaction: SessionTransaction, connection: Connection) -> None:
    scope = current_scope()
    tenant = str(scope.tenant_id) if isinstance(scope, TenantScope) else ""
    account = str(scope.account_id) if isinstance(scope, AccountScope) else ""
    connection.exec_driver_sql(_WHOSE_ROWS, {"tenant": tenant, "account": account})


_raw_allowed: ContextVar[bool] = ContextVar("fotfeste_raw_allowed", default=False)


def raw_is_allowed() -> bool:
    """Whether hand-written SQL may name owned tables here."""
    return _raw_allowed.get()


@contextmanager
def raw_sql_allowed() -> Iterator[None]:
    """Let hand-written SQL name owned tables: kernel, migrations, benchmarks and tests of the walls only."""
    token = _raw_allowed.set(True)
    try:
        yield
    finally:
        _raw_allowed.reset(token)
