"""One promise as an entry of a calendar, and entries as a file that calendars read (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from core.kernel import clock
from core.obligations.models import Meeting, Obligation
from core.obligations.summer_time import zone_by_rule

PRODUCT = "-//Fotfeste//Deadlines//EN"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Somebody:
    """A name with an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """What a calendar shows. Without ``begins_at`` (local time in ``timezone``) it fills the whole day.

    ``host`` makes the identity of the entry one in the world; ``sequence`` grows when it moves.
    """

    id: UUID
    title: str
    day: date
    timezone: str
    host: str
    sequence: int = 0
    begins_at: time | None = None
    minutes_long: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    organizer: Somebody | None = None
    attendees: tuple[Somebody, ...] = ()
    is_cancelled: bool = False


def entry_of(row: Obligation, meeting: Meeting | None, timezone: str, host: str, url: str = "") -> Entry:
    """A promise as an entry: at its hour when its meeting is planned, else the whole day."""
    agenda = meeting.agenda if meeting else "\n".join(str(point) for point in row.agenda)
    return Entry(
        id=row.id,
        title=f"{row.title} – {row.subject_title}",
        day=row.due_on,
        timezone=timezone,
        host=host,
        sequence=row.sequence,
        begins_at=meeting.begins_at if meeting else None,
        minutes_long=meeting.minutes_long if meeting else 0,
        place=meeting.place if meeting else "",
        text=agenda,
        url=url,
        is_cancelled=row.waived_at is not None or row.dropped_at is not None,
    )


def event_of(entry: Entry) -> Event:
    """The entry as an event. Its identity stays the same as long as the promise does."""
    event = Event()
    event.add("uid", f"{entry.id}@{entry.host}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", clock.now())
    event.add("summary", entry.title)
    _add_time(event, entry)
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    _add_people(event, entry)
    return event


def _add_time(event: Event, entry: Entry) -> None:
    if entry.begins_at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    begins = datetime.combine(entry.day, entry.begins_at, ZoneInfo(entry.timezone))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=entry.minutes_long))


def _add_people(event: Event, entry: Entry) -> None:
    if entry.organizer:
        event.add("organizer", _address(entry.organizer))
    for one in entry.attendees:
        address = _address(one)
        address.params["role"] = vText("REQ-PARTICIPANT")
        address.params["partstat"] = vText("NEEDS-ACTION")
        address.params["rsvp"] = vText("TRUE")
        event.add("attendee", address, encode=False)


def _address(somebody: Somebody) -> vCalAddress:
    address = vCalAddress(f"mailto:{somebody.email}")
    address.params["cn"] = vText(somebody.name)
    return address


def calendar_of(events: Iterable[Event], method: str = PUBLISH) -> bytes:
    """A whole file, with the rules of summer time for every zone that its events name."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    years = [clock.now().year]
    for event in events:
        calendar.add_component(event)
        years.append(event.start.year)
    for name in sorted(calendar.get_missing_tzids()):
        if zone := zone_by_rule(name, min(years)):
            calendar.add_component(zone)
    calendar.add_missing_timezones()
    return calendar.to_ical()
