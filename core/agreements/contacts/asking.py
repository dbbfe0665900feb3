"""Asking contacts whether everything is right: by hand, or when the promise to confirm the list comes up."""

from datetime import timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.contacts import mails
from core.agreements.contacts.bounces import settle_corrected
from core.agreements.contacts.finding import WRITE, held
from core.agreements.contacts.models import ContactCheck
from core.agreements.contacts.state import Known, known
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import IN_FORCE, status_of
from core.kernel import audit, clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.obligations import keeping
from core.obligations.keeping import Promised
from core.obligations.states import CONTACT_LIST
from core.tenancy.service import current_tenant, every_tenant

EVERYWHERE, IN_TENANT = "agreements.ask_contacts_everywhere", "agreements.ask_contacts"
BEFORE = timedelta(days=14)
"""How long before the promised day the contacts are asked by themselves."""
LINK_LASTS = timedelta(days=45)
MOST_IN_ONE_RUN = 200


@jobs.job(EVERYWHERE, cron="30 5 * * *")
def ask_everywhere() -> None:
    """Each morning: one job for each tenant that may write to others."""
    tenants = [card for card in every_tenant("ask contacts whether they are right") if card.may_send]
    with unit_of_work():
        for tenant in tenants:
            jobs.defer(IN_TENANT, tenant_id=str(tenant.id))


@jobs.job(IN_TENANT)
def ask_in_tenant() -> None:
    """Ask everybody whose list comes up, once for each promise; a second run on the same day asks nobody."""
    with unit_of_work():
        settle_corrected()
    for promise in keeping.open_until(CONTACT_LIST, today() + BEFORE, MOST_IN_ONE_RUN):
        with unit_of_work():
            _ask_for(promise)


def _ask_for(promise: Promised) -> None:
    agreement = agreement_parts.find(promise.subject_id, lock=True)
    if status_of(agreement, today()) not in IN_FORCE:
        return
    for one in known(agreement.id):
        was_asked = any(check.obligation_id == promise.id for check in one.checks)
        if one.listed.row.email and not one.unreached and not was_asked:
            _ask(agreement, one, promise.id)


def ask(agreement_id: UUID, key: str) -> str:
    """Send one contact the link now; gives its token. Raises NotFound, Refused or Conflict."""
    access.require(WRITE)
    if not current_tenant().may_send:
        raise Refused(
            "contact.may_not_send",
            _("Your organisation is not confirmed yet, so nothing can be sent to others."),
        )
    with unit_of_work():
        agreement, one = held(agreement_id, key)
        if not one.listed.row.email:
            raise Conflict("contact.no_address", _("This contact has no e-mail address yet."))
        promise = keeping.next_of(agreement_id, CONTACT_LIST)
        is_near = promise is not None and promise.due_on <= today() + BEFORE
        return _ask(agreement, one, promise.id if promise and is_near else None)


def _ask(agreement: Agreement, one: Known, obligation_id: UUID | None) -> str:
    token, contact = new_token(), one.listed.row
    check = ContactCheck(
        id=new_id(),
        agreement_id=agreement.id,
        contact_id=contact.id,
        obligation_id=obligation_id,
        email=contact.email,
        token_hash=token_hash(token),
        asked_at=clock.now(),
        expires_at=clock.now() + LINK_LASTS,
    )
    db.session.add(check)
    mails.ask_whether_right(agreement, one.listed, check, token)
    audit.record("contact.asked", "contact", contact.id)
    return token


def may_ask(agreement: Agreement) -> bool:
    """Whether the member may ask the contacts of an agreement."""
    return current_tenant().may_send and reach.may(WRITE, agreement)
