"""Jobs: written with the change that asks for them, run inside their tenant."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from core.kernel import clock, jobs, queue
from core.kernel.database import db
from core.kernel.scope import current_scope, current_tenant_id, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import make_tenant

pytestmark = pytest.mark.usefixtures("declared")
JOB, PLATFORM_JOB = "test.tenant", "test.platform"


def waiting(name: str = JOB) -> list[dict[str, Any]]:
    query = text("SELECT args FROM procrastinate_jobs WHERE task_name = :name ORDER BY id")
    return list(db.session.scalars(query, {"name": name}))


@pytest.fixture
def ran() -> list[Any]:
    """What the jobs of a test saw."""
    seen: list[Any] = []
    jobs.job(JOB)(lambda **arguments: seen.append((current_tenant_id(), arguments)))
    jobs.job(PLATFORM_JOB, platform=True)(lambda **arguments: seen.append((current_scope(), arguments)))
    return seen


def test_a_job_takes_its_tenant_along(app: Flask, ran: list[Any]) -> None:
    tenant = make_tenant()
    with tenant_scope(tenant.id), unit_of_work():
        jobs.defer(JOB, thing_id="1")
    (arguments,) = waiting()
    assert arguments == {"thing_id": "1", "tenant_id": str(tenant.id)}
    jobs.run(JOB, arguments)
    assert ran == [(tenant.id, {"thing_id": "1"})]


def test_a_job_of_a_tenant_is_not_written_without_one(app: Flask, ran: list[Any]) -> None:
    with pytest.raises(LookupError, match="runs inside a tenant"), unit_of_work():
        jobs.defer(JOB)


def test_a_platform_job_runs_without_a_tenant(app: Flask, ran: list[Any]) -> None:
    tenant = make_tenant()
    with tenant_scope(tenant.id), unit_of_work():
        jobs.defer(PLATFORM_JOB, thing_id="1")
    jobs.run(PLATFORM_JOB, {**waiting(PLATFORM_JOB)[0], "timestamp": 17})
    assert ran == [(None, {"thing_id": "1"})]


def test_a_job_that_nobody_declared_is_not_written(app: Flask) -> None:
    with pytest.raises(LookupError, match=r"no job is named test\.nobody"):
        jobs.defer("test.nobody")


def test_a_job_for_later_waits(app: Flask, ran: list[Any]) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    with tenant_scope(make_tenant().id), unit_of_work():
        jobs.defer(JOB, at=tomorrow)
    query = text("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = :name")
    assert db.session.scalar(query, {"name": JOB}) == tomorrow


def test_a_job_that_waits_already_is_not_written_again_and_the_rest_is_kept(
    app: Flask, ran: list[Any]
) -> None:
    one, two = make_tenant(), make_tenant()
    for tenant in (one, two):
        with tenant_scope(tenant.id), unit_of_work():
            jobs.defer(JOB, once="remind", thing_id="1")
            jobs.defer(JOB, once="remind", thing_id="2")
            jobs.defer(JOB, once="other", thing_id="3")
            jobs.defer(JOB, thing_id="4")
    of_one = [(arguments["thing_id"], UUID(arguments["tenant_id"])) for arguments in waiting()]
    assert of_one == [(thing, tenant.id) for tenant in (one, two) for thing in ("1", "3", "4")]


def test_periodic_jobs_belong_to_the_platform() -> None:
    jobs.job("test.periodic", cron="0 3 * * *")(lambda: None)
    declared = {one.name: one for one in jobs.declared_jobs()}
    assert declared["test.periodic"].platform
    assert list(declared) == sorted(declared)


def test_what_a_job_takes_are_ids_as_text(app: Flask, ran: list[Any]) -> None:
    """A name or a number of a person in the queue would stand outside every wall."""
    for declared in jobs.declared_jobs():
        if declared.name.startswith("test."):
            continue
        arguments = declared.body.__code__.co_varnames[: declared.body.__code__.co_argcount]
        allowed = {"event", "key", "plugin", "timestamp"}
        assert all(name.endswith("_id") or name in allowed for name in arguments), declared.name


def test_what_was_given_up_stands_on_the_operators_list(app: Flask) -> None:
    insert = text(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, attempts, status) "
        "VALUES ('default', 'waits', 1, 'todo'), ('default', 'given.up', 8, 'failed')"
    )
    db.session.execute(insert)
    assert [(one.name, one.attempts, one.tenant_id) for one in queue.failed()] == [("given.up", 8, "")]
