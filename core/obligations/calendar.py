"""Which days are days off in the tenant's country, as its plugins say; what they do not say is unknown."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from core.obligations.cadence import FRIDAY
from core.tenancy.kinds import host


@dataclass
class Calendar:
    """Public holidays of one country, asked once for each year.

    `unknown` holds the years for which no plugin gave an answer: there only weekends are known.
    """

    country: str
    unknown: set[int] = field(default_factory=set)
    _known: dict[int, frozenset[date]] = field(default_factory=dict)

    def holidays(self, year: int) -> Collection[date]:
        """The public holidays of a year; empty when they are unknown."""
        if year not in self._known:
            self._known[year] = self._ask(year)
        return self._known[year]

    def _ask(self, year: int) -> frozenset[date]:
        answers = host().collect("provide_holidays", country=self.country, year=year)
        days = frozenset(day for answer in answers for day in answer.value or ())
        if not days or any(answer.error for answer in answers):
            self.unknown.add(year)
        return days

    def is_day_off(self, day: date) -> bool:
        """Whether a date is a Saturday, a Sunday or a public holiday that we know of."""
        return day.isoweekday() > FRIDAY or day in self.holidays(day.year)

    def is_unknown(self, day: date) -> bool:
        """Whether the public holidays of a date's year are unknown."""
        self.holidays(day.year)
        return day.year in self.unknown
