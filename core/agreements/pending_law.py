"""Law that is adopted but not in force: which of its switches are on.

A switch is off until somebody sets the day from which it counts. Whoever keeps those days registers itself
here, and types of agreements only ask.
"""

from collections.abc import Callable, Mapping
from datetime import date

Days = Callable[[], Mapping[str, date]]
"""The first day of each switch of the tenant in scope that has one."""

_sources: list[Days] = []


def register(source: Days) -> Days:
    """Have a source asked; gives it back."""
    _sources.append(source)
    return source


def forget(source: Days) -> None:
    """Ask a source no longer."""
    _sources.remove(source)


def in_force(day: date) -> frozenset[str]:
    """The switches that are on, on a day; none while nobody keeps any."""
    return frozenset(key for source in _sources for key, first in source().items() if first <= day)
