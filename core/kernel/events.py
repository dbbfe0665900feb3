"""What happened, told after the commit to whoever listens; every listener is isolated from the others."""

from core.kernel import jobs

DELIVER = "kernel.deliver_event"


def announce(name: str, subject_id: str) -> None:
    """Tell after the commit that something happened to a subject of the tenant in scope. Ids only."""
    jobs.defer(DELIVER, event=name, subject_id=subject_id)
