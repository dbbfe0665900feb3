"""The queue as operators see it: what failed and where, and the two things to do about it."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from core.kernel import queue
from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.pages import page_of

INSERT = text(
    "INSERT INTO procrastinate_jobs (queue_name, task_name, attempts, status, queueing_lock) "
    "VALUES ('default', :name, 8, CAST(:status AS procrastinate_job_status), :lock) RETURNING id"
)


def a_job(status: str = "failed", name: str = "agreements.send", lock: str | None = None) -> int:
    with platform_scope("a job for a test"), unit_of_work():
        return int(db.session.scalar(INSERT, {"name": name, "status": status, "lock": lock}))


def status_of(job_id: int) -> tuple[str, int] | None:
    query = text("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = :id")
    found = db.session.execute(query, {"id": job_id}).one_or_none()
    return (found[0], found[1]) if found else None


def an_error_with_a_name() -> BaseException:
    try:
        queue.try_again(job_id=object())  # type: ignore[arg-type]
    except Exception as error:  # noqa: BLE001  whatever it is, it has a place in our code
        db.session.rollback()
        return error
    raise AssertionError("no error")


def test_an_error_is_told_by_kind_and_place_and_never_by_its_message(app: Flask) -> None:
    told = queue.described(an_error_with_a_name())
    assert "core/kernel/queue.py, line" in told
    assert "object" not in told
    assert queue.described(ValueError("Kari Nordmann")) == "ValueError"


def test_a_failed_job_is_listed_and_tried_again(app: Flask, operator: FlaskClient) -> None:
    job_id = a_job()
    with platform_scope("an error for a test"):
        queue.note_error(job_id, ValueError("Kari Nordmann"))
    page = page_of(operator.get("/platform/jobs")).text
    assert "agreements.send" in page
    assert "ValueError" in page
    assert "Kari Nordmann" not in page
    assert operator.post(f"/platform/jobs/{job_id}/again").status_code == 303
    assert status_of(job_id) == ("todo", 0)
    assert operator.post(f"/platform/jobs/{job_id}/again").status_code == 409


def test_a_failed_job_is_given_up(app: Flask, operator: FlaskClient) -> None:
    job_id = a_job()
    assert operator.post(f"/platform/jobs/{job_id}/forget").status_code == 303
    assert status_of(job_id) is None
    assert operator.post(f"/platform/jobs/{job_id}/forget").status_code == 409


def test_a_job_that_runs_or_waits_is_not_touched(app: Flask, operator: FlaskClient) -> None:
    for status in ("todo", "doing"):
        job_id = a_job(status)
        assert operator.post(f"/platform/jobs/{job_id}/again").status_code == 409
        assert operator.post(f"/platform/jobs/{job_id}/forget").status_code == 409
        assert status_of(job_id) == (status, 8)


def test_a_job_whose_work_waits_already_is_not_doubled(app: Flask, operator: FlaskClient) -> None:
    job_id = a_job(lock="one:remind:once")
    a_job("todo", lock="one:remind:once")
    assert operator.post(f"/platform/jobs/{job_id}/again").status_code == 409


def test_the_errors_of_jobs_that_are_gone_are_forgotten(app: Flask) -> None:
    gone, kept = a_job(), a_job()
    with platform_scope("errors for a test"), unit_of_work():
        queue.note_error(gone, ValueError())
        queue.drop(gone)
        queue.note_error(kept, ValueError())
        assert db.session.scalars(text("SELECT job_id FROM kernel_job_error")).all() == [kept]
