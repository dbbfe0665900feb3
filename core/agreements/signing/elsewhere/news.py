"""Taking in what a service tells: each piece of news once, in an order that can be, one at a time."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements.models import SignatureRequest
from core.agreements.signing.case import Case, open_case
from core.agreements.signing.elsewhere.mails import tell_adviser_of_end
from core.agreements.signing.inviting import current_turn
from core.agreements.signing.models import Proof
from core.agreements.signing.providers.catalogue import title_of
from core.agreements.signing.providers.models import EnvelopeNews, SentEnvelope
from core.agreements.signing.signatures import Given, refuse_unless_open, settle, take_refusal
from core.agreements.signing.states import OPEN, request_status
from core.agreements.states import Status
from core.agreements.ways import Part, Way
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import Happened, News
from core.web.languages import in_language

READ: Final = "agreements.read_envelope"
COLLECT: Final = "agreements.collect_signed_files"
ABOUT_THE_WHOLE: Final = frozenset({Happened.COMPLETED, Happened.EXPIRED, Happened.FAILED})
LONGEST_ID: Final = 200


def take(provider: str, news: Sequence[News]) -> bool:
    """Take in what a call told; whether anything of it was not known yet.

    Raises NotFound for an envelope or a person that the tenant in scope has not, and Conflict for what
    cannot have happened in this order; then the service is asked how everything stands.
    """
    is_new = False
    for one in news:
        envelope = _known(provider, one.reference)
        if one.happened is Happened.CHANGED:
            _ask_soon(envelope)
            continue
        try:
            is_new |= _take_one(envelope, one)
        except Conflict:
            _ask_soon(envelope)
            raise
    return is_new


def _ask_soon(envelope: SentEnvelope) -> None:
    with unit_of_work():
        jobs.defer(READ, envelope_id=str(envelope.id))


def take_progress(envelope: SentEnvelope, news: Sequence[News]) -> None:
    """Take in what the service says when it is asked; what cannot be is left for the next time."""
    for one in news:
        try:
            _take_one(envelope, one)
        except (Conflict, Invalid, NotFound):
            continue


def _known(provider: str, reference: str) -> SentEnvelope:
    query = select(SentEnvelope).where(SentEnvelope.provider == provider, SentEnvelope.reference == reference)
    found = db.session.scalar(query.limit(1)) if reference else None
    if found is None:
        raise NotFound("signing_callback.unknown", _("Nothing was handed over under this reference."))
    return found


def _take_one(envelope: SentEnvelope, one: News) -> bool:
    if not 0 < len(one.id) <= LONGEST_ID:
        raise Invalid("signing_callback.no_id", _("News needs an id of at most 200 characters."))
    with unit_of_work():
        case = open_case(envelope.agreement_id, lock=True)
        db.session.refresh(envelope)
        if _is_taken(envelope.id, one.id):
            return False
        if one.happened in ABOUT_THE_WHOLE:
            _about_the_whole(case, envelope, one)
        else:
            _about_one(case, envelope, one)
        db.session.add(
            EnvelopeNews(
                id=new_id(),
                envelope_id=envelope.id,
                news_id=one.id,
                happened=one.happened.value,
                happened_at=one.at,
            )
        )
        return True


def _is_taken(envelope_id: UUID, news_id: str) -> bool:
    query = select(EnvelopeNews.id).where(
        EnvelopeNews.envelope_id == envelope_id, EnvelopeNews.news_id == news_id
    )
    return db.session.scalar(query) is not None


def _about_one(case: Case, envelope: SentEnvelope, one: News) -> None:
    request = next((row for row in case.requests if str(row.id) == one.signatory), None)
    if request is None:
        raise NotFound("signing_callback.nobody", _("Nobody was handed over under this name."))
    if _is_known_of(request, one.happened):
        return
    _refuse_unless_possible(case, envelope, request)
    if one.happened is Happened.SIGNED:
        _signed(case, request, envelope, one)
    elif one.happened is Happened.REFUSED:
        _refused(case, request, envelope, one)
    else:
        request.opened_at = one.at


def _is_known_of(request: SignatureRequest, happened: Happened) -> bool:
    moments = {
        Happened.OPENED: request.opened_at or request.signed_at,
        Happened.SIGNED: request.signed_at,
        Happened.REFUSED: request.refused_at,
    }
    return moments[happened] is not None


def _refuse_unless_possible(case: Case, envelope: SentEnvelope, request: SignatureRequest) -> None:
    """Only whose turn it is can have answered, and only of a version that is still out.

    A link that the adviser has revoked may have reached somebody else, so it waits for a new one.
    """
    is_out = case.status is Status.SENT and case.version.id == envelope.version_id
    if not is_out or envelope.stop_asked_at is not None:
        raise Conflict(
            "signing_callback.over", _("This version is not out for signing any longer. Nothing was noted.")
        )
    is_open = request_status(request, clock.now()) in OPEN
    if not is_open or request.turn != current_turn(case.people):
        raise _out_of_order()


def _out_of_order() -> Conflict:
    return Conflict(
        "signing_callback.out_of_order",
        _("This cannot have happened yet. Nothing was noted; we ask how everything stands."),
    )


def _signed(case: Case, request: SignatureRequest, envelope: SentEnvelope, one: News) -> None:
    refuse_unless_open(request, case, case.version.sha256)
    proof = Proof(
        service=title_of(envelope.provider, case.agreement.language)[:120],
        service_reference=envelope.reference,
        service_method=one.method[:80],
        service_sha256=envelope.sha256,
        service_signed_at=one.at,
    )
    name = (one.name or request.name)[:160]
    settle(case, request, Given(name, request.role_title, Way.SERVICE, proof))


def _refused(case: Case, request: SignatureRequest, envelope: SentEnvelope, one: News) -> None:
    with in_language(case.agreement.language):
        service = title_of(envelope.provider, case.agreement.language)
        reason = one.reason.strip() or gettext("Refused at %(service)s, without a reason.", service=service)
    take_refusal(case, request, reason[:1000])


def _about_the_whole(case: Case, envelope: SentEnvelope, one: News) -> None:
    if one.happened is Happened.COMPLETED:
        if envelope.completed_at is None:
            _completed(envelope)
        return
    if envelope.completed_at is not None:
        raise _out_of_order()
    if envelope.ended_at is None:
        envelope.ended_at, envelope.ended_as = clock.now(), one.happened.value
        if envelope.stop_asked_at is None:
            tell_adviser_of_end(case.agreement, envelope)


def _completed(envelope: SentEnvelope) -> None:
    rows = db.session.scalars(
        select(SignatureRequest).where(
            SignatureRequest.version_id == envelope.version_id, SignatureRequest.part == Part.SIGNS
        )
    )
    if any(row.signed_at is None for row in rows):
        raise _out_of_order()
    envelope.completed_at = clock.now()
    jobs.defer(COLLECT, envelope_id=str(envelope.id))
