"""Asking people: a request for everybody when an agreement is sent, a link for those whose round has come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.parts import Parts
from core.agreements.signing import mails
from core.agreements.signing.plan import Onlooker, Plan
from core.agreements.signing.states import is_missing
from core.agreements.ways import Part
from core.kernel import clock, sms
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.tenancy.service import current_tenant

LINK_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class IssuedLink:
    """A link that was just mailed. The token lives here and in the mail; only its hash is stored."""

    request_id: UUID
    party_key: str
    email: str
    token: str


def ask_all(parts: Parts, version: Version, plan: Plan) -> list[SignatureRequest]:
    """Write down everybody of a plan, those who sign first; nobody is told yet."""
    signatories = version.content["signatories"]
    ranks = plan.ranks(one["party_key"] for one in signatories)
    people = [
        *(_signatory(parts, version, one, plan, ranks) for one in signatories),
        *(_onlooker(version, one, plan, ranks) for one in plan.onlookers),
    ]
    db.session.add_all(people)
    return people


def _signatory(
    parts: Parts, version: Version, signatory: dict[str, str], plan: Plan, ranks: dict[int, int]
) -> SignatureRequest:
    contact = parts.signatory(signatory["party_key"])
    request = _request(version, Part.SIGNS, ranks[plan.turns.get(signatory["party_key"], 1)], plan)
    request.party_key, request.party_name = signatory["party_key"], signatory["party_name"]
    request.name, request.role_title = signatory["name"], signatory["role_title"]
    request.email = signatory["email"].casefold()
    request.phone = sms.normalised(contact.phone, current_tenant().country) or "" if contact else ""
    return request


def _onlooker(version: Version, person: Onlooker, plan: Plan, ranks: dict[int, int]) -> SignatureRequest:
    turn = ranks[person.turn] if person.part is Part.APPROVES else 1
    request = _request(version, person.part, turn, plan)
    request.party_key = request.party_name = ""
    request.name, request.role_title, request.email = person.name, person.role, person.email.casefold()
    return request


def _request(version: Version, part: Part, turn: int, plan: Plan) -> SignatureRequest:
    """A request that nobody has been told of: the token behind its hash is known to nobody."""
    return SignatureRequest(
        id=new_id(),
        agreement_id=version.agreement_id,
        version_id=version.id,
        part=part.value,
        turn=turn,
        needs_code=plan.with_code and part is Part.SIGNS,
        token_hash=token_hash(new_token()),
        requested_at=clock.now(),
        invited_at=None,
        expires_at=clock.now() + LINK_LASTS,
    )


def invite_due(agreement: Agreement, people: Iterable[SignatureRequest]) -> list[IssuedLink]:
    """Mail a link to everybody whose round has begun and who has none; nobody twice."""
    people = list(people)
    turn = current_turn(people)
    return [
        _invite(agreement, one) for one in _uninvited(people) if one.part == Part.SEES or one.turn <= turn
    ]


def _uninvited(people: Iterable[SignatureRequest]) -> Iterator[SignatureRequest]:
    return (one for one in people if one.invited_at is None and one.revoked_at is None)


def current_turn(people: Iterable[SignatureRequest]) -> int:
    """The round that waits for answers; 0 when nobody is missing any longer."""
    return min((one.turn for one in people if is_missing(one)), default=0)


def _invite(agreement: Agreement, request: SignatureRequest) -> IssuedLink:
    token = renew_token(request)
    request.invited_at = request.requested_at = clock.now()
    mails.ask(agreement, request, token)
    return issued(request, token)


def issued(request: SignatureRequest, token: str) -> IssuedLink:
    """A link that goes to somebody."""
    return IssuedLink(request.id, request.party_key, request.email, token)


def renew_token(request: SignatureRequest) -> str:
    """Give a request a new link, so that the one before stops."""
    token = new_token()
    request.token_hash, request.opened_at = token_hash(token), None
    request.expires_at = clock.now() + LINK_LASTS
    return token
