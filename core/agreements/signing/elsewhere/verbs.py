"""What people do about a version that is signed at a service: go there, try again, fetch its files."""

from urllib.parse import urlsplit
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import reach
from core.agreements.looking import looked
from core.agreements.signing.case import SEND, case_out
from core.agreements.signing.elsewhere.finding import provider_of
from core.agreements.signing.keys import Key
from core.agreements.signing.providers.access import access_to
from core.agreements.signing.providers.calling import call
from core.agreements.signing.providers.files import file_of
from core.agreements.signing.providers.port import HAND_OVER, envelope_for
from core.agreements.signing.providers.standing import service_of
from core.agreements.signing.providers.states import ON_THE_WAY, envelope_status
from core.agreements.signing.signatures import look
from core.agreements.ways import Part
from core.documents.service import FileCard
from core.kernel import audit, jobs
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import ServiceDownError, ServiceRefusedError


def way_to_service(key: Key) -> tuple[str, str]:
    """Where whoever has a key signs, and what the service is called; "" when the service writes to them.

    Raises NotFound or Gone as the link does, and Conflict when there is nothing to sign there or the
    service does not answer.
    """
    case, request = look(key)
    envelope = envelope_for(case.version.id)
    is_answered = request.part != Part.SIGNS or request.signed_at or request.refused_at
    if envelope is None or not envelope.reference or is_answered:
        raise Conflict("signing_provider.nothing", _("There is nothing for you to sign at a service now."))
    try:
        steps = provider_of(envelope).steps
        address = call(steps.link, envelope.reference, str(request.id), access_to(envelope.provider))
    except (ServiceDownError, ServiceRefusedError) as error:
        raise _silent() from error
    if address and urlsplit(address).scheme != "https":
        raise _silent()
    return address, service_of(case)


def _silent() -> Conflict:
    return Conflict(
        "signing_provider.silent",
        _("The service does not answer just now. Nothing is lost: use the link in your mail again later."),
    )


def try_again(agreement_id: UUID) -> None:
    """Ask the service now to take a version that it did not take. Raises Conflict when it has it."""
    access.require(SEND)
    with unit_of_work():
        case = case_out(agreement_id)
        envelope = envelope_for(case.version.id)
        if envelope is None or envelope_status(envelope) not in ON_THE_WAY:
            raise Conflict("signing_provider.there", _("The service has the agreement already."))
        envelope.trouble = ""
        jobs.defer(HAND_OVER, envelope_id=str(envelope.id))
        audit.record("agreement.handing_over_tried", "agreement", agreement_id)


def service_file(agreement_id: UUID, file_id: UUID) -> tuple[FileCard, bytes]:
    """A file that a service has made, for whoever may read the agreement. Raises NotFound."""
    access.require(reach.READ)
    reach.find(reach.READ, agreement_id)
    looked(agreement_id)
    return file_of(agreement_id, file_id)
