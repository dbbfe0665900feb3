"""What a signatory's page shows: the whole text, who signs, and how far the others are."""

from dataclasses import dataclass, field

from core.agreements.annexes.start import start_of
from core.agreements.changes import Changes, changes_between
from core.agreements.models import SignatureRequest
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading, reading_of
from core.agreements.printing.service import FinalState, final_state
from core.agreements.signing import codes
from core.agreements.signing.case import AMENDABLE, Case, base_of, in_force, today
from core.agreements.signing.keys import Key
from core.agreements.signing.panel import SignatureLine, line_of
from core.agreements.signing.people import Person, adviser_of
from core.agreements.signing.providers.standing import service_of
from core.agreements.states import SIGNED_BY_ALL, status_of
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
    revision: str = ""


@dataclass(frozen=True)
class SigningPage:
    """The context of `agreements/signing/page.html`.

    `mine` is the reader's own line, `others` those of the other parties; `form` and `refusal` are its forms,
    `final` is the final PDF of what all have signed. `part` is what the reader does. `needs_code` says that
    a code is asked for, and `code_way` by which way one was sent that works now. `service` is at which
    service one signs, "" for here. `changes` are those of an amendment, against what was signed before.
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
    changes: Changes | None = None
    form: FormState = field(default_factory=FormState)
    refusal: FormState = field(default_factory=FormState)
    may_ask: bool = False

    @property
    def revision_url(self) -> str:
        """Where whoever has signed asks for a revision, while the agreement is in force."""
        return self.addresses.revision if self.may_ask else ""


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
        changes=_changes(case),
        may_ask=_may_ask(case),
        form=FormState({"name": request.name, "role": request.role_title}),
    )


def _changes(case: Case) -> Changes | None:
    """What an amendment changes of what applies, until it is taken up."""
    base = base_of(case.agreement) if case.agreement.taken_up_at is None else None
    if base is None:
        return None
    content = case.version.content
    return changes_between(in_force(base), content, labels_in(content["language"]))


def _may_ask(case: Case) -> bool:
    is_taken_up = case.agreement.taken_up_at is not None
    agreement = base_of(case.agreement) if is_taken_up else case.agreement
    return agreement is not None and status_of(agreement, today()) in AMENDABLE
