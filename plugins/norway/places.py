"""The municipalities and counties of Norway, from the official list in ``data/municipalities.csv``."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from core.sdk import OfficialPlace, nordic_sort_key

_OSLO = "03"
_MUNICIPALITIES = Path(__file__).parent / "data" / "municipalities.csv"

_DIVIDED_INTO_DISTRICTS = frozenset({"0301", "1103", "4601", "5001"})
"""Oslo, Stavanger, Bergen and Trondheim: Statistics Norway keeps a list of city districts for these four."""


@cache
def municipalities() -> tuple[OfficialPlace, ...]:
    """All municipalities in Norwegian alphabetical order; the parent is the county."""
    return _sorted(
        _place(row["code"], row["name"], row["county"], f"{row['name'].partition(' (')[0]} kommune")
        for row in _rows()
    )


@cache
def municipalities_with_districts() -> tuple[OfficialPlace, ...]:
    """The municipalities that have city districts."""
    return tuple(place for place in municipalities() if place.code in _DIVIDED_INTO_DISTRICTS)


@cache
def counties() -> tuple[OfficialPlace, ...]:
    """All counties in Norwegian alphabetical order."""
    names = {row["county_code"]: row["county"] for row in _rows()}
    return _sorted(
        _place(code, name, full_name=_county_authority(code, name)) for code, name in names.items()
    )


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with _MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _county_authority(code: str, name: str) -> str:
    # Oslo is municipality and county in one, and signs as a municipality.
    return f"{name} kommune" if code == _OSLO else f"{name} fylkeskommune"


def _place(code: str, name: str, parent: str = "", full_name: str = "") -> OfficialPlace:
    key = nordic_sort_key(name, "nb")
    return OfficialPlace(code=code, name=name, sort_key=key, parent=parent, full_name=full_name)


def _sorted(places: Iterable[OfficialPlace]) -> tuple[OfficialPlace, ...]:
    return tuple(sorted(places, key=lambda place: (place.sort_key, place.code)))
