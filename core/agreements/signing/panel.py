"""How the signing of an agreement stands, for its own page and for a panel on the agreement's page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.drafts.completeness import Missing, missing_in
from core.agreements.looking import looked
from core.agreements.models import SignatureRequest
from core.agreements.printing.service import FinalState, final_state
from core.agreements.signing.case import Case, find_case, today
from core.agreements.signing.providers.standing import ServiceStanding, service_standing
from core.agreements.signing.states import (
    OPEN,
    TAGS,
    RequestStatus,
    is_waited_for,
    request_status,
    title_of,
    was_just_mailed,
)
from core.agreements.states import EDITABLE, SIGNED_BY_ALL, Status, status_of
from core.agreements.ways import PARTS, WAYS, Part, Way
from core.kernel import clock
from core.tenancy.service import current_tenant
from core.web.forms import FormState
from core.web.languages import current_language


@dataclass(frozen=True)
class SignatureLine:
    """What one person was asked for. `title` and `tag` are words and look of its status, `at` since when.

    `part` says in words what somebody does who does not sign, `way` how it was signed. `may_record` says
    whether the reader may record a signature that was given in another way than by the link.
    """

    request_id: UUID
    party_name: str
    name: str
    role: str
    email: str
    title: str
    tag: str
    at: datetime
    expires_at: datetime
    reminded_at: datetime | None
    reason: str
    may_remind: bool
    may_revoke: bool
    may_renew: bool
    is_mine: bool
    turn: int = 1
    part: str = ""
    way: str = ""
    may_record: bool = False


@dataclass(frozen=True)
class Panel:
    """What `agreements/signing/panel.html` shows.

    `missing` is what keeps a draft from being sent, `is_confirmed` whether the tenant may send at all,
    `may_send` whether the reader's role does. `final` is the final PDF of what all have signed.
    `form` is the form of cancelling as it was typed, `sending` that of sending.
    """

    agreement_id: UUID
    title: str
    status: Status
    version: int
    sent_at: datetime | None
    lines: tuple[SignatureLine, ...]
    missing: tuple[Missing, ...]
    is_confirmed: bool
    may_send: bool
    can_be_sent: bool
    can_be_withdrawn: bool
    can_be_cancelled: bool
    cancel_reason: str
    waits_for_me: bool
    final: FinalState | None = None
    service: ServiceStanding | None = None
    form: FormState = field(default_factory=FormState)
    sending: FormState = field(default_factory=lambda: FormState({"with_code": "on"}))

    @property
    def has_rounds(self) -> bool:
        """Whether some are asked after others."""
        return len({line.turn for line in self.lines}) > 1

    @property
    def can_record(self) -> bool:
        """Whether the reader can record a signature that is given in a meeting, on paper or on behalf."""
        return self.service is None and any(line.may_record for line in self.lines)

    @property
    def can_act(self) -> bool:
        """Whether the reader can do anything about any of the lines."""
        return any(line.may_remind or line.may_revoke or line.may_renew for line in self.lines)


def panel(agreement_id: UUID) -> Panel:
    """How the signing of an agreement stands, in a fixed number of queries. Raises NotFound."""
    member = access.require("agreement:read")
    agreement = reach.find(reach.READ, agreement_id)
    status, case = status_of(agreement, today()), find_case(agreement_id)
    may_send = reach.may("agreement:send", agreement)
    is_out = status is Status.SENT
    requests = sorted(case.people, key=lambda one: one.turn) if case else ()
    looked(agreement_id)
    lines = tuple(line_of(one, member.email, may_act=may_send and is_out) for one in requests)
    return Panel(
        agreement_id=agreement_id,
        title=agreement.title,
        status=status,
        version=case.version.number if case else 0,
        sent_at=case.version.frozen_at if case else None,
        lines=lines,
        missing=tuple(missing_in(agreement_parts.load(agreement_id))) if status in EDITABLE else (),
        is_confirmed=current_tenant().confirmed,
        may_send=may_send,
        can_be_sent=status in EDITABLE,
        can_be_withdrawn=is_out,
        can_be_cancelled=is_out or status in EDITABLE,
        cancel_reason=agreement.cancel_reason,
        waits_for_me=is_out and _waits_for(requests, member.email),
        service=service_standing(case),
        final=_final(case) if case and status in SIGNED_BY_ALL else None,
    )


def line_of(request: SignatureRequest, reader: str = "", *, may_act: bool = False) -> SignatureLine:
    """One request as it is listed; `reader` is the e-mail address of who looks."""
    now = clock.now()
    status, may_mail = request_status(request, now), may_act and bool(request.email)
    return SignatureLine(
        request_id=request.id,
        party_name=request.party_name,
        name=request.signed_name or request.name,
        role=request.signed_role or request.role_title,
        email=request.email,
        title=title_of(request, status).in_language(current_language()),
        tag=TAGS[status],
        at=_since(request, status),
        expires_at=request.expires_at,
        reminded_at=request.reminded_at,
        reason=request.refusal_reason,
        may_remind=may_mail and is_waited_for(request, now) and not was_just_mailed(request, now),
        may_revoke=may_mail and status in OPEN,
        may_renew=may_mail and status is RequestStatus.REVOKED,
        is_mine=bool(reader) and request.email == reader,
        turn=request.turn,
        part="" if request.part == Part.SIGNS else PARTS[Part(request.part)].in_language(current_language()),
        way=WAYS[Way(request.way)].in_language(current_language()) if request.way else "",
        may_record=may_act and request.part == Part.SIGNS and status in OPEN,
    )


def _since(request: SignatureRequest, status: RequestStatus) -> datetime:
    moments = {
        RequestStatus.SIGNED: request.signed_at,
        RequestStatus.APPROVED: request.approved_at,
        RequestStatus.REFUSED: request.refused_at,
        RequestStatus.REVOKED: request.revoked_at,
        RequestStatus.EXPIRED: request.expires_at,
        RequestStatus.OPENED: request.opened_at,
    }
    return moments.get(status) or request.requested_at


def _final(case: Case) -> FinalState | None:
    """The sealed PDF of what is in force; what came by notice has none of its own."""
    return None if case.is_by_notice else final_state(case.signed_agreement_id)


def _waits_for(requests: Iterable[SignatureRequest], email: str) -> bool:
    return any(one.email == email and is_waited_for(one, clock.now()) for one in requests)
