"""The worker: runs what waits, tries again what failed, and takes up the jobs of a worker that was killed."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from core.kernel import jobs, worker
from core.kernel.database import db
from core.kernel.scope import current_tenant_id, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing import processes
from core.testing.factories import MadeTenant, make_tenant

pytestmark = pytest.mark.usefixtures("declared")
JOB = "test.worker"
SCRIPT = """
import asyncio, os, time
from pathlib import Path
from core.app import create_app
from core.kernel import jobs, worker
from core.kernel.scope import current_tenant_id
from core.kernel.settings import Settings
worker.STALLED_AFTER_SECONDS = 4.0
@jobs.job("test.worker")
def body(folder):
    (Path(folder) / str(os.getpid())).write_text(str(current_tenant_id()))
    time.sleep({seconds})
settings = Settings.from_environ(door="worker")
asyncio.run(worker.work(worker.make_worker(create_app(settings), settings.database_url_worker)))
"""


@pytest.fixture
def tenant(worker_app: Flask, own_house: tuple[Flask, str]) -> MadeTenant:
    with worker_app.app_context(), unit_of_work():
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
    with own_house[0].app_context():
        return make_tenant()


def defer(app: Flask, tenant: MadeTenant, **arguments: Any) -> None:
    with app.app_context(), tenant_scope(tenant.id), unit_of_work():
        jobs.defer(JOB, **arguments)


def rows(app: Flask) -> list[tuple[str, int]]:
    """Status and attempts of the jobs of this test."""
    query = text("SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = :name ORDER BY id")
    with app.app_context():
        return [tuple(row) for row in db.session.execute(query, {"name": JOB})]


def run_what_waits(app: Flask) -> None:
    made = worker.make_worker(app, app.config["FOTFESTE"].database_url_worker)
    asyncio.run(worker.work(made, wait=False))


def test_what_waits_is_run_inside_its_tenant_and_then_gone(worker_app: Flask, tenant: MadeTenant) -> None:
    seen: list[Any] = []
    jobs.job(JOB)(lambda **arguments: seen.append((current_tenant_id(), arguments)))
    defer(worker_app, tenant, thing_id="1")
    run_what_waits(worker_app)
    assert seen == [(tenant.id, {"thing_id": "1"})]
    assert rows(worker_app) == []


def test_what_fails_waits_longer_each_time(worker_app: Flask, tenant: MadeTenant) -> None:
    def fail(**_arguments: Any) -> None:
        raise RuntimeError("the line is busy")

    jobs.job(JOB)(fail)
    defer(worker_app, tenant)
    run_what_waits(worker_app)
    assert rows(worker_app) == [("todo", 1)]
    query = text("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = :name")
    with worker_app.app_context():
        again = db.session.scalar(query, {"name": JOB})
    assert 0 < (again - datetime.now(UTC)).total_seconds() < 10


def test_what_never_succeeds_stays_on_the_operators_list(worker_app: Flask, tenant: MadeTenant) -> None:
    def fail(**_arguments: Any) -> None:
        raise RuntimeError("the line is dead")

    jobs.job(JOB)(fail)
    defer(worker_app, tenant)
    with worker_app.app_context(), unit_of_work():
        db.session.execute(text("UPDATE procrastinate_jobs SET attempts = 8"))
    run_what_waits(worker_app)
    assert rows(worker_app) == [("failed", 9)]


def test_one_failing_job_does_not_hold_up_the_next(worker_app: Flask, tenant: MadeTenant) -> None:
    seen: list[str] = []

    def fail_first(thing_id: str) -> None:
        if thing_id == "1":
            raise RuntimeError("not this one")
        seen.append(thing_id)

    jobs.job(JOB)(fail_first)
    for thing_id in "123":
        defer(worker_app, tenant, thing_id=thing_id)
    run_what_waits(worker_app)
    assert sorted(seen) == ["2", "3"]


def test_a_lost_job_that_somebody_asked_for_again_does_not_hold_up_the_others(
    worker_app: Flask,
    tenant: MadeTenant,
) -> None:
    jobs.job(JOB)(lambda **_arguments: None)
    lost = text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE task_name = :name")
    for key in ("first", "second"):
        defer(worker_app, tenant, once=key)
    with worker_app.app_context(), unit_of_work():
        db.session.execute(lost, {"name": JOB})
    defer(worker_app, tenant, once="first")
    made = worker.make_worker(worker_app, worker_app.config["FOTFESTE"].database_url_worker)

    async def look() -> None:
        async with made.open_async():
            await worker.retry_stalled(made)

    asyncio.run(look())
    assert [status for status, _attempts in rows(worker_app)] == ["failed", "todo", "todo"]


def test_the_job_of_a_killed_worker_is_taken_up_by_the_next(
    worker_app: Flask,
    tenant: MadeTenant,
    tmp_path: Path,
) -> None:
    jobs.job(JOB)(lambda **_arguments: None)
    defer(worker_app, tenant, folder=str(tmp_path))
    settings = worker_app.config["FOTFESTE"]
    first = processes.Process(settings, "-c", SCRIPT.format(seconds=600))
    try:
        processes.until(lambda: list(tmp_path.iterdir()), "the first worker has begun")
    finally:
        first.kill()
    assert rows(worker_app) == [("doing", 0)]
    second = processes.Process(settings, "-c", SCRIPT.format(seconds=0))
    try:
        processes.until(lambda: rows(worker_app) == [], "the second worker has done the job")
    finally:
        second.kill()
    assert [file.read_text() for file in tmp_path.iterdir()] == [str(tenant.id)] * 2


def test_every_declared_job_is_known_to_the_worker(worker_app: Flask) -> None:
    made = worker.make_worker(worker_app, worker_app.config["FOTFESTE"].database_url_worker)
    assert {declared.name for declared in jobs.declared_jobs()} <= set(made.tasks)
    assert "kernel.retry_stalled" in made.tasks
