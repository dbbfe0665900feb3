"""One promise, for a reader or for a verb, and who is to keep it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.obligations.models import Obligation
from core.obligations.subjects import subjects_of, within
from core.tenancy.service import current_tenant

READ, DO = "agreement:read", "obligation:do"


def today() -> date:
    """The tenant's date."""
    return clock.today(current_tenant().timezone)


def find(obligation_id: UUID) -> Obligation:
    """A promise that the member may read. Raises NotFound."""
    row = db.session.scalar(select(Obligation).where(Obligation.id == obligation_id, within(READ)))
    if row is None:
        raise _not_found()
    return row


def find_to_do(obligation_id: UUID) -> Obligation:
    """A promise that the member may see to. Raises NotFound or Refused."""
    access.require(DO)
    row = find(obligation_id)
    _refuse_out_of_reach(row)
    return row


def held(obligation_id: UUID) -> Obligation:
    """The same, locked until the end of the unit of work.

    Raises NotFound, Refused when it belongs to others, or Conflict when it was dropped.
    """
    query = select(Obligation).where(Obligation.id == obligation_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(locked.where(within(READ)))
    if row is None:
        raise _not_found()
    _refuse_out_of_reach(row)
    if row.dropped_at is not None:
        raise Conflict(
            "obligation.dropped", _("This deadline no longer applies, because its agreement has ended.")
        )
    return row


def held_open(obligation_id: UUID) -> Obligation:
    """The same for a promise that is neither done nor waived. Raises Conflict as well."""
    row = held(obligation_id)
    if row.done_at is not None or row.waived_at is not None:
        raise Conflict(
            "obligation.not_open", _("This deadline is done or waived. Reopen it before you change it.")
        )
    return row


def _refuse_out_of_reach(row: Obligation) -> None:
    if not reaches(row.id):
        raise Refused(
            "obligation.not_this_one",
            _("This deadline belongs to others. Ask the adviser of the agreement to mark it as done."),
        )


def reaches(obligation_id: UUID) -> bool:
    """Whether the member may see to a promise that exists."""
    if not access.decide(DO).allowed:
        return False
    if access.reach(DO).is_everything:
        return True
    query = select(Obligation.id).where(Obligation.id == obligation_id, within(DO))
    return db.session.scalar(query) is not None


def owners_of(rows: Collection[Obligation]) -> dict[UUID, UUID]:
    """The account that is to keep each promise: the one that was named, else who is responsible."""
    subjects = subjects_of(row for row in rows if row.owner_id is None)
    found = {}
    for row in rows:
        subject = subjects.get(row.subject_id)
        owner = row.owner_id or (subject.responsible_id if subject else None)
        if owner is not None:
            found[row.id] = owner
    return found


def _not_found() -> NotFound:
    return NotFound("obligation.not_found", _("We cannot find this deadline."))
