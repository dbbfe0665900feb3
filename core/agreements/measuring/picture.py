"""Where the figures of a goal stand in their picture: pure geometry, the oldest period to the left."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from core.agreements.measuring.figures import PERCENT, WHOLE, Figure

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 14, 28
FEWEST_POINTS: Final = 2
STEPS: Final = (1, 2, 5, 10)


@dataclass(frozen=True)
class Point:
    """One figure: its place, the ends of its interval (None without one), and the number of its period."""

    x: float
    y: float
    low: float | None
    high: float | None
    period: int
    number: float


@dataclass(frozen=True)
class Picture:
    """The whole picture. ``scale`` are (y, number) of the lines behind it; ``slots`` the x of each period."""

    points: tuple[Point, ...]
    line: str
    target: float
    scale: tuple[tuple[float, float], ...]
    slots: tuple[float, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def picture_of(figures: Sequence[Figure | None], target: float, unit: str) -> Picture | None:
    """The picture of figures by period, the oldest first; None when there are fewer than two to compare."""
    shown = [one if one is not None and one.has_data and not one.is_few else None for one in figures]
    numbers = [one.number or 0.0 for one in shown if one is not None]
    if len(numbers) < FEWEST_POINTS:
        return None
    top = float(WHOLE) if unit == PERCENT else _round_up(max([*numbers, target, 1.0]))
    slots = tuple(_x(place, len(shown)) for place in range(len(shown)))
    points = tuple(
        _point(one, slots[place], place + 1, top) for place, one in enumerate(shown) if one is not None
    )
    return Picture(
        points,
        " ".join(f"{one.x},{one.y}" for one in points),
        _y(target, top),
        tuple((_y(part, top), part) for part in (0.0, top / 2, top)),
        slots,
    )


def _point(figure: Figure, x: float, period: int, top: float) -> Point:
    number, interval = figure.number or 0.0, figure.interval
    low, high = (_y(interval.low, top), _y(interval.high, top)) if interval else (None, None)
    return Point(x, _y(number, top), low, high, period, number)


def _x(place: int, count: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / count, 1)


def _y(number: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(number, top) / top, 1)


def _round_up(number: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on."""
    power = 10.0 ** floor(log10(number))
    return next(step * power for step in STEPS if step * power >= number)
