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
from core.agreements.content import resolved
from core.agreements.looking import looked
from core.agreements.models import Agreement, SignatureRequest
from core.agreements.printing.document import Signature, Standing, document_of
from core.agreements.printing.evidence import Asked, Evidence
from core.agreements.printing.labels import labels_in
from core.agreements.signing.case import Case, find_case, open_case, today
from core.agreements.states import EDITABLE, SIGNED_BY_ALL, Status, status_of
from core.documents import service as documents
from core.documents.pdf import render_pdf
from core.documents.seals import register as seals
from core.documents.seals.certificate import seal_certificate
from core.documents.seals.sealing import Seal, sealed
from core.history import service as histories
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
        return PrintedFile(_name(agreement), _draft(agreement_id))
    return printed_version(case)


def printed_version(case: Case) -> PrintedFile:
    """The PDF of what was sent, with its signatures: the kept file, or made on the fly until then."""
    is_kept_as_signed = case.status in SIGNED_BY_ALL and not case.is_by_notice
    kept = documents.newest(case.signed_agreement_id, SIGNED) if is_kept_as_signed else None
    return PrintedFile(_name(case.agreement), kept.content if kept else _version(case))


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
    documents.store(agreement_id, SIGNED, _name(case.agreement), PDF, final.content)
    if final.seal is not None and certificate is not None:
        seals.add(final.content, final.seal, certificate, case.version.number)
    return True


def _draft(agreement_id: UUID) -> bytes:
    parts = agreement_parts.load(agreement_id)
    content = resolved(parts)
    labels = {
        one.key: parts.text.placeholder(one.key).label for one in parts.kind.placeholders if not one.source
    }
    document = document_of(
        content,
        signatures=(),
        logos=_logos(content),
        labels=labels_in(content["language"]),
        state=Standing(Status.DRAFT, open_fields=labels),
        created=parts.agreement.changed_at,
    )
    return render_pdf(document)


def _version(case: Case, evidence: Evidence | None = None) -> bytes:
    content, version = case.version.content, case.version
    starts_on = case.agreement.starts_on if case.status in SIGNED_BY_ALL else None
    signed = [one.signed_at for one in case.requests if one.signed_at is not None]
    document = document_of(
        content,
        signatures=[_signature(one) for one in case.requests],
        logos=_logos(content),
        labels=labels_in(content["language"]),
        state=Standing(
            case.status,
            version.number,
            version.sha256,
            starts_on,
            signed_sha256=case.requests[0].signed_sha256 if case.is_by_notice else "",
        ),
        created=max((version.frozen_at, *signed)),
        evidence=evidence,
    )
    return render_pdf(document)


def _signature(request: SignatureRequest) -> Signature:
    if request.signed_at is None:
        return Signature(request.party_name)
    at = _local(request.signed_at)
    return Signature(request.party_name, request.signed_name, request.signed_role, at)


def _verify_address() -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/verify"


def _evidence(case: Case, address: str) -> Evidence:
    actors = histories.actors_of("agreement.signed", [one.id for one in case.requests])
    asked = tuple(_asked(one, by_member=actors.get(one.id) == "account") for one in case.requests)
    return Evidence(case.agreement.id, case.version.number, case.version.sha256, asked, address)


def _asked(request: SignatureRequest, *, by_member: bool) -> Asked:
    return Asked(
        party=request.party_name,
        name=request.signed_name,
        role=request.signed_role,
        email=request.email,
        asked_at=_local(request.requested_at),
        opened_at=_local(request.opened_at) if request.opened_at else None,
        signed_at=_local(request.signed_at) if request.signed_at else None,
        by_member=by_member,
    )


def _local(at: datetime) -> datetime:
    return clock.local(at, current_tenant().timezone)


def _logos(content: Mapping[str, Any]) -> dict[str, bytes]:
    """Pictures by fingerprint, as the content names them: a new logo does not change an old text."""
    return documents.contents_of({party["logo"] for party in content["parties"] if party["logo"]})


def _name(agreement: Agreement) -> str:
    words = re.sub(r"[^\w-]+", "-", agreement.title).strip("-_")[:80]
    return f"{words or 'agreement'}.pdf"
