"""The verbs of a meeting on one device: open it, sign at it, end it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements.models import SignatureRequest
from core.agreements.signing.case import SEND, Case, case_out, open_case
from core.agreements.signing.inviting import current_turn
from core.agreements.signing.models import Gathering, Proof
from core.agreements.signing.signatures import Given, refuse_unless_signable, settle
from core.agreements.signing.states import OPEN, RequestStatus, request_status
from core.agreements.states import SIGNED_BY_ALL, Status
from core.agreements.ways import Part, Way
from core.kernel import audit, clock
from core.kernel.audit import Actor
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, NotFound
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work

LASTS: Final = timedelta(hours=2)


@dataclass(frozen=True)
class Table:
    """What lies on the table: the meeting, the version that is signed, and who is the witness."""

    gathering: Gathering
    case: Case
    witness: str

    def may_sign(self, request: SignatureRequest) -> bool:
        """Whether somebody can sign now: it is their turn and they have not answered."""
        return may_sign_in_person(self.case, request)


def may_sign_in_person(case: Case, request: SignatureRequest) -> bool:
    """Whether somebody can sign before a witness; a link that was revoked does not matter then.

    A version that is at a service is signed there alone.
    """
    wanted = OPEN | {RequestStatus.REVOKED}
    is_open = case.status is Status.SENT and request_status(request, clock.now()) in wanted
    is_open = is_open and not case.version.provider
    return is_open and request.part == Part.SIGNS and request.turn == current_turn(case.people)


def begin(agreement_id: UUID, place: str) -> str:
    """Open a meeting with the signed-in member as its witness; gives the token of its page.

    An earlier meeting about the agreement ends. Raises Conflict when nobody can sign now.
    """
    member = access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        if not any(may_sign_in_person(case, one) for one in case.requests):
            raise Conflict(
                "gathering.nobody", _("Nobody can sign now: those whose turn it is do not sign, but approve.")
            )
        _end_others(agreement_id)
        token = new_token()
        gathering = Gathering(
            id=new_id(),
            agreement_id=agreement_id,
            version_id=case.version.id,
            witness_id=member.account_id,
            place=place,
            token_hash=token_hash(token),
            expires_at=clock.now() + LASTS,
        )
        db.session.add(gathering)
        audit.record("agreement.gathering_opened", "agreement", agreement_id)
    return token


def _end_others(agreement_id: UUID) -> None:
    query = select(Gathering).where(Gathering.agreement_id == agreement_id, Gathering.ended_at.is_(None))
    for one in db.session.scalars(query):
        one.ended_at = clock.now()


def table_of(token: str, *, lock: bool = False) -> Table:
    """What the page of a meeting shows. Raises NotFound, or Gone when the meeting is over."""
    query = select(Gathering).where(Gathering.token_hash == token_hash(token))
    gathering = db.session.scalar(query)
    if gathering is None:
        raise NotFound("gathering.not_found", _("We cannot find this meeting."))
    case = open_case(gathering.agreement_id, lock=lock)
    _refuse_unless_open(gathering, case)
    return Table(gathering, case, access.names_of([gathering.witness_id]).get(gathering.witness_id, ""))


def _refuse_unless_open(gathering: Gathering, case: Case) -> None:
    is_over = gathering.ended_at is not None or gathering.expires_at <= clock.now()
    is_other = gathering.version_id != case.version.id
    if is_over or is_other or case.status not in {Status.SENT, *SIGNED_BY_ALL}:
        raise Gone(
            "gathering.over",
            _("This meeting is over. Whoever opened it can sign in and open a new one."),
        )


def sign_at(token: str, request_id: UUID, *, name: str, role: str, sha256: str) -> None:
    """Sign in a meeting; twice is the same as once. Raises NotFound, Gone or Conflict."""
    with unit_of_work():
        table = table_of(token, lock=True)
        request = table.case.request(request_id)
        if request.signed_at is not None:
            return
        if not table.may_sign(request):
            raise Conflict("gathering.not_yet", _("It is not this person's turn to sign."))
        refuse_unless_signable(request, table.case, sha256)
        witness, place = table.gathering.witness_id, table.gathering.place
        request.revoked_at = None
        with audit.acting_as(Actor("account", witness)):
            settle(
                table.case, request, Given(name, role, Way.MEETING, Proof(place=place, witness_id=witness))
            )


def end(token: str) -> None:
    """End a meeting; its page opens nothing any longer."""
    with unit_of_work():
        gathering = table_of(token, lock=True).gathering
        gathering.ended_at = clock.now()
        with audit.acting_as(Actor("account", gathering.witness_id)):
            audit.record("agreement.gathering_ended", "agreement", gathering.agreement_id)
