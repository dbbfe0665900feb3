"""The units of a tenant: services, offices and teams with people of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.sorting import nordic_sort_key
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.kinds import unit_kinds
from core.tenancy.models import Unit
from core.tenancy.service import current_tenant, hold_current_tenant


@dataclass(frozen=True)
class UnitCard:
    """What the rest of the product knows of a unit."""

    id: UUID
    kind: str
    name: str
    is_open: bool


def units(*, closed: bool = False) -> list[UnitCard]:
    """The open units of the tenant in scope by name, and the closed ones too when asked."""
    query = select(Unit)
    if not closed:
        query = query.where(Unit.closed_at.is_(None))
    language = current_tenant().language
    cards = [_card(row) for row in db.session.scalars(query)]
    return sorted(cards, key=lambda one: (not one.is_open, nordic_sort_key(one.name, language), one.name))


def unit_by_id(unit_id: UUID) -> UnitCard:
    """A unit of the tenant in scope. Raises NotFound."""
    return _card(_find(unit_id))


def open_units_among(unit_ids: Iterable[UUID]) -> set[UUID]:
    """Those of some ids that are open units of the tenant in scope."""
    wanted = list(set(unit_ids))
    if not wanted:
        return set()
    return set(db.session.scalars(select(Unit.id).where(Unit.id.in_(wanted), Unit.closed_at.is_(None))))


def _card(unit: Unit) -> UnitCard:
    return UnitCard(unit.id, unit.kind, unit.name, unit.closed_at is None)


def _find(unit_id: UUID, *, lock: bool = False) -> Unit:
    found = db.session.get(Unit, (current_tenant_id(), unit_id), with_for_update=True if lock else None)
    if found is None:
        raise NotFound("unit.not_found", _("We cannot find this unit."))
    return found


def open_unit(kind: str, name: str) -> UnitCard:
    """Make a unit. Raises Invalid for a kind that is not on offer or a name that is in use."""
    if kind not in {one.key for one in unit_kinds()}:
        wrong = _("Choose one of the kinds on the page.")
        raise Invalid("unit.unknown_kind", wrong, {"kind": wrong})
    with unit_of_work():
        _refuse_known_name(name)
        unit = Unit(id=new_id(), kind=kind, name=name)
        db.session.add(unit)
        audit.record("unit.opened", "unit", unit.id, fields=["kind", "name"])
    return _card(unit)


def rename_unit(unit_id: UUID, name: str) -> None:
    """Give a unit another name. Raises NotFound, or Invalid when the name is in use."""
    with unit_of_work():
        unit = _find(unit_id, lock=True)
        _refuse_known_name(name, but=unit_id)
        if unit.name != name:
            unit.name = name
            audit.record("unit.renamed", "unit", unit.id, fields=["name"])


def _refuse_known_name(name: str, *, but: UUID | None = None) -> None:
    # Held so that two who give the same name at once follow one another.
    hold_current_tenant()
    if any(one.name.casefold() == name.casefold() and one.id != but for one in units()):
        known = _("There is a unit with this name. Choose another name.")
        raise Invalid("unit.known_name", known, {"name": known})


def close_unit(unit_id: UUID) -> None:
    """Close a unit: nothing new is put there, and what is there stays. Closing twice is the same as once."""
    with unit_of_work():
        unit = _find(unit_id, lock=True)
        if unit.closed_at is None:
            unit.closed_at = clock.now()
            audit.record("unit.closed", "unit", unit.id, fields=["closed_at"])
