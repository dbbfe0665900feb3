"""Work after the commit: a job row is written in the business transaction; a worker runs it in its tenant."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.kernel.database import db
from core.kernel.scope import TenantScope, current_scope, tenant_scope

Body = Callable[..., None]
QUEUEING_LOCK = "procrastinate_jobs_queueing_lock_idx"

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', :name, 0, :lock, :queueing_lock, "
    "CAST(:arguments AS jsonb), :at)::procrastinate_job_to_defer_v1])",
)


@dataclass(frozen=True)
class Job:
    """A piece of work by name. ``platform`` jobs state no tenant; every other runs inside exactly one."""

    name: str
    body: Body
    platform: bool = False
    cron: str | None = None
    attempts: int = 8


_jobs: dict[str, Job] = {}


def job(name: str, *, platform: bool = False, cron: str | None = None) -> Callable[[Body], Body]:
    """Declare a job. Its body takes ids as text, may run more than once, and must bear it.

    ``cron`` makes it periodic (five fields, UTC); periodic jobs are platform jobs.
    """

    def declare(body: Body) -> Body:
        _jobs[name] = Job(name, body, platform=platform or cron is not None, cron=cron)
        return body

    return declare


def declared_jobs() -> tuple[Job, ...]:
    """All jobs, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def defer(name: str, *, at: datetime | None = None, once: str | None = None, **arguments: str) -> None:
    """Write a job row in the open transaction, for the tenant in scope.

    ``at`` is the earliest instant; ``once`` is a key of the tenant under which only one job of the name may
    wait: a second one is left out.
    """
    if name not in _jobs:
        raise LookupError(f"no job is named {name}")
    scope = current_scope()
    if isinstance(scope, TenantScope):
        arguments["tenant_id"] = str(scope.tenant_id)
    elif not _jobs[name].platform and "tenant_id" not in arguments:
        raise LookupError(f"the job {name} runs inside a tenant, but none is in scope")
    lock = f"{arguments.get('tenant_id', '')}:{name}:{once}" if once else None
    _write_row(
        {"name": name, "lock": None, "queueing_lock": lock, "arguments": json.dumps(arguments), "at": at}
    )


def _write_row(values: dict[str, Any]) -> None:
    if values["queueing_lock"] is None:
        db.session.execute(_DEFER, values)
        return
    try:
        with db.session.begin_nested():
            db.session.execute(_DEFER, values)
    except IntegrityError as error:
        if QUEUEING_LOCK not in str(error.orig):
            raise


def run(name: str, arguments: dict[str, Any]) -> None:
    """Run a job's body now, inside its tenant. Needs an application context."""
    declared = _jobs[name]
    rest = {key: value for key, value in arguments.items() if key not in {"tenant_id", "timestamp"}}
    if declared.platform:
        declared.body(**rest)
        return
    with tenant_scope(UUID(arguments["tenant_id"])):
        declared.body(**rest)
