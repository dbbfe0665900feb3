"""Where the changes of a law stand in a picture: pure geometry, the years from left to right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.law.changes import PARAMETER, RULE, SWITCH, ChangeDay

WIDTH: Final = 760
LEFT, RIGHT = 24, 736
TOP: Final = 34
STEP: Final = 28
ROOM: Final = 26
LANES: Final = (RULE, PARAMETER, SWITCH)
MOST_YEARS: Final = 12


@dataclass(frozen=True)
class Tick:
    """The beginning of a year on the axis."""

    year: int
    x: float


@dataclass(frozen=True)
class Mark:
    """What changes of one kind on one day."""

    day: ChangeDay
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Timeline:
    """The whole picture. ``today`` is where today stands."""

    height: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    lines: tuple[float, ...]
    today: float


def timeline_of(days: Sequence[ChangeDay], today: date) -> Timeline:
    """The picture of all days of change, and of today."""
    seen = [one.day for one in days] + [today]
    axis = _Axis(min(seen).year, max(seen).year + 1)
    marks: list[Mark] = []
    lines: list[float] = []
    y = float(TOP)
    for kind in LANES:
        rows = _rows([one for one in days if kind in one.kinds], axis)
        marks += [
            Mark(one, kind, axis.x(one.day), y + STEP * (row + 0.5))
            for row, there in enumerate(rows)
            for one in there
        ]
        y += STEP * len(rows)
        lines += [y] if rows else []
    return Timeline(int(y) + 8, axis.ticks(), tuple(marks), tuple(lines), axis.x(today))


@dataclass(frozen=True)
class _Axis:
    first: int
    last: int

    def x(self, day: date) -> float:
        """Where a day stands."""
        begin, end = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return round(LEFT + (RIGHT - LEFT) * (day.toordinal() - begin) / (end - begin), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """The years, not more than there is room for."""
        every = -(-(self.last - self.first) // MOST_YEARS)
        return tuple(Tick(year, self.x(date(year, 1, 1))) for year in range(self.first, self.last + 1, every))


def _rows(days: Iterable[ChangeDay], axis: _Axis) -> list[list[ChangeDay]]:
    """The days of one kind in as few rows as keep them apart."""
    rows: list[list[ChangeDay]] = []
    for one in days:
        place = axis.x(one.day)
        free = next((row for row in rows if place - axis.x(row[-1].day) >= ROOM), None)
        if free is None:
            rows.append([one])
        else:
            free.append(one)
    return rows
