"""What is known of each contact: when it was confirmed, what it proposes, whether mail arrives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.agreements.contacts.models import ContactCheck, Undelivered
from core.agreements.contacts.people import Listed, listed
from core.agreements.models import Contact
from core.kernel import clock
from core.kernel.database import db
from core.obligations import keeping
from core.obligations.keeping import Promised
from core.obligations.states import CONTACT_LIST
from core.tenancy.service import current_tenant

COUNTS_FOR = timedelta(days=30)
"""For how long before its day a promise to confirm the list is kept by what somebody confirms."""


def confirmed_at(checks: Iterable[Any]) -> datetime | None:
    """When somebody last said that a contact is right, or the adviser decided on what it proposed.

    Takes anything with the columns of `ContactCheck`.
    """
    moments = (at for one in checks for at in (one.confirmed_at, one.decided_at))
    return max((at for at in moments if at is not None), default=None)


@dataclass(frozen=True)
class Known:
    """A contact and what is known of it. ``proposal`` waits for an answer; ``unreached`` has an open task."""

    listed: Listed
    checks: tuple[ContactCheck, ...]
    unreached: Undelivered | None

    @property
    def confirmed_at(self) -> datetime | None:
        """When the contact was last confirmed."""
        return confirmed_at(self.checks)

    @property
    def confirmed_by(self) -> UUID | None:
        """The member who confirmed it last; None when it was the contact."""
        latest = [one for one in self.checks if self.confirmed_at in (one.confirmed_at, one.decided_at)]
        return latest[-1].confirmed_by if latest else None

    @property
    def proposal(self) -> ContactCheck | None:
        """What the contact has asked to change, until somebody has decided."""
        open_ones = [one for one in self.checks if one.proposed_at and not one.decided_at]
        return open_ones[-1] if open_ones else None

    @property
    def asked_at(self) -> datetime | None:
        """When the contact was last asked by mail."""
        return max((one.asked_at for one in self.checks if one.token_hash), default=None)

    def is_confirmed_since(self, day: date) -> bool:
        """Whether it was confirmed on a local day or later."""
        at = self.confirmed_at
        return at is not None and clock.local(at, current_tenant().timezone).date() >= day


def known(agreement_id: UUID) -> list[Known]:
    """Every contact of an agreement that all have signed, in a fixed number of queries."""
    query = select(ContactCheck).where(ContactCheck.agreement_id == agreement_id)
    checks = list(db.session.scalars(query.order_by(ContactCheck.asked_at, ContactCheck.id)))
    bad = unreached(agreement_id)
    return [
        Known(one, tuple(check for check in checks if check.contact_id == one.row.id), bad.get(one.row.id))
        for one in listed(agreement_id)
    ]


def unreached(agreement_id: UUID) -> dict[UUID, Undelivered]:
    """The contacts whom mail does not reach at the address that they have, while the task is open."""
    query = (
        select(Undelivered, Contact.email)
        .join(
            Contact,
            (Contact.id == Undelivered.contact_id) & (Contact.tenant_id == Undelivered.tenant_id),
        )
        .where(Undelivered.agreement_id == agreement_id)
    )
    rows = [
        row.Undelivered for row in db.session.execute(query) if row.email.casefold() == row.Undelivered.email
    ]
    waiting = keeping.open_among([row.obligation_id for row in rows]) if rows else set()
    return {row.contact_id: row for row in rows if row.obligation_id in waiting}


def promise_of(agreement_id: UUID) -> Promised | None:
    """The next promise to confirm the list, if the agreement has one."""
    return keeping.next_of(agreement_id, CONTACT_LIST)


def keep_when_all_confirmed(agreement_id: UUID, by: UUID | None) -> bool:
    """Mark the promise to confirm the list as done once all are confirmed, in the caller's unit of work."""
    promise = promise_of(agreement_id)
    if promise is None:
        return False
    db.session.flush()
    since = promise.due_on - COUNTS_FOR
    people = known(agreement_id)
    if people and all(one.is_confirmed_since(since) for one in people):
        return keeping.keep(promise.id, by)
    return False
