"""A finished PDF gets its seal: PAdES, as an addition at the end, so that what was there is not touched."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper

from core.documents.seals.certificate import SealCertificate
from core.documents.seals.names import field_name
from core.documents.seals.tagging import tag_field

PATIENCE = 20
"""Seconds that a time stamp service may take to answer."""
OUTSIDE = InvisSigSettings(set_print_flag=True, box_out_of_bounds=True)


class SealingError(Exception):
    """A file could not be sealed; the job is tried again. The message is meant for an operator."""


@dataclass(frozen=True)
class Seal:
    """What goes on a file: the seal's own id, the instant, and a sentence that a reader of PDF shows."""

    id: UUID
    at: datetime
    reason: str


def sealed(pdf: bytes, seal: Seal, certificate: SealCertificate, stamper: TimeStamper | None = None) -> bytes:
    """The file with its seal: PAdES B-T with a time stamp service, B-B without.

    Raises SealingError, also when the time stamp service does not answer.
    """
    if stamper is None and certificate.timestamp_url:
        stamper = HTTPTimeStamper(certificate.timestamp_url, timeout=PATIENCE)
    name, result = field_name(seal.id), BytesIO()
    try:
        writer = _Addition(BytesIO(pdf))
        append_signature_field(writer, SigFieldSpec(name, invis_sig_settings=OUTSIDE))
        tag_field(writer, seal.reason)
        _Signer(seal, _metadata(name, seal), _key(certificate), stamper).sign_pdf(
            writer, existing_fields_only=True, output=result
        )
    except Exception as error:
        # The libraries of seals and of the network share no kind of error.
        raise SealingError(f"{type(error).__name__}: {error}") from error
    return result.getvalue()


def _metadata(name: str, seal: Seal) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        reason=seal.reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )


def _key(certificate: SealCertificate) -> SimpleSigner:
    return SimpleSigner.load_pkcs12_data(
        certificate.pkcs12, other_certs=[], passphrase=certificate.password.encode() or None
    )


class _Addition(IncrementalPdfFileWriter):
    """Adds to a file without writing its metadata anew: they hold the marks of PDF/A and PDF/UA."""

    def _update_meta(self) -> None:
        """Leave them as they are."""


class _Signer(PdfSigner):
    """Signs at the instant of our own clock."""

    def __init__(
        self, seal: Seal, metadata: PdfSignatureMetadata, signer: SimpleSigner, stamper: TimeStamper | None
    ) -> None:
        super().__init__(metadata, signer, timestamper=stamper)
        self._at = seal.at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002  the library's own shape
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session
