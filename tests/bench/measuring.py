"""Two applications at one address in turn, and what a request costs each."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from flask.testing import FlaskClient

WARM_UP: Final = 5
TOKENS: Final = re.compile(r'(?<=name="csrf_token" value=")[^"]+|(?<="X-CSRFToken": ")[^"]+')


class DifferentPagesError(Exception):
    """The two applications do not show the same: their times say nothing."""


@dataclass(frozen=True)
class Timed:
    """Median milliseconds of one thing, by the product and by the floor."""

    name: str
    product: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many floors the product's thing costs."""
        return self.product / self.floor


@dataclass(frozen=True)
class Measured(Timed):
    """A page, with the number of statements of each."""

    queries: int
    floor_queries: int


def take_turns(product: FlaskClient, floor: FlaskClient, path: str, rounds: int) -> tuple[float, float]:
    """Median milliseconds of both, asked in turn, so that a busy machine is busy for both."""
    for _ in range(WARM_UP):
        product.get(path)
        floor.get(path)
    return medians([(milliseconds(product, path), milliseconds(floor, path)) for _ in range(rounds)])


def medians(times: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The median of each side."""
    return median(one for one, _ in times), median(other for _, other in times)


def milliseconds(client: FlaskClient, path: str) -> float:
    """How long a request took."""
    return took(client.get, path)[0]


def took(act: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    """How many milliseconds something took, and what came of it."""
    began = time.perf_counter()
    result = act(*given)
    return (time.perf_counter() - began) * 1000, result


def busy(act: Callable[[], Any]) -> tuple[float, Any]:
    """How many seconds of a processor something took, whatever else the machine does, and what came of it."""
    began = time.process_time()
    result = act()
    return time.process_time() - began, result


def refuse_different(product: FlaskClient, floor: FlaskClient, path: str) -> None:
    """Raise DifferentPagesError unless both give the same page, form tokens aside."""
    refuse_unlike(path, *(lines_of(client, path) for client in (product, floor)))


def refuse_unlike(path: str, one: list[str], other: list[str]) -> None:
    """Raise DifferentPagesError, with the first difference, unless the lines of two pages are the same."""
    if one != other:
        unlike = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), ("", ""))
        raise DifferentPagesError(f"{path}: one says {unlike[0]!r}, the other {unlike[1]!r}")


def lines_of(client: FlaskClient, path: str) -> list[str]:
    """The lines of a page, form tokens aside."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise DifferentPagesError(f"{path} answered {answer.status}")
    lines = TOKENS.sub("", answer.get_data(as_text=True)).splitlines()
    return [line.strip() for line in lines if line.strip()]
