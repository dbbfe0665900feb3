"""A version with its signatories as a provider gets it."""

from collections.abc import Callable, Iterable

from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.printing.service import file_name
from core.agreements.ways import Part
from core.plugin_host.signing import Envelope, EnvelopeSignatory, ServiceRefusedError


def envelope_of(
    agreement: Agreement,
    version: Version,
    people: Iterable[SignatureRequest],
    document: Callable[[], bytes] | None = None,
) -> Envelope:
    """The envelope of a version; those who only approve or see it are not in it.

    Its key is the id of the version. Our own provider needs no file, so ``document`` may be left out.
    """
    signing = [one for one in people if one.part == Part.SIGNS]
    return Envelope(
        key=str(version.id),
        title=agreement.title,
        language=agreement.language,
        file_name=file_name(agreement),
        document=document or _no_document,
        signatories=tuple(_signatory(one) for one in sorted(signing, key=lambda one: one.turn)),
    )


def _no_document() -> bytes:
    raise ServiceRefusedError("an envelope that stays here has no file")


def _signatory(request: SignatureRequest) -> EnvelopeSignatory:
    return EnvelopeSignatory(
        key=str(request.id),
        party=request.party_name,
        name=request.name,
        role=request.role_title,
        email=request.email,
        phone=request.phone,
        turn=request.turn,
    )
