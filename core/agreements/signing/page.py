"""What a signatory's page shows: the whole text, who signs, and how far the others are."""

from dataclasses import dataclass, field

from core.agreements.annexes.start import start_of
from core.agreements.models import SignatureRequest
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading, reading_of
from core.agreements.printing.service import FinalState, final_state
from core.agreements.signing import codes
from core.agreements.signing.case import Case
from core.agreements.signing.keys import Key
from core.agreements.signing.panel import SignatureLine, line_of
from core.agreements.signing.people import Person, adviser_of
from core.agreements.signing.providers.standing import service_of
from core.agreements.states import SIGNED_BY_ALL
from core.agreements.ways import Part
from core.tenancy.service import current_tenant
from core.web.forms import FormState


@dataclass(frozen=True)
class Addresses:
    """Where the page's forms and its download lead; they differ for a link and for a member.

    `code` is where a one-time code is asked for, "" where none is needed.
    """

    sign: str
    refuse: str
    pdf: str
    approve: str
    code: str = ""
    service: str = ""


@dataclass(frozen=True)
class SigningPage:
    """The context of `agreements/signing/page.html`.

    `mine` is the reader's own line, `others` those of the other parties; `form` and `refusal` are its forms,
    `final` is the final PDF of what all have signed. `part` is what the reader does. `needs_code` says that
    a code is asked for, and `code_way` by which way one was sent that works now. `service` is at which
    service one signs, "" for here.
    """

    reading: Reading
    version: int
    sha256: str
    mine: SignatureLine
    others: tuple[SignatureLine, ...]
    adviser: Person
    tenant: str
    is_signed: bool
    is_refused: bool
    is_approved: bool
    part: Part
    needs_code: bool
    code_way: str
    in_force: bool
    final: FinalState | None
    addresses: Addresses
    service: str = ""
    form: FormState = field(default_factory=FormState)
    refusal: FormState = field(default_factory=FormState)


def page_of(case: Case, request: SignatureRequest, key: Key, addresses: Addresses) -> SigningPage:
    """The page of one request, with name and role filled in from the agreement."""
    needs_code = codes.is_needed(request, key) and request.signed_at is None
    labels = labels_in(case.version.content["language"])
    return SigningPage(
        reading=reading_of(case.version.content, labels, start=start_of(case.agreement.starts_on)),
        version=case.version.number,
        sha256=case.version.sha256,
        mine=line_of(request),
        others=tuple(line_of(one) for one in case.people if one is not request),
        adviser=adviser_of(case.agreement),
        tenant=current_tenant().name,
        is_signed=request.signed_at is not None,
        is_refused=request.refused_at is not None,
        is_approved=request.approved_at is not None,
        part=Part(request.part),
        needs_code=needs_code,
        code_way=codes.sent_way(request) if needs_code else "",
        in_force=case.status in SIGNED_BY_ALL,
        final=final_state(case.agreement.id) if case.status in SIGNED_BY_ALL else None,
        addresses=addresses,
        service=service_of(case),
        form=FormState({"name": request.name, "role": request.role_title}),
    )
