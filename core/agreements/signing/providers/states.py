"""How an envelope stands, derived from its moments."""

from enum import StrEnum
from typing import Any


class EnvelopeStatus(StrEnum):
    """Where a version stands that is signed at a service."""

    WAITING = "waiting"
    NOT_REACHED = "not_reached"
    NOT_TAKEN = "not_taken"
    OUT = "out"
    ENDED = "ended"
    STOPPED = "stopped"
    COMPLETED = "completed"
    KEPT = "kept"


def envelope_status(envelope: Any) -> EnvelopeStatus:
    """The status. Takes anything with the columns of `SentEnvelope`."""
    answers = (
        (envelope.fetched_at is not None, EnvelopeStatus.KEPT),
        (envelope.completed_at is not None, EnvelopeStatus.COMPLETED),
        (envelope.stop_asked_at is not None, EnvelopeStatus.STOPPED),
        (envelope.ended_at is not None, EnvelopeStatus.ENDED),
        (envelope.handed_over_at is not None, EnvelopeStatus.OUT),
        (envelope.trouble == REFUSED, EnvelopeStatus.NOT_TAKEN),
        (envelope.trouble != "", EnvelopeStatus.NOT_REACHED),
    )
    return next((status for is_so, status in answers if is_so), EnvelopeStatus.WAITING)


DOWN, REFUSED = "down", "refused"
"""Why a try failed: the service did not answer, or it said no."""
ON_THE_WAY = frozenset({EnvelopeStatus.WAITING, EnvelopeStatus.NOT_REACHED, EnvelopeStatus.NOT_TAKEN})
"""The service does not have it, so nobody has been asked to sign."""
OPEN = frozenset({EnvelopeStatus.OUT, EnvelopeStatus.STOPPED})
"""The service has it, and may still have something to tell."""
