"""What the page of contacts shows, in a fixed number of queries."""

from dataclasses import dataclass
from uuid import UUID

from core.access import service as access
from core.agreements import reach
from core.agreements.contacts.asking import may_ask
from core.agreements.contacts.finding import WRITE, one_of, signed
from core.agreements.contacts.models import ContactDeputy
from core.agreements.contacts.people import cover_of
from core.agreements.contacts.state import COUNTS_FOR, Known, known, promise_of
from core.agreements.looking import looked
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import IN_FORCE, status_of
from core.obligations.keeping import Promised


@dataclass(frozen=True)
class Side:
    """The contacts of one party."""

    party: str
    people: list[Known]


@dataclass(frozen=True)
class ContactsPage:
    """The list of contacts by party; ``names`` are those of members who confirmed, by account.

    ``promise`` is the next day on which the list is to be confirmed, ``confirmed`` how many are for that day.
    """

    agreement: Agreement
    sides: list[Side]
    names: dict[UUID, str]
    promise: Promised | None
    confirmed: int
    count: int
    may_change: bool
    may_ask: bool


@dataclass(frozen=True)
class ContactPage:
    """One contact with those who could stand in for it, as (key, name), and what was written down of that."""

    agreement: Agreement
    one: Known
    colleagues: list[tuple[str, str]]
    cover: ContactDeputy | None


def contacts_page(agreement_id: UUID) -> ContactsPage:
    """The contacts of an agreement that all have signed. Raises NotFound or Conflict."""
    access.require(reach.READ)
    agreement = signed(reach.READ, agreement_id)
    looked(agreement_id)
    people, promise = known(agreement_id), promise_of(agreement_id)
    parties = dict.fromkeys(one.listed.party for one in people)
    accounts = [one.confirmed_by for one in people if one.confirmed_by]
    is_in_force = status_of(agreement, today()) in IN_FORCE
    since = promise.due_on - COUNTS_FOR if promise else None
    return ContactsPage(
        agreement=agreement,
        sides=[Side(party, [one for one in people if one.listed.party == party]) for party in parties],
        names=access.names_of(accounts),
        promise=promise,
        confirmed=sum(one.is_confirmed_since(since) for one in people) if since else 0,
        count=len(people),
        may_change=is_in_force and reach.may(WRITE, agreement),
        may_ask=is_in_force and may_ask(agreement),
    )


def contact_page(agreement_id: UUID, key: str) -> ContactPage:
    """One contact, for who may change it. Raises NotFound, Refused or Conflict."""
    access.require(WRITE)
    agreement = signed(WRITE, agreement_id)
    one = one_of(agreement_id, key)
    others = [other.listed for other in known(agreement_id) if other.listed.row.key != key]
    colleagues = [(other.row.key, f"{other.row.name}, {other.title}") for other in others]
    return ContactPage(agreement, one, colleagues, cover_of(one.listed.row.id))
