"""The queue of jobs as those who run the product see it: what waits, what was given up, and why.

Of an error only its kind and its place in the code are kept, because its message may hold somebody's data.
"""

import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from core.kernel import clock
from core.kernel.database import db
from core.kernel.health import JobError
from core.kernel.unit_of_work import unit_of_work

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "tenants", "plugins")

_FAILED = text("""
SELECT job.id, task_name, attempts, coalesce(args->>'tenant_id', ''), error.error, error.at
FROM procrastinate_jobs AS job LEFT JOIN kernel_job_error AS error ON error.job_id = job.id
WHERE status = 'failed' ORDER BY job.id DESC LIMIT :limit
""")
_STATE = text("""
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
       count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
       count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed'),
       (SELECT max(last_heartbeat) FROM procrastinate_workers)
FROM procrastinate_jobs
""")
_AGAIN = text("""
UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL
WHERE id = :job_id AND status = 'failed' AND (queueing_lock IS NULL OR NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs AS other
    WHERE other.queueing_lock = procrastinate_jobs.queueing_lock AND other.status = 'todo'))
RETURNING id
""")
_DROP = text("DELETE FROM procrastinate_jobs WHERE id = :job_id AND status = 'failed' RETURNING id")
_LET_GO = text("UPDATE procrastinate_periodic_defers SET job_id = NULL WHERE job_id = :job_id")
_FORGET = text(
    "DELETE FROM kernel_job_error WHERE NOT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE id = job_id)"
)


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up after its last attempt. ``tenant_id`` is empty for a platform job."""

    id: int
    name: str
    attempts: int
    tenant_id: str
    error: str | None
    at: datetime | None


@dataclass(frozen=True)
class Queue:
    """How many jobs wait now, wait for a later time, run and were given up; when a worker was last seen."""

    waiting: int
    later: int
    running: int
    failed: int
    worker_seen: datetime | None


def state() -> Queue:
    """The queue as it is now."""
    return Queue(*db.session.execute(_STATE).one())


def failed(limit: int = 100) -> list[FailedJob]:
    """Jobs that were given up, the newest first. Needs a platform scope or the worker's door."""
    return [FailedJob(*row) for row in db.session.execute(_FAILED, {"limit": limit})]


def try_again(job_id: int) -> bool:
    """Let a job that was given up begin anew; False when it is gone, or another of its key waits already."""
    return db.session.scalar(_AGAIN, {"job_id": job_id}) is not None


def drop(job_id: int) -> bool:
    """Forget a job that was given up; False when it is gone."""
    db.session.execute(_LET_GO, {"job_id": job_id})
    return db.session.scalar(_DROP, {"job_id": job_id}) is not None


def note_error(job_id: int, error: BaseException) -> None:
    """Write down why an attempt failed, and forget the errors of jobs that are done."""
    with unit_of_work():
        db.session.execute(_FORGET)
        row = db.session.get(JobError, job_id) or JobError(job_id=job_id)
        row.at, row.error = clock.now(), described(error)
        db.session.add(row)


def described(error: BaseException) -> str:
    """The kind of an error and the innermost line of ours, never its message."""
    places = [(Path(one.filename), one.lineno) for one in traceback.extract_tb(error.__traceback__)]
    ours = [(file.relative_to(ROOT), line) for file, line in places if file.is_relative_to(ROOT)]
    kind = type(error).__name__
    for file, line in reversed(ours):
        if file.parts[0] in ROOMS:
            return f"{kind} in {file.as_posix()}, line {line}"[:300]
    return kind
