"""What a contact does by the personal link: look, confirm by one click, or say what has changed."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.contacts import mails
from core.agreements.contacts.changing import Details
from core.agreements.contacts.models import ContactCheck
from core.agreements.contacts.people import Listed, listed
from core.agreements.contacts.state import keep_when_all_confirmed
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.signing.people import adviser_of
from core.agreements.states import IN_FORCE, status_of
from core.kernel import audit, clock
from core.kernel.audit import Actor
from core.kernel.database import db
from core.kernel.errors import Gone, NotFound
from core.kernel.tokens import token_hash
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

SHOWN = ("name", "email", "phone")
LINK = "contact_link"
"""The kind of actor that holds such a link."""


@dataclass(frozen=True)
class Asked:
    """What a contact sees: its own details as the list has them today."""

    check: ContactCheck
    listed: Listed
    agreement: Agreement


def open_link(token: str) -> Asked:
    """What a link holds; opening it confirms nothing. Raises NotFound, or Gone with whom to ask."""
    found = _found(token)
    with audit.acting_as(Actor(LINK, found.listed.row.id)):
        audit.looked_at("contact", found.listed.row.id, fields=SHOWN)
        if found.check.opened_at is None:
            with unit_of_work():
                found.check.opened_at = clock.now()
                audit.record("contact.opened", "contact", found.listed.row.id)
    return found


def confirm(token: str) -> None:
    """Say that everything is right. Raises NotFound or Gone."""
    with unit_of_work():
        found = _found(token, lock=True)
        check = found.check
        with audit.acting_as(Actor(LINK, found.listed.row.id)):
            if check.confirmed_at is None:
                check.confirmed_at = clock.now()
                audit.record("contact.confirmed", "contact", found.listed.row.id)
                keep_when_all_confirmed(found.agreement.id, None)


def propose(token: str, details: Details) -> None:
    """Say what has changed; the adviser decides. Without a change it confirms. Raises as `confirm`."""
    row = _found(token).listed.row
    if details == Details(row.name, row.role_title, row.email, row.phone):
        confirm(token)
        return
    with unit_of_work():
        found = _found(token, lock=True)
        check = found.check
        with audit.acting_as(Actor(LINK, found.listed.row.id)):
            check.proposed_at, check.decided_at, check.taken = clock.now(), None, None
            check.proposed_name, check.proposed_role = details.name, details.role_title
            check.proposed_email, check.proposed_phone = details.email, details.phone
            audit.record(
                "contact.proposed", "contact", found.listed.row.id, fields=["name", "email", "phone"]
            )
            mails.say_proposed(found.agreement, found.listed.row)


def _found(token: str, *, lock: bool = False) -> Asked:
    check = db.session.scalar(select(ContactCheck).where(ContactCheck.token_hash == token_hash(token)))
    if check is None:
        raise _unknown_link()
    agreement = agreement_parts.find(check.agreement_id, lock=lock)
    if check.expires_at <= clock.now() or status_of(agreement, today()) not in IN_FORCE:
        raise _gone(agreement)
    return Asked(check, _listed(check.agreement_id, check.contact_id), agreement)


def _listed(agreement_id: UUID, contact_id: UUID) -> Listed:
    found = next((one for one in listed(agreement_id) if one.row.id == contact_id), None)
    if found is None:
        raise _unknown_link()
    return found


def _unknown_link() -> NotFound:
    return NotFound("contact.unknown_link", _("This link is not valid. Check that you copied all of it."))


def _gone(agreement: Agreement) -> Gone:
    adviser = adviser_of(agreement)
    over = gettext("This link does not work any more.")
    ask = gettext(
        "Ask %(name)s (%(email)s) at %(tenant)s.",
        name=adviser.name,
        email=adviser.email,
        tenant=current_tenant().name,
    )
    return Gone("contact.gone", f"{over} {ask}")
