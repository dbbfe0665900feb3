"""Where things stand in the ring of a year: pure geometry, January at the top, clockwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final
from uuid import UUID

MONTHS: Final = range(1, 13)
DEGREES: Final = 30
CENTRE: Final = 240
OUTER, INNER = 236, 202
PROMISE, ACTIVITY = "promise", "activity"
ROWS: Final = {PROMISE: ((182, 4), (160, 4)), ACTIVITY: ((130, 3), (108, 2), (86, 2))}
"""For each track the radius of its rows and how many marks stand in one month of each."""


@dataclass(frozen=True)
class Entry:
    """One thing of the year. Without a day it belongs to the whole month.

    ``number`` stands in the ring and in the list; ``place`` names the agreement or the unit that it is of.
    """

    number: int
    kind: str
    id: UUID
    title: str
    month: int
    day: int | None = None
    note: str = ""
    place: str = ""
    agreement_id: UUID | None = None
    main: str = ""
    performing: tuple[str, ...] = ()
    involved: tuple[str, ...] = ()
    is_done: bool = False


@dataclass(frozen=True)
class Mark:
    """Where an entry stands in the picture."""

    entry: Entry
    x: float
    y: float


@dataclass(frozen=True)
class Rest:
    """How many more there are in a month than the picture has room for."""

    month: int
    count: int
    x: float
    y: float


@dataclass(frozen=True)
class Sector:
    """The field of one month: its outline and the middle of its name."""

    month: int
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    """The whole picture."""

    sectors: tuple[Sector, ...]
    marks: tuple[Mark, ...]
    rests: tuple[Rest, ...]


def ring_of(entries: Iterable[Entry]) -> Ring:
    """The picture of a year; what has no room in it is counted, and stands in the list."""
    everything = list(entries)
    placed = [
        one
        for month in MONTHS
        for kind in (PROMISE, ACTIVITY)
        for one in _placed(month, kind, [one for one in everything if (one.month, one.kind) == (month, kind)])
    ]
    return Ring(
        tuple(_sector(month) for month in MONTHS),
        tuple(one for one in placed if isinstance(one, Mark)),
        tuple(one for one in placed if isinstance(one, Rest)),
    )


def _placed(month: int, kind: str, entries: Sequence[Entry]) -> list[Mark | Rest]:
    room = sum(count for _radius, count in ROWS[kind])
    kept = entries if len(entries) <= room else entries[: room - 1]
    points = _points(month, kind, len(kept) + (len(kept) < len(entries)))
    placed: list[Mark | Rest] = [Mark(entry, *point) for entry, point in zip(kept, points, strict=False)]
    if len(kept) < len(entries):
        placed.append(Rest(month, len(entries) - len(kept), *points[-1]))
    return placed


def _points(month: int, kind: str, count: int) -> list[tuple[float, float]]:
    """As many points in a month as there are things, row by row from the outside."""
    found: list[tuple[float, float]] = []
    for radius, most in ROWS[kind]:
        here = min(most, count - len(found))
        found += [_point(_angle(month, (place + 0.5) / here), radius) for place in range(here)]
    return found


def _angle(month: int, share: float) -> float:
    return (month - 1 + share) * DEGREES


def _point(angle: float, radius: float) -> tuple[float, float]:
    turned = radians(angle)
    return round(CENTRE + radius * sin(turned), 1), round(CENTRE - radius * cos(turned), 1)


def _sector(month: int) -> Sector:
    begin, end = _angle(month, 0), _angle(month, 1)
    (a, b), (c, d) = _point(begin, OUTER), _point(end, OUTER)
    (e, f), (g, h) = _point(end, INNER), _point(begin, INNER)
    path = f"M{a} {b}A{OUTER} {OUTER} 0 0 1 {c} {d}L{e} {f}A{INNER} {INNER} 0 0 0 {g} {h}Z"
    return Sector(month, path, *_point(_angle(month, 0.5), (OUTER + INNER) / 2))
