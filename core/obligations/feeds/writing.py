"""Promises as an iCalendar file (RFC 5545): events of a whole day, each with an id that never changes."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from icalendar import Calendar, Event

from core.obligations.period import Dated

PRODUCT = "-//Fotfeste//Deadlines//EN"
REFRESH = "PT6H"


def written(title: str, promises: Iterable[Dated], link: Callable[[UUID], str]) -> bytes:
    """The file. ``link`` gives the full address of an agreement."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-published-ttl", REFRESH)
    for promise in promises:
        calendar.add_component(_event(promise, link(promise.subject_id)))
    return bytes(calendar.to_ical())


def _event(promise: Dated, url: str) -> Event:
    event = Event()
    event.add("uid", f"{promise.id}@fotfeste")
    event.add("dtstamp", promise.made_at)
    event.add("dtstart", promise.due_on)
    event.add("dtend", promise.due_on + timedelta(days=1))
    event.add("summary", f"✓ {promise.title}" if promise.is_done else promise.title)
    event.add("description", f"{promise.subject_title}\n{url}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
