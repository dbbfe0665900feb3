"""Beginning an agreement as a copy of an earlier one."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.catalogue import title_of, types_on_offer
from core.agreements.copying import copied
from core.agreements.drafts.service import WRITE, only_unit
from core.agreements.looking import looked
from core.agreements.models import Agreement
from core.agreements.parts import Parts
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations.cadence import add_months
from core.tenancy.service import current_tenant
from core.web.languages import current_language


@dataclass(frozen=True)
class Original:
    """What a copy is made of. ``newer`` is the edition that a new agreement would have, "" when the same."""

    agreement: Agreement
    type_title: str
    edition: str
    newer: str
    is_with_a_person: bool = False


def original(agreement_id: UUID) -> Original:
    """An agreement that the member may read and begin a copy of. Raises NotFound, or Conflict."""
    access.require(WRITE)
    old = _readable(agreement_id)
    newest = _edition_on_offer(old)
    newer = newest if newest != old.kind.edition else ""
    title = title_of(old.kind.key, current_language())
    return Original(old.agreement, title, old.kind.edition, newer, old.kind.is_with_a_person)


def copy(agreement_id: UUID, title: str, *, with_others: bool) -> UUID:
    """Begin a draft with the texts, values, goals and meetings of an agreement; gives the draft's id.

    Its own people go with it, the other parties and theirs only ``with_others``. It keeps the edition that
    its texts were written by. Raises NotFound, or Conflict when its type is not on offer.
    """
    member = access.require(WRITE)
    with unit_of_work():
        old = _readable(agreement_id)
        _edition_on_offer(old)
        new = _draft(old, title, member)
        db.session.add(new)
        db.session.flush()
        db.session.add_all(copied(old, new.id, with_others=with_others))
        audit.record("agreement.begun", "agreement", new.id, fields=["type_key", "title"])
        audit.record("agreement.copied", "agreement", agreement_id)
        return new.id


def _readable(agreement_id: UUID) -> Parts:
    parts = agreement_parts.load(agreement_id)
    reach.require(reach.READ, parts.agreement)
    looked(agreement_id)
    return parts


def _edition_on_offer(old: Parts) -> str:
    found = next((one.edition for one in types_on_offer() if one.key == old.kind.key), None)
    if found is None:
        raise Conflict(
            "agreement.type_not_on_offer",
            _("The module behind this agreement is switched off, so no new one of its kind can be begun."),
        )
    return found


def _draft(old: Parts, title: str, member: access.Member) -> Agreement:
    """The new agreement; it lasts as long as its type says, and has no end where the first one has none."""
    today = clock.today(current_tenant().timezone)
    return Agreement(
        id=new_id(),
        type_key=old.agreement.type_key,
        edition=old.agreement.edition,
        language=old.agreement.language,
        title=title,
        adviser_id=member.account_id,
        unit_id=only_unit(member),
        ends_on=add_months(today, old.kind.duration.months) if old.agreement.ends_on else None,
    )
