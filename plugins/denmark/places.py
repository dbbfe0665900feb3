"""The municipalities and regions of Denmark on a given day, from the official lists in ``data/``."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from core.sdk import OfficialPlace, nordic_sort_key

_FULL_NAMES = {"København": "Københavns Kommune", "Bornholm": "Bornholms Regionskommune"}
_LISTS = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Region:
    """A region and the days on which it exists (both included; no last day while none is decided)."""

    code: str
    name: str
    valid_from: date
    valid_until: date | None
    succeeded_by: str

    def exists_on(self, day: date) -> bool:
        """Whether the region exists on a day."""
        return self.valid_from <= day and not self.has_ended_by(day)

    def has_ended_by(self, day: date) -> bool:
        """Whether its last day lies before a day."""
        return self.valid_until is not None and self.valid_until < day


def municipalities_on(day: date) -> tuple[OfficialPlace, ...]:
    """All municipalities in Danish alphabetical order; the parent is their region on that day."""
    return _sorted(
        _place(
            row["code"],
            row["name"],
            _region_on(row["region_code"], day).name,
            _FULL_NAMES.get(row["name"], f"{row['name']} Kommune"),
        )
        for row in _rows("municipalities")
    )


def regions_on(day: date) -> tuple[OfficialPlace, ...]:
    """The regions that exist on a day, in Danish alphabetical order."""
    return _sorted(
        _place(region.code, region.name) for region in _regions().values() if region.exists_on(day)
    )


def _region_on(code: str, day: date) -> Region:
    region = _regions()[code]
    return _region_on(region.succeeded_by, day) if region.has_ended_by(day) else region


@cache
def _regions() -> dict[str, Region]:
    return {row["code"]: _region(row) for row in _rows("regions")}


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        name=row["name"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        succeeded_by=row["succeeded_by"],
    )


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (_LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _place(code: str, name: str, parent: str = "", full_name: str = "") -> OfficialPlace:
    key = nordic_sort_key(name, "da")
    return OfficialPlace(code=code, name=name, sort_key=key, parent=parent, full_name=full_name)


def _sorted(places: Iterable[OfficialPlace]) -> tuple[OfficialPlace, ...]:
    return tuple(sorted(places, key=lambda place: (place.sort_key, place.code)))
