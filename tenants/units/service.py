"""The verbs of units and served places. Each decides access before tenancy does the work."""

from datetime import date
from uuid import UUID

from core.access import directory
from core.access import service as access
from core.tenancy import served, units

READ, MANAGE, MANAGE_TENANT = "people:read", "unit:manage", "tenant:manage"


def list_units() -> list[tuple[units.UnitCard, int]]:
    """All units, closed ones last, each with how many people work there."""
    access.require(READ)
    counts = directory.counts_by_unit()
    return [(one, counts.get(one.id, 0)) for one in units.units(closed=True)]


def unit(unit_id: UUID, *, to: str = READ) -> units.UnitCard:
    """A unit, for who may do ``to``. Raises NotFound."""
    access.require(to)
    return units.unit_by_id(unit_id)


def open_unit(kind: str, name: str) -> units.UnitCard:
    """Make a unit. Raises Invalid."""
    access.require(MANAGE)
    return units.open_unit(kind, name)


def rename_unit(unit_id: UUID, name: str) -> None:
    """Give a unit another name. Raises NotFound or Invalid."""
    access.require(MANAGE)
    units.rename_unit(unit_id, name)


def close_unit(unit_id: UUID) -> None:
    """Close a unit; what is there stays. Raises NotFound."""
    access.require(MANAGE)
    units.close_unit(unit_id)


def list_served() -> list[served.Served]:
    """The places that the tenant serves beside its own."""
    access.require(MANAGE_TENANT)
    return served.served_places()


def serve(place: str, served_from: date, served_until: date | None) -> None:
    """Serve a place, named as ``kind/code``. Raises Invalid."""
    access.require(MANAGE_TENANT)
    kind, _slash, code = place.partition("/")
    served.serve(kind, code, served_from, served_until)


def serve_until(served_id: UUID, last: date) -> None:
    """Set the last day on which a place is served. Raises NotFound, Conflict or Invalid."""
    access.require(MANAGE_TENANT)
    served.serve_until(served_id, last)
