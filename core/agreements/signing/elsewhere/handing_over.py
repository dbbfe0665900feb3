"""The jobs that bring a version to a service, take it back, and ask from time to time how it stands."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from core.agreements.printing.service import printed_version
from core.agreements.signing.case import Case, open_case
from core.agreements.signing.elsewhere.finding import find_envelope, provider_of
from core.agreements.signing.elsewhere.mails import tell_adviser_of_trouble
from core.agreements.signing.elsewhere.news import READ, take_progress
from core.agreements.signing.inviting import invite_due
from core.agreements.signing.providers.access import access_to
from core.agreements.signing.providers.calling import call
from core.agreements.signing.providers.envelopes import envelope_of
from core.agreements.signing.providers.models import SentEnvelope
from core.agreements.signing.providers.port import HAND_OVER, STOP
from core.agreements.signing.providers.states import DOWN, OPEN, REFUSED, envelope_status
from core.agreements.states import Status
from core.kernel import audit, clock, jobs
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import ServiceDownError, ServiceRefusedError

BETWEEN_READINGS: Final = timedelta(hours=1)
READ_FOR: Final = timedelta(days=120)


@jobs.job(HAND_OVER)
def hand_over(envelope_id: str) -> None:
    """Give a version to its service and then invite people; a second run finds it there.

    Raises ServiceDownError when the service does not answer, so that the job is tried again.
    """
    envelope = find_envelope(envelope_id)
    if envelope.handed_over_at is not None or envelope.stop_asked_at is not None:
        return
    case = open_case(envelope.agreement_id)
    pdf = printed_version(case).content
    try:
        reference = _handed_over(envelope, case, lambda: pdf)
    except ServiceRefusedError:
        _note_trouble(envelope, REFUSED)
    except ServiceDownError:
        _note_trouble(envelope, DOWN)
        raise
    else:
        _note_taken(envelope, reference, hashlib.sha256(pdf).hexdigest())


def _handed_over(envelope: SentEnvelope, case: Case, document: Callable[[], bytes]) -> str:
    steps = provider_of(envelope).steps
    value = envelope_of(case.agreement, case.version, case.people, document)
    return call(steps.hand_over, value, access_to(envelope.provider))


def _note_taken(envelope: SentEnvelope, reference: str, sha256: str) -> None:
    with unit_of_work():
        case = open_case(envelope.agreement_id, lock=True)
        envelope = find_envelope(envelope.id, lock=True)
        if envelope.handed_over_at is not None:
            return
        envelope.handed_over_at = envelope.tried_at = clock.now()
        envelope.reference, envelope.sha256, envelope.trouble = reference, sha256, ""
        audit.record("agreement.at_service", "agreement", case.agreement.id)
        if envelope.stop_asked_at is not None:
            # It was taken back while the service was answering.
            jobs.defer(STOP, envelope_id=str(envelope.id))
        elif case.version.id == envelope.version_id and case.status is Status.SENT:
            invite_due(case.agreement, case.people)
            _read_later(envelope)


def _note_trouble(envelope: SentEnvelope, trouble: str) -> None:
    """Write down that a try failed; the adviser is told the first time."""
    with unit_of_work():
        case = open_case(envelope.agreement_id, lock=True)
        envelope = find_envelope(envelope.id, lock=True)
        is_news = envelope.tries == 0 or envelope.trouble not in {"", trouble}
        envelope.tried_at, envelope.tries, envelope.trouble = clock.now(), envelope.tries + 1, trouble
        if is_news and envelope.stop_asked_at is None:
            audit.record("agreement.not_at_service", "agreement", case.agreement.id)
            tell_adviser_of_trouble(case.agreement, envelope)


@jobs.job(STOP)
def stop(envelope_id: str) -> None:
    """Tell the service that nobody signs any longer. Raises ServiceDownError, so that it is tried again."""
    envelope = find_envelope(envelope_id)
    if envelope.stopped_at is not None:
        return
    if envelope.reference:
        steps = provider_of(envelope).steps
        _gone_or(lambda: call(steps.cancel, envelope.reference, access_to(envelope.provider)))
    with unit_of_work():
        find_envelope(envelope_id, lock=True).stopped_at = clock.now()


def _gone_or(step: Callable[[], Any]) -> None:
    """A service that says no to being stopped has nothing to stop any longer."""
    try:
        step()
    except ServiceRefusedError:
        return


@jobs.job(READ)
def read(envelope_id: str) -> None:
    """Ask a service what has happened, and again in an hour while something can still happen."""
    envelope = find_envelope(envelope_id)
    if envelope_status(envelope) not in OPEN or not envelope.reference:
        return
    try:
        steps = provider_of(envelope).steps
        said = call(steps.progress, envelope.reference, access_to(envelope.provider))
    except (ServiceDownError, ServiceRefusedError):
        said = []
    take_progress(envelope, said)
    with unit_of_work():
        _read_later(find_envelope(envelope_id, lock=True))


def _read_later(envelope: SentEnvelope) -> None:
    is_open = envelope_status(envelope) in OPEN and envelope.stopped_at is None
    if is_open and clock.now() - envelope.asked_at < READ_FOR:
        at = clock.now() + BETWEEN_READINGS
        jobs.defer(READ, at=at, once=str(envelope.id), envelope_id=str(envelope.id))
