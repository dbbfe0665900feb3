"""Our own way of signing behind the port: the personal link, whose news is in our own rows."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from core.agreements.models import SignatureRequest, Version
from core.agreements.printing.service import PDF, SIGNED
from core.agreements.signing.providers.catalogue import BUILT_IN
from core.agreements.ways import Part
from core.documents import service as documents
from core.kernel.database import db
from core.plugin_host.signing import (
    Callback,
    Envelope,
    ForgedCallbackError,
    Happened,
    News,
    ServiceAccess,
    ServiceRefusedError,
    SignedFile,
    SigningProvider,
)
from core.plugin_host.wording import Wording


class PersonalLink:
    """The steps of signing here. Its reference of an envelope is the id of the version.

    Nothing has to travel: the product mails the links itself, whichever the provider, and the verbs of
    signing write down what people do on their pages.
    """

    def hand_over(self, envelope: Envelope, access: ServiceAccess) -> str:
        """The version is here already."""
        del access
        return envelope.key

    def link(self, reference: str, signatory: str, access: ServiceAccess) -> str:
        """The page of the personal link is where one signs, and its address is in the mail alone."""
        del reference, signatory, access
        return ""

    def progress(self, reference: str, access: ServiceAccess) -> list[News]:
        """What the requests of the version say."""
        del access
        rows = _signing(_version(reference))
        found = sorted((one for row in rows for one in _of_request(reference, row)), key=lambda one: one.at)
        if found and all(row.signed_at is not None for row in rows):
            found.append(News("completed", reference, Happened.COMPLETED, found[-1].at))
        return found

    def read_callback(self, callback: Callback, access: ServiceAccess) -> list[News]:
        """Nobody outside has anything to tell of it."""
        del callback, access
        raise ForgedCallbackError

    def fetch(self, reference: str, access: ServiceAccess) -> list[SignedFile]:
        """The sealed PDF with its page of evidence, once it is made."""
        del access
        kept = documents.newest(_version(reference).agreement_id, SIGNED)
        return [SignedFile(kept.name, PDF, kept.content)] if kept else []

    def cancel(self, reference: str, access: ServiceAccess) -> None:
        """The verb that takes an agreement back stops the links of everybody, those who only see it too."""
        del reference, access


def _version(reference: str) -> Version:
    try:
        version_id = UUID(reference)
    except ValueError as error:
        raise ServiceRefusedError(reference) from error
    found = db.session.scalar(select(Version).where(Version.id == version_id))
    if found is None:
        raise ServiceRefusedError(reference)
    return found


def _signing(version: Version) -> list[SignatureRequest]:
    query = select(SignatureRequest).where(
        SignatureRequest.version_id == version.id, SignatureRequest.part == Part.SIGNS
    )
    return list(db.session.scalars(query))


def _of_request(reference: str, row: SignatureRequest) -> Iterator[News]:
    key = str(row.id)
    for happened, at in (
        (Happened.OPENED, row.opened_at),
        (Happened.SIGNED, row.signed_at),
        (Happened.REFUSED, row.refused_at),
    ):
        if at is not None:
            said = row.refusal_reason if happened is Happened.REFUSED else ""
            yield News(f"{happened}-{key}", reference, happened, at, key, row.signed_name, "", said)


PERSONAL_LINK = SigningProvider(
    key=BUILT_IN,
    title=Wording(
        nb="Personlig lenke fra Fotfeste", da="Personligt link fra Fotfeste", en="Personal link from Fotfeste"
    ),
    summary=Wording(
        nb="Hver part får sin egen lenke på e-post og signerer på en side her.",
        da="Hver part får sit eget link på e-mail og underskriver på en side her.",
        en="Each party gets a link of its own by e-mail and signs on a page here.",
    ),
    steps=PersonalLink(),
)
