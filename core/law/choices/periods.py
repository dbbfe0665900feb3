"""From when until when a decision counts, given all that was decided on a setting: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.law.models import LawChoice


@dataclass(frozen=True)
class Period:
    """The days on which a decision counts; ``until`` is the first day of a newer one, None when open."""

    first: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether the decision counts on a day."""
        return self.first <= day and (self.until is None or day < self.until)


def periods_of(newest_first: Iterable[LawChoice]) -> list[tuple[LawChoice, Period | None]]:
    """Each decision with its period, in the order given; None when a newer one took its days away."""
    found: list[tuple[LawChoice, Period | None]] = []
    until: date | None = None
    for one in newest_first:
        counts = until is None or one.valid_from < until
        found.append((one, Period(one.valid_from, until) if counts else None))
        until = one.valid_from if counts else until
    return found
