"""An agreement as PDF: a draft as it stands, a version as it was sent, the signed one made once and kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.annexes.start import days_off
from core.agreements.content import resolved
from core.agreements.looking import looked
from core.agreements.models import Agreement, SignatureRequest
from core.agreements.parts import Parts
from core.agreements.printing.document import Signature, Standing, document_of
from core.agreements.printing.evidence import Asked, Evidence
from core.agreements.printing.labels import labels_in
from core.agreements.signing.case import Case, find_case, open_case, proofs_of, today
from core.agreements.signing.models import Proof
from core.agreements.states import EDITABLE, SIGNED_BY_ALL, Status, status_of
from core.agreements.ways import Part, Way
from core.documents import service as documents
from core.documents.document import Document
from core.documents.pdf import render_pdf
from core.documents.seals import register as seals
from core.documents.seals.certificate import seal_certificate
from core.documents.seals.sealing import Seal, sealed
from core.kernel import clock
from core.kernel.ids import new_id
from core.kernel.settings import Settings
from core.tenancy.service import current_tenant

SIGNED = "signed-agreement"
PDF = "application/pdf"


@dataclass(frozen=True)
class PrintedFile:
    """A PDF with the name under which it is saved."""

    name: str
    content: bytes


@dataclass(frozen=True)
class FinalFile:
    """The PDF that everybody gets ever after, and its seal, or None without a certificate."""

    content: bytes
    seal: Seal | None


def printed(agreement_id: UUID) -> PrintedFile:
    """The PDF for a member: a draft as it stands now, else the version that was sent. Raises NotFound."""
    access.require("agreement:read")
    agreement = reach.find(reach.READ, agreement_id)
    looked(agreement_id)
    case = find_case(agreement_id)
    if case is None or status_of(agreement, today()) in EDITABLE:
        return PrintedFile(file_name(agreement), _draft(agreement_id))
    return printed_version(case)


def printed_version(case: Case) -> PrintedFile:
    """The PDF of what was sent, with its signatures: the kept file, or made on the fly until then."""
    is_kept_as_signed = case.status in SIGNED_BY_ALL and not case.is_by_notice
    kept = documents.newest(case.signed_agreement_id, SIGNED) if is_kept_as_signed else None
    return PrintedFile(file_name(case.agreement), kept.content if kept else _version(case))


@dataclass(frozen=True)
class FinalState:
    """How the final PDF stands: made or not yet, sealed when, or never, and whether only for development."""

    is_ready: bool
    sealed_at: datetime | None
    is_development: bool


def final_state(agreement_id: UUID) -> FinalState:
    """How the final PDF of an agreement that all have signed stands."""
    digest, certificate = documents.newest_fingerprint(agreement_id, SIGNED), seal_certificate()
    entry = seals.of_file(digest) if digest else None
    return FinalState(
        is_ready=bool(digest),
        sealed_at=entry.sealed_at if entry else None,
        is_development=certificate is not None and certificate.is_development,
    )


def is_kept(agreement_id: UUID) -> bool:
    """Whether the final PDF has been made."""
    return bool(documents.newest_fingerprint(agreement_id, SIGNED))


def make_final(agreement_id: UUID) -> FinalFile:
    """The final PDF with its page of evidence, sealed where there is a certificate; nothing is stored yet.

    It may take a while: a time stamp comes from a service elsewhere. Raises SealingError.
    """
    case, certificate = open_case(agreement_id), seal_certificate()
    address = _verify_address() if certificate else ""
    pdf = _version(case, _evidence(case, address))
    if certificate is None:
        return FinalFile(pdf, None)
    words = labels_in(case.version.content["language"]).seal_reason
    seal = Seal(new_id(), clock.now(), words)
    return FinalFile(sealed(pdf, seal, certificate), seal)


def keep_final(agreement_id: UUID, final: FinalFile) -> bool:
    """Keep the final PDF, inside the caller's unit of work; False when one was kept already.

    The agreement's row is locked, so that two workers keep one file.
    """
    case, certificate = open_case(agreement_id, lock=True), seal_certificate()
    if is_kept(agreement_id):
        return False
    documents.store(agreement_id, SIGNED, file_name(case.agreement), PDF, final.content)
    if final.seal is not None and certificate is not None:
        seals.add(final.content, final.seal, certificate, case.version.number)
    return True


def _draft(agreement_id: UUID) -> bytes:
    return render_pdf(draft_document(agreement_parts.load(agreement_id)))


def open_labels(parts: Parts) -> dict[str, str]:
    """The labels of the fields that somebody has to fill, which stand where a value is missing."""
    typed = (one.key for one in parts.kind.placeholders if not one.source)
    return {key: parts.text.placeholder(key).label for key in typed}


def draft_document(parts: Parts) -> Document:
    """A draft as it stands; it says on every page that it is one."""
    content, labels = resolved(parts), open_labels(parts)
    return document_of(
        content,
        signatures=(),
        logos=_logos(content),
        labels=labels_in(content["language"]),
        state=Standing(Status.DRAFT, open_fields=labels, days_off=days_off()),
        created=parts.agreement.changed_at,
    )


def _version(case: Case, evidence: Evidence | None = None) -> bytes:
    content, version = case.version.content, case.version
    starts_on = case.agreement.starts_on if case.status in SIGNED_BY_ALL else None
    proofs = proofs_of(case)
    signed = [one.signed_at for one in case.requests if one.signed_at is not None]
    document = document_of(
        content,
        signatures=[_signature(one, proofs.get(one.id)) for one in case.requests],
        logos=_logos(content),
        labels=labels_in(content["language"]),
        state=Standing(
            case.status,
            version.number,
            version.sha256,
            starts_on,
            signed_sha256=case.requests[0].signed_sha256 if case.is_by_notice else "",
            days_off=days_off(),
        ),
        created=max((version.frozen_at, *signed)),
        evidence=evidence,
    )
    return render_pdf(document)


def _signature(request: SignatureRequest, proof: Proof | None) -> Signature:
    if request.signed_at is None:
        return Signature(request.party_name)
    return Signature(
        party=request.party_name,
        name=request.signed_name,
        role=request.signed_role,
        signed_at=_local(request.signed_at),
        signed_on=proof.signed_on if proof else None,
        place=proof.place if proof else "",
        for_name=request.name if request.way == Way.BEHALF else "",
    )


def _verify_address() -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/verify"


def _evidence(case: Case, address: str) -> Evidence:
    proofs = proofs_of(case)
    seen_by = (account for one in proofs.values() for account in (one.witness_id, one.confirmed_by))
    names = access.names_of(account for account in seen_by if account)
    asked = tuple(_asked(one, proofs.get(one.id) or Proof(), names) for one in case.people)
    return Evidence(case.agreement.id, case.version.number, case.version.sha256, asked, address)


def _asked(request: SignatureRequest, proof: Proof, names: Mapping[UUID, str]) -> Asked:
    return Asked(
        party=request.party_name,
        name=request.signed_name or request.name,
        role=request.signed_role or request.role_title,
        email=request.email,
        part=Part(request.part),
        way=Way(request.way or Way.LINK),
        asked_at=_local(request.requested_at),
        opened_at=_local(request.opened_at) if request.opened_at else None,
        answered_at=_local(answered) if (answered := request.signed_at or request.approved_at) else None,
        for_name=request.name,
        place=proof.place or "",
        signed_on=proof.signed_on,
        code_sent_at=_local(proof.code_sent_at) if proof.code_sent_at else None,
        code_way=proof.code_way or "",
        witness=names.get(proof.witness_id, "") if proof.witness_id else "",
        second=names.get(proof.confirmed_by, "") if proof.confirmed_by else "",
        reason=proof.reason or "",
        authority=proof.authority or "",
        scan_sha256=proof.scan_sha256 or "",
        service=proof.service or "",
        service_reference=proof.service_reference or "",
        service_method=proof.service_method or "",
        service_sha256=proof.service_sha256 or "",
        service_signed_at=_local(proof.service_signed_at) if proof.service_signed_at else None,
    )


def _local(at: datetime) -> datetime:
    return clock.local(at, current_tenant().timezone)


def _logos(content: Mapping[str, Any]) -> dict[str, bytes]:
    """Pictures by fingerprint, as the content names them: a new logo does not change an old text."""
    return documents.contents_of({party["logo"] for party in content["parties"] if party["logo"]})


def file_name(agreement: Agreement, ending: str = "pdf") -> str:
    """The name of a file: the title of the agreement, without signs that a disk refuses."""
    words = re.sub(r"[^\w-]+", "-", agreement.title).strip("-_")[:80]
    return f"{words or 'agreement'}.{ending}"
