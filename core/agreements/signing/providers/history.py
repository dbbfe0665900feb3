"""What the audit says in plain words about signing at a service."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.signing.providers.catalogue import title_of
from core.agreements.signing.providers.models import SigningService
from core.kernel.database import db
from core.plugin_host.declarations import ActionText, SubjectText
from core.plugin_host.wording import Wording
from core.web.languages import current_language


def _names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(SigningService.id, SigningService.provider).where(SigningService.id.in_(ids))
    return {row.id: title_of(row.provider, current_language()) for row in db.session.execute(query)}


_ACTIONS = {
    "agreement.signed_at_service": Wording(
        nb="noterte fra en signeringstjeneste signaturen til",
        da="noterede fra en signeringstjeneste underskriften fra",
        en="noted from a signing service the signature of",
    ),
    "agreement.at_service": Wording(
        nb="leverte til en signeringstjeneste",
        da="afleverede til en signeringstjeneste",
        en="handed over to a signing service",
    ),
    "agreement.not_at_service": Wording(
        nb="fikk ikke levert til en signeringstjeneste",
        da="kunne ikke aflevere til en signeringstjeneste",
        en="could not hand over to a signing service",
    ),
    "agreement.handing_over_tried": Wording(
        nb="prøvde på nytt å levere til en signeringstjeneste",
        da="prøvede igen at aflevere til en signeringstjeneste",
        en="tried again to hand over to a signing service",
    ),
    "agreement.service_files_kept": Wording(
        nb="arkiverte signeringstjenestens filer for",
        da="arkiverede signeringstjenestens filer for",
        en="kept the signing service's files of",
    ),
    "signing_service.filled_in": Wording(
        nb="lagret tilgangen til", da="gemte adgangen til", en="saved the access to"
    ),
    "signing_service.chosen": Wording(
        nb="valgte for signering", da="valgte til underskrift", en="chose for signing"
    ),
    "signing_service.left": Wording(
        nb="valgte bort for signering", da="valgte fra til underskrift", en="stopped signing at"
    ),
}

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "signing_service",
        Wording(nb="Signeringstjeneste", da="Signeringstjeneste", en="Signing service"),
        {
            "secret_settings": Wording(nb="tilgang", da="adgang", en="access"),
            "is_chosen": Wording(nb="valgt", da="valgt", en="chosen"),
        },
        names=_names,
    ),
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
)
