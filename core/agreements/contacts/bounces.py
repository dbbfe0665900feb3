"""Mail that did not reach a contact: a task for the adviser, until the address is another one."""

import hashlib
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from core.agreements.contacts.models import Undelivered
from core.agreements.models import Agreement, Contact
from core.agreements.signing.case import today
from core.agreements.states import IN_FORCE, Status, status_of
from core.kernel import audit, clock, jobs, mail
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import keeping
from core.web.languages import in_language

TIME_TO_ACT = timedelta(days=7)


@jobs.job(mail.UNDELIVERED)
def note_undelivered(mail_id: str) -> None:
    """Give the adviser of each agreement that names the address a task; the same address gives one task."""
    with unit_of_work():
        email = mail.undelivered_to(UUID(mail_id), current_tenant_id())
        for agreement, contact in _named(email) if email else ():
            note(agreement, contact, email)


def _named(email: str) -> list[tuple[Agreement, Contact]]:
    query = (
        select(Agreement, Contact)
        .join(
            Contact,
            (Contact.agreement_id == Agreement.id) & (Contact.tenant_id == Agreement.tenant_id),
        )
        .where(func.lower(Contact.email) == email)
        .order_by(Contact.id)
    )
    rows = [(row.Agreement, row.Contact) for row in db.session.execute(query)]
    return [pair for pair in rows if status_of(pair[0], today()) in IN_FORCE | {Status.SENT}]


def note(agreement: Agreement, contact: Contact, email: str) -> None:
    """Note that mail does not reach a contact at an address, in the caller's unit of work."""
    with in_language(agreement.language):
        title = _("Mail does not reach %(name)s: find the right address", name=contact.name)
    key = f"mail.{contact.id.hex}.{hashlib.sha256(email.encode()).hexdigest()[:16]}"
    task = keeping.set_task(agreement.id, agreement.title, key, title, today() + TIME_TO_ACT)
    query = select(Undelivered).where(Undelivered.contact_id == contact.id, Undelivered.email == email)
    row = db.session.scalar(query)
    if row is None:
        row = Undelivered(
            id=new_id(), agreement_id=agreement.id, contact_id=contact.id, email=email, obligation_id=task
        )
        db.session.add(row)
    row.noted_at = clock.now()
    audit.record("contact.unreached", "contact", contact.id, fields=["email"])


def settle(contact: Contact, by: UUID | None) -> None:
    """Mark the tasks about addresses that a contact no longer has as done, in the caller's unit of work."""
    query = select(Undelivered).where(
        Undelivered.contact_id == contact.id, Undelivered.email != contact.email.casefold()
    )
    for row in db.session.scalars(query):
        keeping.keep(row.obligation_id, by)


def settle_corrected() -> None:
    """The same for every contact of the tenant, such as those that were corrected in a draft."""
    query = (
        select(Contact)
        .join(
            Undelivered,
            (Undelivered.contact_id == Contact.id) & (Undelivered.tenant_id == Contact.tenant_id),
        )
        .where(func.lower(Contact.email) != Undelivered.email)
        .distinct()
    )
    for contact in db.session.scalars(query):
        settle(contact, None)
