"""Through here the verbs of signing speak to whoever lets a version be signed, ourselves or a service."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.signing.case import Case
from core.agreements.signing.inviting import IssuedLink, invite_due
from core.agreements.signing.providers.access import chosen
from core.agreements.signing.providers.catalogue import BUILT_IN, find
from core.agreements.signing.providers.envelopes import envelope_of
from core.agreements.signing.providers.models import SentEnvelope
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.plugin_host.signing import ServiceAccess, SigningProvider

HAND_OVER: Final = "agreements.hand_over_envelope"
STOP: Final = "agreements.stop_envelope"


def chosen_for_sending() -> str:
    """Where the next version is signed, for `Version.provider`. Raises Conflict when it is not there."""
    key = chosen()
    if key and find(key) is None:
        raise Conflict(
            "signing_provider.missing",
            _(
                "The service at which your organisation has agreements signed is switched off. "
                "An administrator can choose another way under Settings."
            ),
        )
    return key


def begin(agreement: Agreement, version: Version, people: Iterable[SignatureRequest]) -> list[IssuedLink]:
    """Hand a frozen version over, inside the caller's unit of work; gives the links that were mailed.

    Our own provider takes it at once. A service gets it by a job, and people are invited when it has it.
    """
    people = list(people)
    if version.provider:
        envelope = SentEnvelope(
            id=new_id(), agreement_id=agreement.id, version_id=version.id, provider=version.provider
        )
        db.session.add(envelope)
        jobs.defer(HAND_OVER, envelope_id=str(envelope.id))
        return []
    _built_in().steps.hand_over(envelope_of(agreement, version, people), ServiceAccess())
    return invite_due(agreement, people)


def stop(case: Case) -> None:
    """Nobody signs a version any longer: tell whoever has it, inside the caller's unit of work."""
    if not case.version.provider:
        _built_in().steps.cancel(str(case.version.id), ServiceAccess())
        return
    envelope = envelope_for(case.version.id)
    if envelope is not None and envelope.stop_asked_at is None:
        envelope.stop_asked_at = clock.now()
        jobs.defer(STOP, envelope_id=str(envelope.id))


def envelope_for(version_id: UUID) -> SentEnvelope | None:
    """The envelope of a version that is signed at a service."""
    return db.session.scalar(select(SentEnvelope).where(SentEnvelope.version_id == version_id))


def _built_in() -> SigningProvider:
    found = find(BUILT_IN)
    if found is None:
        raise LookupError(BUILT_IN)
    return found
