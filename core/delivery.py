"""Tells listeners after the commit what happened: a job for each, so that a failing one is retried alone."""

from uuid import UUID

from core.kernel import jobs
from core.kernel.events import DELIVER
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.kinds import host

REACT = "plugins.react"


class ListenerFailedError(Exception):
    """A listener raised; the job is tried again and stands on the operator's list if it never succeeds."""


@jobs.job(DELIVER)
def deliver(event: str, subject_id: str) -> None:
    """Write one job for each plugin that listens."""
    with unit_of_work():
        for plugin in host().listeners(event):
            jobs.defer(REACT, plugin=plugin, event=event, subject_id=subject_id)


@jobs.job(REACT)
def react(plugin: str, event: str, subject_id: str) -> None:
    """Tell one plugin. Raises ListenerFailedError, so that the job is tried again."""
    answer = host().ask(plugin, event, **{_argument(event): UUID(subject_id)})
    if answer.error:
        raise ListenerFailedError(f"{plugin} failed in {event}: {answer.error}")


def _argument(event: str) -> str:
    """The name of the id that an event's hook takes: ``on_agreement_activated`` takes ``agreement_id``."""
    return f"{event.split('_')[1]}_id"
