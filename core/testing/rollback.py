"""Tests inside a transaction that is rolled back, with the database role that the scope asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from core.kernel.database import ScopedSession, db
from core.kernel.guard import watch
from core.kernel.row_security import PLATFORM, WEB, WORKER
from core.kernel.scope import PlatformScope, current_scope
from core.testing.client import SeparateClient

_as_worker: ContextVar[bool] = ContextVar("fotfeste_as_worker", default=False)


@contextmanager
def rolled_back(app: Flask, admin_url: str, database: str) -> Iterator[Connection]:
    """Let all of an application's sessions share one connection, and undo everything at the end.

    Each session still acts as the role of its door: row-level security holds as it does in service.
    """
    engine = _engine(make_url(admin_url).set(database=database))
    door = WORKER if app.config["FOTFESTE"].door == "worker" else WEB

    def act_as_role(_session: Any, _transaction: Any, connection: Connection) -> None:
        own = WORKER if _as_worker.get() else door
        role = PLATFORM if isinstance(current_scope(), PlatformScope) else own
        connection.exec_driver_sql(f"SET LOCAL ROLE {role}")

    engines: Any = db._app_engines[app]  # noqa: SLF001  the engines are swapped for one connection
    kept, kept_client = dict(engines), app.test_client_class
    app.test_client_class = SeparateClient
    with engine.connect() as connection, connection.begin() as transaction:
        engines.update(dict.fromkeys(kept, connection))
        event.listen(ScopedSession, "after_begin", act_as_role)
        try:
            yield connection
        finally:
            event.remove(ScopedSession, "after_begin", act_as_role)
            engines.update(kept)
            app.test_client_class = kept_client
            transaction.rollback()


@cache
def _engine(url: URL) -> Engine:
    """One for all tests of a process, so that a statement is compiled once and not in each test."""
    engine = create_engine(url, poolclass=NullPool, connect_args={"prepare_threshold": None})
    watch(engine)
    return engine


@contextmanager
def as_worker() -> Iterator[None]:
    """Act with the rights of the worker inside `rolled_back`, as a job does that a page has asked for."""
    db.session.close()
    token = _as_worker.set(True)
    try:
        yield
    finally:
        db.session.close()
        _as_worker.reset(token)
