"""An agreement as PDF: a draft as it stands, a version as it was sent, the signed one made once and kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.content import resolved
from core.agreements.looking import looked
from core.agreements.models import Agreement, SignatureRequest
from core.agreements.printing.document import Signature, Standing, document_of
from core.agreements.printing.labels import labels_in
from core.agreements.signing.case import Case, find_case, open_case, today
from core.agreements.states import EDITABLE, SIGNED_BY_ALL, Status, status_of
from core.documents import service as documents
from core.documents.pdf import render_pdf
from core.kernel import clock
from core.tenancy.service import current_tenant

SIGNED = "signed-agreement"
PDF = "application/pdf"


@dataclass(frozen=True)
class PrintedFile:
    """A PDF with the name under which it is saved."""

    name: str
    content: bytes


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
    kept = documents.newest(case.agreement.id, SIGNED) if case.status in SIGNED_BY_ALL else None
    return PrintedFile(_name(case.agreement), kept.content if kept else _version(case))


def keep_signed(agreement_id: UUID) -> bool:
    """Make and keep the signed PDF, inside the caller's unit of work; False when it was kept already.

    The agreement's row is locked, so that two workers make one file.
    """
    case = open_case(agreement_id, lock=True)
    if documents.newest(agreement_id, SIGNED) is not None:
        return False
    documents.store(agreement_id, SIGNED, _name(case.agreement), PDF, _version(case))
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


def _version(case: Case) -> bytes:
    content, version = case.version.content, case.version
    starts_on = case.agreement.starts_on if case.status in SIGNED_BY_ALL else None
    signed = [one.signed_at for one in case.requests if one.signed_at is not None]
    document = document_of(
        content,
        signatures=[_signature(one) for one in case.requests],
        logos=_logos(content),
        labels=labels_in(content["language"]),
        state=Standing(case.status, version.number, version.sha256, starts_on),
        created=max((version.frozen_at, *signed)),
    )
    return render_pdf(document)


def _signature(request: SignatureRequest) -> Signature:
    if request.signed_at is None:
        return Signature(request.party_name)
    at = clock.local(request.signed_at, current_tenant().timezone)
    return Signature(request.party_name, request.signed_name, request.signed_role, at)


def _logos(content: Mapping[str, Any]) -> dict[str, bytes]:
    """Pictures by fingerprint, as the content names them: a new logo does not change an old text."""
    return documents.contents_of({party["logo"] for party in content["parties"] if party["logo"]})


def _name(agreement: Agreement) -> str:
    words = re.sub(r"[^\w-]+", "-", agreement.title).strip("-_")[:80]
    return f"{words or 'agreement'}.pdf"
