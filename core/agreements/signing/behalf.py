"""A signature that was given on behalf of a signatory, recorded with its authority and the reason."""

from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements.signing import mails
from core.agreements.signing.case import SEND, case_out
from core.agreements.signing.gathering.service import may_sign_in_person
from core.agreements.signing.models import Proof
from core.agreements.signing.signatures import Given, refuse_unless_signable, settle
from core.agreements.ways import Way
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work


def sign_on_behalf(agreement_id: UUID, request_id: UUID, given: Given, *, sha256: str) -> None:
    """Record a signature that somebody gave in a signatory's place; the signatory is told by mail.

    Its proof says why and by which authority. Raises Conflict when the signatory cannot sign now.
    """
    member = access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        request = case.request(request_id)
        if not may_sign_in_person(case, request):
            raise Conflict(
                "behalf.not_now",
                _("This person has answered already, does not sign, or it is not their turn."),
            )
        refuse_unless_signable(request, case, sha256)
        given.proof.witness_id, request.revoked_at = member.account_id, None
        settle(case, request, given)
        mails.tell_of_behalf(case.agreement, request, given.proof.reason, given.proof.authority)


def given_on_behalf(typed: dict[str, str]) -> Given:
    """A signature on behalf of somebody, as it was typed."""
    proof = Proof(place=typed["place"], reason=typed["reason"], authority=typed["authority"])
    return Given(typed["name"], typed["role"], Way.BEHALF, proof)
