"""One contact of an agreement in force, for a verb."""

from uuid import UUID

from flask_babel import lazy_gettext as _

from core.agreements import reach
from core.agreements.contacts.state import Known, known
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import IN_FORCE, SIGNED_BY_ALL, status_of
from core.kernel.errors import Conflict, NotFound

WRITE = "agreement:write"


def held(agreement_id: UUID, key: str) -> tuple[Agreement, Known]:
    """A contact that the member may change; the agreement is held. Raises NotFound, Refused or Conflict."""
    agreement = reach.find(WRITE, agreement_id, lock=True)
    if status_of(agreement, today()) not in IN_FORCE:
        raise Conflict(
            "contact.not_in_force",
            _("The agreement is not in force, so its list of contacts does not change."),
        )
    return agreement, one_of(agreement_id, key)


def signed(permission: str, agreement_id: UUID) -> Agreement:
    """An agreement that all have signed, if a permission reaches it. Raises NotFound, Refused or Conflict."""
    agreement = reach.find(permission, agreement_id)
    if status_of(agreement, today()) not in SIGNED_BY_ALL:
        raise Conflict(
            "contact.not_signed",
            _("The list of contacts begins when all have signed. Until then they stand in the draft."),
        )
    return agreement


def one_of(agreement_id: UUID, key: str) -> Known:
    """A contact by its key. Raises NotFound."""
    found = next((one for one in known(agreement_id) if one.listed.row.key == key), None)
    if found is None:
        raise NotFound("contact.not_found", _("We cannot find this contact."))
    return found
