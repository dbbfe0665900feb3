"""The worker process: takes job rows and runs them; jobs of a killed worker are taken up again."""

import logging
from typing import Any

from flask import Flask
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Status

from core.kernel import jobs, queue
from core.kernel.database_roles import driver_url

STALLED_AFTER_SECONDS = 20.0
"""A worker that has given no sign for so long is gone."""

WAIT_BASE = 4
"""The n-th retry waits 4 to the power of n seconds: eight of them bear an outage of a day."""

log = logging.getLogger(__name__)


def make_worker(flask_app: Flask, url: str) -> App:
    """A procrastinate application that knows every declared job, and looks after those of lost workers."""
    worker = App(connector=PsycopgConnector(conninfo=driver_url(url), kwargs={"prepare_threshold": None}))
    for declared in jobs.declared_jobs():
        retry = RetryStrategy(max_attempts=declared.attempts, exponential_wait=WAIT_BASE)
        task = worker.task(name=declared.name, retry=retry, pass_context=True)(
            _body(flask_app, declared.name)
        )
        if declared.cron:
            worker.periodic(cron=declared.cron)(task)

    @worker.periodic(cron=f"* * * * * */{max(1, int(STALLED_AFTER_SECONDS * 3 / 4))}")
    @worker.task(name="kernel.retry_stalled")
    async def look_for_stalled(timestamp: int) -> None:
        del timestamp
        await retry_stalled(worker)

    return worker


def _body(flask_app: Flask, name: str) -> Any:
    def run(context: JobContext, **arguments: Any) -> None:
        try:
            with flask_app.app_context():
                jobs.run(name, arguments)
        except Exception as error:
            with flask_app.app_context():
                queue.note_error(context.job.id or 0, error)
            raise

    return run


async def retry_stalled(worker: App) -> None:
    """Let the jobs of workers that give no sign any more be taken up again."""
    manager = worker.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        log.warning("taking up job %s of a worker that is gone", stalled.task_name)
        try:
            await manager.retry_job(stalled)
        except UniqueViolation:
            # Another job of the same key waits already, and will do the work.
            await manager.finish_job(stalled, Status.FAILED, delete_job=False)


async def work(worker: App, *, wait: bool = True) -> None:
    """Run jobs until the process is told to stop; with ``wait=False`` until none is left."""
    async with worker.open_async():
        await worker.run_worker_async(
            wait=wait,
            concurrency=2,
            update_heartbeat_interval=STALLED_AFTER_SECONDS / 4,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            fetch_job_polling_interval=2,
            install_signal_handlers=wait,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
        )
