"""A zone for calendars by its yearly rule: not all of them understand a list of every change so far."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
SUNDAY = 7


def zone_by_rule(name: str, year: int) -> Timezone | None:
    """A zone from a year on; None where its clocks do not change on the last Sundays of two months."""
    changes = _changes(name, year - 1)
    if len(changes) != 2 or not all(_is_last_sunday(local) for local, _instant in changes):  # noqa: PLR2004
        return None
    here, zone = ZoneInfo(name), Timezone()
    zone.add("tzid", name)
    for local, instant in changes:
        after = instant.astimezone(here)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        part.add("tzname", after.tzname())
        part.add("dtstart", local)
        part.add("tzoffsetfrom", (instant - HOUR).astimezone(here).utcoffset())
        part.add("tzoffsetto", after.utcoffset())
        part.add("rrule", {"freq": "yearly", "bymonth": local.month, "byday": "-1su"})
        zone.add_component(part)
    return zone


@lru_cache(maxsize=64)
def _changes(name: str, year: int) -> tuple[tuple[datetime, datetime], ...]:
    """When clocks change in a year: as the clock shows it just before, and the instant."""
    here, first = ZoneInfo(name), datetime(year, 1, 1, tzinfo=UTC)
    found = []
    for hours in range(366 * 24):
        instant = first + hours * HOUR
        before = (instant - HOUR).astimezone(here)
        if before.utcoffset() != instant.astimezone(here).utcoffset():
            found.append((before.replace(tzinfo=None) + HOUR, instant))
    return tuple(found)


def _is_last_sunday(day: datetime) -> bool:
    return day.isoweekday() == SUNDAY and (day + WEEK).month != day.month
