"""Looking at what is kept about one person: find, open, read. Each look is written down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.access.personal.reading import account_ids_of
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.personal import CONTACT, NAME, marked_columns
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import PersonFound, PersonKey, PersonRecord
from core.privacy import asking
from core.privacy.models import Inquiry

MANAGE = "privacy:manage"
SHORTEST_SEARCH = 3
ROUNDS = 4
"""How often what was found may lead to more: an account to its address, an address to a name."""


@dataclass(frozen=True)
class Everything:
    """A person by all that was found of him or her, and the records."""

    who: PersonKey
    records: tuple[PersonRecord, ...]


def search(text: str) -> list[PersonFound]:
    """People whose name or address contains a text. Raises Invalid for fewer than three letters."""
    access.require(MANAGE)
    wanted = text.strip()
    if len(wanted) < SHORTEST_SEARCH:
        short = _("Write at least three letters of the name or the address.")
        raise Invalid("privacy.short_search", short, {"text": short})
    found = asking.people(wanted)
    with unit_of_work():
        audit.record("privacy.searched", "tenant", current_tenant_id(), fields=["name", "email"])
    return found


def open_inquiry(who: PersonKey) -> UUID:
    """Begin to look at a person; gives the inquiry's id. Raises Invalid when nothing is kept here."""
    member = access.require(MANAGE)
    found = everything(who)
    if not found.records:
        nothing = _("Nothing is kept about this person here.")
        raise Invalid("privacy.nobody", nothing, {"text": nothing})
    with unit_of_work():
        inquiry = Inquiry(
            id=new_id(),
            account_id=who.account_id,
            person_id=who.person_id,
            email=min(who.emails, default=""),
            name=name_in(found.records),
            opened_by=member.account_id,
        )
        db.session.add(inquiry)
        audit.record("privacy.inquiry_opened", "inquiry", inquiry.id)
    return inquiry.id


def find(inquiry_id: UUID) -> Inquiry:
    """An inquiry of the tenant in scope. Raises NotFound."""
    access.require(MANAGE)
    return known(inquiry_id)


def known(inquiry_id: UUID) -> Inquiry:
    """The same for jobs, where nobody is signed in."""
    found = db.session.scalar(select(Inquiry).where(Inquiry.id == inquiry_id))
    if found is None:
        raise NotFound("privacy.no_inquiry", _("We cannot find this inquiry."))
    return found


def recent(limit: int = 20) -> list[Inquiry]:
    """The newest inquiries, those of erased people too."""
    access.require(MANAGE)
    return list(db.session.scalars(select(Inquiry).order_by(Inquiry.opened_at.desc()).limit(limit)))


def look(inquiry_id: UUID) -> Everything:
    """Everything that is kept about the person of an inquiry; the look is written down."""
    inquiry = find(inquiry_id)
    found = everything(key_of(inquiry))
    audit.looked_at("inquiry", inquiry_id, fields={column for one in found.records for column in one.values})
    return found


def key_of(inquiry: Inquiry) -> PersonKey:
    """By what the person of an inquiry is found; nobody once the person is erased."""
    emails = frozenset({inquiry.email}) if inquiry.email else frozenset[str]()
    return PersonKey(inquiry.person_id, inquiry.account_id, emails)


def everything(who: PersonKey) -> Everything:
    """All records of a person. What they say leads to more, so it is asked until nothing new is found."""
    records = asking.export(who)
    for _round in range(ROUNDS):
        wider = _widened(who, records)
        if wider == who:
            break
        who, records = wider, asking.export(wider)
    return Everything(who, tuple(records))


def _widened(who: PersonKey, records: Iterable[PersonRecord]) -> PersonKey:
    known_as = marked_columns()
    names, addresses = set[str](), set[str]()
    for record in records:
        for column, value in record.values.items():
            if known_as.get(column) == NAME:
                names.add(str(value))
            elif known_as.get(column) == CONTACT:
                addresses.add(str(value))
    emails = {one.casefold() for one in addresses if "@" in one}
    # One word alone is too common a name to look for in texts.
    words = {one for one in names if " " in one.strip()} | addresses | emails
    accounts = account_ids_of(who)
    return replace(
        who,
        account_id=who.account_id or min(accounts, default=None),
        emails=who.emails | emails,
        words=who.words | words,
    )


def name_in(records: Iterable[PersonRecord]) -> str:
    """What the person is called in the first record that has a name."""
    known_as = marked_columns()
    names = (
        str(value) for one in records for column, value in one.values.items() if known_as.get(column) == NAME
    )
    return next(names, "")[:160]
