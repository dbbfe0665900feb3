"""What the walls cost: the home page with them, and the same page with none, asked in turn.

Without them there is no access decision, no guard in the ORM, no tenant in the transaction and no row-level
security: the application enters as the owner of a copy of the database where nothing but its tenant is left,
or it would show everybody's rows. Sign-in and the lookup of the tenant by its address are on both sides.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final
from unittest.mock import patch

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import event, make_url

from core.access import service as access
from core.app import create_app
from core.kernel import database, guard
from core.kernel.database import ScopedSession, db
from core.kernel.database_roles import driver_url
from core.kernel.row_security import OWNER
from core.testing.database import TestServer, role_url, settings_for
from core.testing.drafts import acting
from tests.bench.measuring import WARM_UP, lines_of, milliseconds, refuse_unlike
from tests.bench.place import COPIED, Place, let_go, signed_in_at

ALLOWED: Final = access.Verdict(allowed=True)
BOUND: Final = 0.15
ON_SESSIONS: Final[tuple[tuple[str, Callable[..., Any]], ...]] = (
    ("do_orm_execute", guard._add_criteria),
    ("before_flush", guard._check_rows),
    ("after_begin", database._say_whose_rows),
)


@dataclass(frozen=True)
class Cost:
    """Median milliseconds of the home page with the walls and without."""

    walled: float
    bare: float

    @property
    def share(self) -> float:
        """The part of the page's time that the walls take."""
        return (self.walled - self.bare) / self.walled


def cost_of_walls(server: TestServer, place: Place, rounds: int) -> Cost:
    """Measure both in turn. Raises DifferentPagesError when they do not show the same."""
    path = f"/t/{place.tenant.slug}/"
    bare_app = _without_walls(server, place)
    walled, bare = signed_in_at(place.app, place), signed_in_at(bare_app, place)
    member = _member(place)
    with _taken_down(member):
        lines = lines_of(bare, path)
    refuse_unlike(path, lines_of(walled, path), lines)
    times = []
    for _round in range(WARM_UP + rounds):
        with_walls = milliseconds(walled, path)
        with _taken_down(member):
            times.append((with_walls, milliseconds(bare, path)))
    return Cost(*(median(pair[side] for pair in times[WARM_UP:]) for side in (0, 1)))


def _member(place: Place) -> access.Member:
    with acting(place.app, place.tenant):
        return access.require_member()


def _without_walls(server: TestServer, place: Place) -> Flask:
    """The application on a copy of the database, as its owner; the engines check nothing."""
    let_go(place.app)
    name = server.new_database(make_url(place.owner_url).database)
    owner = role_url(server.admin_url, OWNER, name)
    _open_everything(driver_url(owner), place)
    settings = replace(settings_for(server.admin_url, name), database_url=owner, database_url_platform=owner)
    app = create_app(settings)
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        for engine in db.engines.values():
            event.remove(engine, "before_cursor_execute", guard._check_statement)
    return app


def _open_everything(owner_url: str, place: Place) -> None:
    secured = "SELECT relname FROM pg_class WHERE relrowsecurity"
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for name in reversed(COPIED):
            statement = sql.SQL("DELETE FROM {} WHERE tenant_id <> %s").format(sql.Identifier(name))
            owner.execute(statement, [place.tenant.id])
        for (name,) in owner.execute(secured).fetchall():
            owner.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(name)))
        owner.execute("VACUUM ANALYZE")


@contextmanager
def _taken_down(member: access.Member) -> Iterator[None]:
    """No guard in the ORM, no tenant in the transaction, and every question of access answered at once."""
    for name, listener in ON_SESSIONS:
        event.remove(ScopedSession, name, listener)
    try:
        with (
            patch.object(access, "current_member", lambda: member),
            patch.object(access, "decide", lambda *_asked, **_of: ALLOWED),
        ):
            yield
    finally:
        for name, listener in ON_SESSIONS:
            event.listen(ScopedSession, name, listener)
