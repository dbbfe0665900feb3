"""The verbs of one promise: waived, moved to another day, reopened, given to a colleague."""

from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.access.addressees import accounts_who_may
from core.kernel import audit, clock
from core.kernel.errors import Conflict, Invalid
from core.kernel.unit_of_work import unit_of_work
from core.obligations.finding import DO, held, held_open, today
from core.obligations.meetings import invitations
from core.obligations.meetings.finding import meeting_of
from core.obligations.models import Obligation
from core.obligations.moving import move
from core.tenancy.service import current_tenant


def waive(obligation_id: UUID, reason: str) -> None:
    """Say that a promise need not be kept, and why. Who was invited to its meeting is told.

    Raises NotFound, Refused, or Conflict for a promise that is not open.
    """
    access.require(DO)
    with unit_of_work():
        row = held_open(obligation_id)
        row.waived_at, row.waived_reason = clock.now(), reason
        invitations.call_off(row)
        audit.record("obligation.waived", "obligation", row.id, fields=["waived_at"], reason=reason)


def set_date(obligation_id: UUID, day: date, reason: str) -> None:
    """Give a promise another day, and say why. Who was invited to its meeting is told.

    Raises NotFound, Refused, Conflict for a promise that is not open, or Invalid for the day it has.
    """
    access.require(DO)
    with unit_of_work():
        row = held_open(obligation_id)
        if not move(row, day, reason):
            same = _("This is the day it has already. Choose another one.")
            raise Invalid("obligation.same_day", same, {"due_on": same})
        invitations.tell_changed(row)
        audit.record("obligation.moved", "obligation", row.id, fields=["due_on"], reason=reason)


def reopen(obligation_id: UUID, reason: str) -> None:
    """Take back that a promise was done or waived; the reason may be missing on the day it was done.

    Raises NotFound, Refused, Conflict for a promise that is open, or Invalid without a reason.
    """
    access.require(DO)
    with unit_of_work():
        row = held(obligation_id)
        if row.done_at is None and row.waived_at is None:
            raise Conflict("obligation.open", _("This deadline is open already."))
        if not reason and not done_today(row):
            missing = _("Say why it is opened again.")
            raise Invalid("obligation.no_reason", missing, {"reason": missing})
        row.done_at = row.done_by = row.waived_at = None
        row.waived_reason = ""
        row.sequence += 1
        meeting = meeting_of(row.id)
        if meeting is not None:
            meeting.held_at = None
        audit.record("obligation.reopened", "obligation", row.id, fields=["done_at"], reason=reason)


def done_today(row: Obligation) -> bool:
    """Whether a promise was marked as done on the tenant's present day."""
    return row.done_at is not None and clock.local(row.done_at, current_tenant().timezone).date() == today()


def set_owner(obligation_id: UUID, owner_id: UUID | None) -> None:
    """Give a promise to a colleague, or back to who is responsible for the agreement.

    Raises NotFound, Refused, Conflict for a promise that is not open, or Invalid for somebody who may not
    see to it.
    """
    access.require(DO)
    with unit_of_work():
        row = held_open(obligation_id)
        if owner_id == row.owner_id and not row.owner_name:
            return
        if owner_id is not None and owner_id not in dict(accounts_who_may(DO)):
            wrong = _("Choose one of the colleagues on the list.")
            raise Invalid("obligation.no_owner", wrong, {"owner_id": wrong})
        row.owner_id, row.owner_name = owner_id, ""
        audit.record("obligation.given", "obligation", row.id, fields=["owner_id"])
