"""What a signatory's page shows: the whole text, who signs, and how far the others are."""

from dataclasses import dataclass, field

from core.agreements.annexes.start import start_of
from core.agreements.models import SignatureRequest
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading, reading_of
from core.agreements.printing.service import FinalState, final_state
from core.agreements.signing.case import Case
from core.agreements.signing.panel import SignatureLine, line_of
from core.agreements.signing.people import Person, adviser_of
from core.agreements.states import SIGNED_BY_ALL
from core.tenancy.service import current_tenant
from core.web.forms import FormState


@dataclass(frozen=True)
class Addresses:
    """Where the page's forms and its download lead; they differ for a link and for a member."""

    sign: str
    refuse: str
    pdf: str


@dataclass(frozen=True)
class SigningPage:
    """The context of `agreements/signing/page.html`.

    `mine` is the reader's own line, `others` those of the other parties; `form` and `refusal` are its forms,
    `final` is the final PDF of what all have signed.
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
    in_force: bool
    final: FinalState | None
    addresses: Addresses
    form: FormState = field(default_factory=FormState)
    refusal: FormState = field(default_factory=FormState)


def page_of(case: Case, request: SignatureRequest, addresses: Addresses) -> SigningPage:
    """The page of one request, with name and role filled in from the agreement."""
    labels = labels_in(case.version.content["language"])
    return SigningPage(
        reading=reading_of(case.version.content, labels, start=start_of(case.agreement.starts_on)),
        version=case.version.number,
        sha256=case.version.sha256,
        mine=line_of(request),
        others=tuple(line_of(one) for one in case.requests if one is not request),
        adviser=adviser_of(case.agreement),
        tenant=current_tenant().name,
        is_signed=request.signed_at is not None,
        is_refused=request.refused_at is not None,
        in_force=case.status in SIGNED_BY_ALL,
        final=final_state(case.agreement.id) if case.status in SIGNED_BY_ALL else None,
        addresses=addresses,
        form=FormState({"name": request.name, "role": request.role_title}),
    )
