"""The worker process: takes job rows and runs them; jobs of a killed worker are taken up again."""

import logging
from typing import Any

from flask import Flask
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy

from core.kernel import jobs
from core.kernel.database_roles import driver_url

STALLED_AFTER_SECONDS = 20.0
WAIT_BASE = 4
"""The n-th retry waits 4 to the power of n seconds: eight of them bear an outage of a day."""

log = logging.getLogger(__name__)


def make_worker(flask_app: Flask, url: str) -> App:
    """A procrastinate application that knows every declared job."""
    worker = App(connector=PsycopgConnector(conninfo=driver_url(url), kwargs={"prepare_threshold": None}))
    for declared in jobs.declared_jobs():
        retry = RetryStrategy(max_attempts=declared.attempts, exponential_wait=WAIT_BASE)
        task = worker.task(name=declared.name, retry=retry)(_body(flask_app, declared.name))
        if declared.cron:
            worker.periodic(cron=declared.cron)(task)
    stalled = worker.task(name="kernel.retry_stalled", pass_context=True)(_retry_stalled)
    worker.periodic(cron="* * * * * */15")(stalled)
    return worker


def _body(flask_app: Flask, name: str) -> Any:
    def run(**arguments: Any) -> None:
        with flask_app.app_context():
            jobs.run(name, arguments)

    return run


async def _retry_stalled(context: JobContext, timestamp: int) -> None:
    del timestamp
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        log.warning("taking up job %s of a worker that is gone", stalled.task_name)
        await manager.retry_job(stalled)


async def work(worker: App, *, wait: bool = True) -> None:
    """Run jobs until the process is told to stop; with ``wait=False`` until none is left."""
    async with worker.open_async():
        await worker.run_worker_async(
            wait=wait,
            concurrency=2,
            update_heartbeat_interval=5,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            fetch_job_polling_interval=2,
            install_signal_handlers=wait,
        )
