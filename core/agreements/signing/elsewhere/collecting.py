"""Keeping what a service has made: the document that was signed there, and what proves the signatures."""

from collections.abc import Sequence
from typing import Final

from core.agreements.signing.case import open_case
from core.agreements.signing.elsewhere.finding import find_envelope, provider_of
from core.agreements.signing.elsewhere.news import COLLECT
from core.agreements.signing.providers.access import access_to
from core.agreements.signing.providers.calling import call
from core.agreements.signing.providers.files import OF_SERVICE
from core.documents import service as documents
from core.kernel import audit, clock, jobs
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import ServiceDownError, SignedFile

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_FILES: Final = 20
KEPT_AS: Final = frozenset(
    {"application/pdf", "application/xml", "text/xml", "application/json", "application/vnd.etsi.asic-e+zip"}
)
"""Media types that are kept as they are called; any other is kept as bytes of no particular kind."""


@jobs.job(COLLECT)
def collect(envelope_id: str) -> None:
    """Fetch the files of a completed envelope, once. Raises ServiceDownError, so that it is tried again."""
    envelope = find_envelope(envelope_id)
    if envelope.fetched_at is not None or envelope.completed_at is None:
        return
    steps = provider_of(envelope).steps
    files = call(steps.fetch, envelope.reference, access_to(envelope.provider))
    _refuse_unfit(files)
    with unit_of_work():
        open_case(envelope.agreement_id, lock=True)
        envelope = find_envelope(envelope_id, lock=True)
        if envelope.fetched_at is not None:
            return
        for one in files:
            kind = one.media_type if one.media_type in KEPT_AS else "application/octet-stream"
            documents.store(envelope.agreement_id, OF_SERVICE, one.name, kind, one.content)
        envelope.fetched_at = clock.now()
        audit.record("agreement.service_files_kept", "agreement", envelope.agreement_id)


def _refuse_unfit(files: Sequence[SignedFile]) -> None:
    """Nothing yet, or more than can be evidence: the job stands on the operator's list if it stays so."""
    size = sum(len(one.content) for one in files)
    if not files or len(files) > MOST_FILES or size > MOST_BYTES:
        raise ServiceDownError(f"{len(files)} files of {size} bytes")
