"""The verbs of whoever looks after a list of contacts: change, name a deputy, confirm, take or decline."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements.contacts.bounces import settle
from core.agreements.contacts.finding import WRITE, held
from core.agreements.contacts.models import ContactCheck, ContactDeputy
from core.agreements.contacts.people import cover_of
from core.agreements.contacts.state import Known, keep_when_all_confirmed, known
from core.agreements.models import Contact
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Details:
    """What a list says of a contact."""

    name: str
    role_title: str
    email: str
    phone: str


@dataclass(frozen=True)
class Cover:
    """Who stands in, by key or as typed, and when the contact is absent."""

    deputy_key: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    absent_from: date | None = None
    absent_until: date | None = None


def change(agreement_id: UUID, key: str, details: Details) -> None:
    """Write down other details of a contact, as its party has told; the signed text stays as it is.

    Raises NotFound, Refused or Conflict.
    """
    member = access.require(WRITE)
    with unit_of_work():
        _agreement, one = held(agreement_id, key)
        apply_details(one.listed.row, details, member.account_id)
        _note_confirmed(one, member.account_id)
        keep_when_all_confirmed(agreement_id, member.account_id)


def apply_details(contact: Contact, details: Details, by: UUID | None) -> None:
    """Let a contact have other details, in the caller's unit of work; tasks about an old address are done."""
    changed = [name for name, value in asdict(details).items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, getattr(details, name))
    if changed:
        audit.record("contact.changed", "contact", contact.id, fields=changed)
    if "email" in changed:
        settle(contact, by)


def confirm(agreement_id: UUID, key: str) -> None:
    """Write down that a contact is right, heard by telephone or at a meeting. Raises as `change`."""
    member = access.require(WRITE)
    with unit_of_work():
        _agreement, one = held(agreement_id, key)
        _note_confirmed(one, member.account_id)
        audit.record("contact.confirmed", "contact", one.listed.row.id)
        keep_when_all_confirmed(agreement_id, member.account_id)


def _note_confirmed(one: Known, by: UUID) -> None:
    now = clock.now()
    db.session.add(
        ContactCheck(
            id=new_id(),
            agreement_id=one.listed.row.agreement_id,
            contact_id=one.listed.row.id,
            asked_at=now,
            expires_at=now,
            confirmed_at=now,
            confirmed_by=by,
        )
    )


def cover(agreement_id: UUID, key: str, wanted: Cover) -> None:
    """Say who stands in for a contact, and when it is absent. Raises as `change`, or Invalid."""
    access.require(WRITE)
    with unit_of_work():
        _agreement, one = held(agreement_id, key)
        _refuse_unfit(one, wanted)
        row = cover_of(one.listed.row.id)
        if row is None:
            row = ContactDeputy(id=new_id(), agreement_id=agreement_id, contact_id=one.listed.row.id)
            db.session.add(row)
        typed = asdict(wanted)
        if wanted.deputy_key:
            typed |= {"name": "", "email": "", "phone": ""}
        for name, value in typed.items():
            setattr(row, name, value)
        audit.record("contact.covered", "contact", one.listed.row.id, fields=["deputy", "absent_from"])


def _refuse_unfit(one: Known, wanted: Cover) -> None:
    keys = {other.listed.row.key for other in known(one.listed.row.agreement_id)} - {one.listed.row.key}
    if wanted.deputy_key and wanted.deputy_key not in keys:
        wrong = _("Choose one of the contacts on the list.")
        raise Invalid("contact.no_deputy", wrong, {"deputy_key": wrong})
    if (wanted.email or wanted.phone) and not (wanted.name or wanted.deputy_key):
        wrong = _("Write the deputy's name as well.")
        raise Invalid("contact.no_deputy_name", wrong, {"deputy_name": wrong})
    if wanted.absent_until and not wanted.absent_from:
        wrong = _("Choose the first day of the absence.")
        raise Invalid("contact.no_first_day", wrong, {"absent_from": wrong})
    if wanted.absent_from and wanted.absent_until and wanted.absent_until < wanted.absent_from:
        wrong = _("Choose a last day that is not before the first one.")
        raise Invalid("contact.ends_before", wrong, {"absent_until": wrong})


def decide(agreement_id: UUID, check_id: UUID, *, take: bool) -> None:
    """Take what a contact proposes into the list, or decline it. Twice is the same as once.

    Raises NotFound, Refused, or Conflict when the agreement is not in force or a newer proposal has come.
    """
    member = access.require(WRITE)
    with unit_of_work():
        check, one = _proposed(agreement_id, check_id)
        if check.decided_at is not None:
            return
        if one.proposal is not check:
            raise Conflict("contact.newer", _("A newer answer has come from this contact. Look at that one."))
        check.decided_at, check.decided_by, check.taken = clock.now(), member.account_id, take
        if take:
            wanted = Details(
                check.proposed_name, check.proposed_role, check.proposed_email, check.proposed_phone
            )
            apply_details(one.listed.row, wanted, member.account_id)
        action = "contact.proposal_taken" if take else "contact.proposal_declined"
        audit.record(action, "contact", one.listed.row.id)
        keep_when_all_confirmed(agreement_id, member.account_id)


def _proposed(agreement_id: UUID, check_id: UUID) -> tuple[ContactCheck, Known]:
    query = (
        select(ContactCheck, Contact.key)
        .join(
            Contact,
            (Contact.id == ContactCheck.contact_id) & (Contact.tenant_id == ContactCheck.tenant_id),
        )
        .where(
            ContactCheck.id == check_id,
            ContactCheck.agreement_id == agreement_id,
            ContactCheck.proposed_at.is_not(None),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound("contact.no_proposal", _("We cannot find this proposal."))
    _agreement, one = held(agreement_id, row.key)
    return row.ContactCheck, one
