"""The files of a service that are kept as evidence beside our own sealed PDF."""

from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.documents import service as documents
from core.documents.service import FileCard
from core.kernel.errors import NotFound

OF_SERVICE: Final = "signed-at-service"


def files_of(agreement_id: UUID) -> list[FileCard]:
    """The files of an agreement that came from a service, without their content, the oldest first."""
    return documents.cards_of(agreement_id, OF_SERVICE)


def file_of(agreement_id: UUID, file_id: UUID) -> tuple[FileCard, bytes]:
    """One of them. Raises NotFound."""
    card = next((one for one in files_of(agreement_id) if one.id == file_id), None)
    if card is None:
        raise NotFound("signing_provider.no_file", _("We cannot find this file."))
    return card, documents.read(file_id).content
