"""What is due in the year, kept by hand: a second opinion that knows nothing of how the product counts.

The days are read off a calendar on the wall. Somebody who keeps a promise crosses it out here as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

SOON: Final = timedelta(days=7)
LEADERS: Final = timedelta(days=14)
FORGOTTEN: Final = timedelta(days=60)


@dataclass
class Line:
    """One promise: what, by when, and what became of it."""

    title: str
    due: date
    is_meeting: bool
    fate: str = ""
    reminded: set[tuple[str, date]] = field(default_factory=set)

    def standing(self, day: date) -> str:
        """How it stands on a day, in the words of the product."""
        if self.fate:
            return self.fate
        if self.due >= day:
            return "planned"
        return "missed" if self.is_meeting else "late"

    def reminder(self, day: date) -> str:
        """The step of reminding that a day asks for; empty for none."""
        late_for = day - self.due
        if self.fate or late_for < -SOON or late_for >= FORGOTTEN:
            return ""
        if late_for <= timedelta(0):
            return "soon"
        return "late" if late_for < LEADERS else "escalated"


class Book:
    """Every promise of the year."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def promise(self, title: str, *days: date, is_meeting: bool = False) -> None:
        """Write down what was promised for some days."""
        self.lines += [Line(title, day, is_meeting) for day in days]

    def line(self, title: str, due: date) -> Line:
        """The promise of a day."""
        (found,) = (one for one in self.lines if (one.title, one.due) == (title, due))
        return found

    def fate(self, fate: str, title: str, *days: date) -> None:
        """What became of promises: done, waived, resting, dropped, or open again (empty)."""
        for day in days:
            self.line(title, day).fate = fate

    def page(self, day: date) -> list[tuple[date, str, str]]:
        """What an agreement's page lists on a day: due, title, standing."""
        shown = [one for one in self.lines if one.fate != "dropped"]
        return sorted((one.due, one.title, one.standing(day)) for one in shown)

    def standing(self, day: date, *standings: str) -> list[tuple[date, str]]:
        """What stands in one of some ways on a day: due and title."""
        return [(due, title) for due, title, standing in self.page(day) if standing in standings]

    def remind(self, day: date) -> Iterator[tuple[str, list[str]]]:
        """The reminders of a morning, each step with its titles; nothing is said twice of the same day."""
        for step in ("soon", "late", "escalated"):
            lines = [one for one in self.lines if one.reminder(day) == step]
            new = [one for one in lines if (step, one.due) not in one.reminded]
            for one in new:
                one.reminded.add((step, one.due))
            if new:
                yield step, sorted(one.title for one in new)
