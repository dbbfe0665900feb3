"""Finding an envelope and the provider that has it."""

from uuid import UUID

from sqlalchemy import select

from core.agreements.signing.providers.catalogue import find
from core.agreements.signing.providers.models import SentEnvelope
from core.kernel.database import db
from core.plugin_host.signing import ServiceDownError, SigningProvider


def find_envelope(envelope_id: UUID | str, *, lock: bool = False) -> SentEnvelope:
    """An envelope; with ``lock`` read anew, inside a unit of work that holds its agreement."""
    query = select(SentEnvelope).where(SentEnvelope.id == UUID(str(envelope_id)))
    return db.session.scalars(query.execution_options(populate_existing=lock)).one()


def provider_of(envelope: SentEnvelope) -> SigningProvider:
    """The provider of an envelope. Raises ServiceDownError while its plugin is away."""
    found = find(envelope.provider)
    if found is None:
        raise ServiceDownError(envelope.provider)
    return found
