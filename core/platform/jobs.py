"""The verbs of the platform on the queue."""

from flask_babel import lazy_gettext as _

from core.access import operators
from core.kernel import queue
from core.kernel.errors import Conflict
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work


def overview() -> tuple[queue.Queue, list[queue.FailedJob]]:
    """The queue, and the jobs that were given up."""
    operators.require()
    with platform_scope("show the queue to an operator"):
        return queue.state(), queue.failed()


def try_again(job_id: int) -> None:
    """Let a job begin anew. Raises Conflict when it has been dealt with already."""
    operators.require()
    with platform_scope("let a failed job begin anew"), unit_of_work():
        _must(done=queue.try_again(job_id))


def give_up(job_id: int) -> None:
    """Forget a job that failed. Raises Conflict when it has been dealt with already."""
    operators.require()
    with platform_scope("forget a failed job"), unit_of_work():
        _must(done=queue.drop(job_id))


def _must(*, done: bool) -> None:
    if not done:
        raise Conflict(
            "job.not_failed", _("This job is no longer on the list, or the same work waits already.")
        )
