"""Adding up over all processes how plugins' hooks go: each process tells at most once a minute."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask, current_app
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.health import PluginHealth
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.host import Health, Host

EVERY_SECONDS = 60.0
EXTENSION = "fotfeste_counting"
COUNT = "platform.count_hooks"
Key = tuple[str, str]


@dataclass
class Told:
    """What this process has told already, and when."""

    at: float = field(default_factory=time.monotonic)
    health: dict[Key, Health] = field(default_factory=dict)


def init_counting(app: Flask) -> None:
    """Tell now and then, after a page is made."""
    app.extensions[EXTENSION] = Told()
    app.after_request(_now_and_then)


def _now_and_then(response: Response) -> Response:
    told: Told = current_app.extensions[EXTENSION]
    if not current_app.testing and time.monotonic() - told.at > EVERY_SECONDS:
        told.at = time.monotonic()
        try:
            # In a context of its own: what the page left in its session is not ours to store.
            with current_app.app_context():
                tell()
        except SQLAlchemyError:
            current_app.logger.exception("how the plugins go could not be written down")
    return response


@jobs.job(COUNT, cron="* * * * *")
def tell() -> None:
    """Add what happened in this process since it last told."""
    host: Host = current_app.extensions["fotfeste_host"]
    told: Told = current_app.extensions[EXTENSION]
    now = {key: replace(health) for key, health in list(host.health.items())}
    rows = [_row(key, health, told.health.get(key, Health())) for key, health in now.items()]
    rows = [row for row in rows if row["calls"]]
    if rows:
        with unit_of_work():
            _add(rows)
    told.health = now


def _row(key: Key, health: Health, before: Health) -> dict[str, Any]:
    failed = health.errors - before.errors
    return {
        "door": current_app.config["FOTFESTE"].door,
        "plugin": key[0],
        "hook": key[1],
        "calls": health.calls - before.calls,
        "seconds": health.seconds - before.seconds,
        "errors": failed,
        # Only the kind of the error: its message may hold somebody's data.
        "last_error": health.last_error.partition(":")[0][:200] if failed else "",
        "last_error_at": clock.now() if failed else None,
        "counted_at": clock.now(),
    }


def _add(rows: Sequence[Mapping[str, Any]]) -> None:
    new = insert(PluginHealth).values(sorted(rows, key=lambda row: (row["plugin"], row["hook"])))
    there, added = PluginHealth, new.excluded
    statement = new.on_conflict_do_update(
        index_elements=["door", "plugin", "hook"],
        set_={
            "calls": there.calls + added.calls,
            "seconds": there.seconds + added.seconds,
            "errors": there.errors + added.errors,
            "last_error": func.coalesce(func.nullif(added.last_error, ""), there.last_error),
            "last_error_at": func.coalesce(added.last_error_at, there.last_error_at),
            "counted_at": added.counted_at,
        },
    )
    db.session.execute(statement)
