"""One year as it is looked at: promises and activities with numbers, by month, and whose wheel it is."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from core.access import service as access
from core.agreements import reach
from core.agreements.wheel import service
from core.agreements.wheel.models import YearlyActivity
from core.agreements.wheel.ring import ACTIVITY, MONTHS, PROMISE, Entry, Ring, ring_of
from core.kernel import clock
from core.obligations import period
from core.obligations.period import Dated
from core.obligations.subjects import Selection
from core.tenancy.service import current_tenant
from core.tenancy.units import UnitCard, unit_by_id, units

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Place:
    """Of what the wheel is: of an agreement, of a unit, or of the whole organisation."""

    unit: UnitCard | None = None
    agreement_id: UUID | None = None
    agreement_title: str = ""


@dataclass(frozen=True)
class Year:
    """The context of the page. ``months`` has all twelve, each with its entries."""

    year: int
    place: Place
    months: dict[int, list[Entry]]
    ring: Ring
    units: list[UnitCard]
    agreements: list[tuple[UUID, str]]

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(len(entries) for entries in self.months.values())


def place_of(unit_id: UUID | None, agreement_id: UUID | None) -> Place:
    """Of what the wheel is asked. Raises NotFound for what the member may not see."""
    access.require(service.READ)
    if agreement_id is not None:
        agreement = reach.find(service.READ, agreement_id)
        return Place(agreement_id=agreement.id, agreement_title=agreement.title)
    return Place(unit=unit_by_id(unit_id)) if unit_id is not None else Place()


def this_year() -> int:
    """The year of today where the tenant is."""
    return clock.today(current_tenant().timezone).year


def year_of(year: int, place: Place) -> Year:
    """Everything of a year that the member may see, by a fixed number of queries."""
    unit_id = place.unit.id if place.unit else None
    promises = period.between(
        date(year, 1, 1), date(year, 12, 31), Selection(subject_id=place.agreement_id, unit_id=unit_id)
    )
    known = units(closed=True)
    entries = numbered([*map(_of_promise, promises), *_of_activities(year, place, known)])
    return Year(
        year,
        place,
        {month: [one for one in entries if one.month == month] for month in MONTHS},
        ring_of(entries),
        [one for one in known if one.is_open],
        _agreements(place),
    )


def numbered(entries: Iterable[Entry]) -> list[Entry]:
    """The entries by date, what has no day before what has one, with numbers from 1."""
    ordered = sorted(entries, key=lambda one: (one.month, one.day or 0, one.kind, str(one.id)))
    return [replace(one, number=number) for number, one in enumerate(ordered, start=1)]


def _agreements(place: Place) -> list[tuple[UUID, str]]:
    known = period.subjects_with_promises()
    if place.agreement_id is None or place.agreement_id in dict(known):
        return known
    return [(place.agreement_id, place.agreement_title), *known]


def _of_promise(promise: Dated) -> Entry:
    return Entry(
        0,
        PROMISE,
        promise.id,
        promise.title,
        promise.due_on.month,
        promise.due_on.day,
        place=promise.subject_title,
        agreement_id=promise.subject_id,
        main=promise.called_by,
        is_done=promise.is_done,
    )


def _of_activities(year: int, place: Place, known: list[UnitCard]) -> Iterator[Entry]:
    unit_id = place.unit.id if place.unit else None
    rows = service.activities(unit_id=unit_id, agreement_id=place.agreement_id)
    parts = service.parts_of([row.id for row in rows])
    names = {one.id: one.name for one in known}
    for row in rows:
        yield _of_activity(row, year, parts[row.id], names)


def _of_activity(
    row: YearlyActivity, year: int, parts: list[tuple[str, UUID]], names: Mapping[UUID, str]
) -> Entry:
    def named(part: str) -> tuple[str, ...]:
        return tuple(names[unit_id] for known, unit_id in parts if known == part and unit_id in names)

    return Entry(
        0,
        ACTIVITY,
        row.id,
        row.title,
        row.month,
        min(row.day, monthrange(year, row.month)[1]) if row.day else None,
        note=row.note,
        place=names.get(row.unit_id, "") if row.unit_id else "",
        agreement_id=row.agreement_id,
        main=", ".join(named(service.MAIN)),
        performing=named(service.PERFORMING),
        involved=named(service.INVOLVED),
    )
