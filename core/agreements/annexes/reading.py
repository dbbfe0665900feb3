"""Annexes as they are read, on a page and in PDF. Pure functions of the frozen text and the first day."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from babel.dates import format_date, get_month_names

from core.agreements.annexes.dates import (
    PromisedDate,
    end_of,
    first_year_until,
    meetings_of,
    promised_dates,
)
from core.agreements.annexes.labels import AnnexLabels
from core.agreements.annexes.picture import drawing
from core.agreements.wheel.ring import ACTIVITY, PROMISE, Entry, ring_of
from core.agreements.wheel.year import numbered
from core.documents.document import Picture, Table
from core.obligations.cadence import HolidaysOfYear


def no_holidays(_year: int) -> Collection[date]:
    """Only weekends are days off."""
    return ()


NOBODY = UUID(int=0)
"""Entries of a printed wheel lead nowhere, so they need no id."""


@dataclass(frozen=True)
class Start:
    """The first day of an agreement, None while nobody knows it, and the days off of its country."""

    day: date | None = None
    days_off: HolidaysOfYear = no_holidays


UNKNOWN = Start()


@dataclass(frozen=True)
class ReadAnnex:
    """One annex: a heading, sentences, a picture where it has one, and a table that says the same."""

    key: str
    heading: str
    sentences: tuple[str, ...]
    table: Table
    picture: Picture | None = None


def annexes_of(content: Mapping[str, Any], labels: AnnexLabels, start: Start) -> tuple[ReadAnnex, ...]:
    """The annexes of a content; none for one that was frozen without.

    The days of an amendment depend on what is in force, so its annexes name the rhythms.
    """
    written = content["duration"]["starts_on"]
    first = start if start.day or not written else Start(date.fromisoformat(written), start.days_off)
    if content.get("amends"):
        first, labels = Start(None, start.days_off), labels.of_an_amendment()
    known = {"wheel": _wheel, "contacts": _contacts, "plan": _plan}
    return tuple(
        known[one["key"]](content, one, labels.numbered(number, one["key"]), labels, first)
        for number, one in enumerate(content.get("annexes", ()), start=1)
    )


def _plan(
    content: Mapping[str, Any], _annex: Mapping[str, Any], heading: str, labels: AnnexLabels, start: Start
) -> ReadAnnex:
    if start.day is None:
        waiting = sorted(meetings_of(content), key=lambda one: int(one["first_after_months"]))
        rows = tuple(_relative(one, labels) for one in waiting)
        return ReadAnnex("plan", heading, (labels.plan_waits,), Table("", labels.relative_columns, rows))
    until = end_of(content, start.day)
    found = promised_dates(content, start.day, until, start.days_off)
    says = labels.plan_says.format(start=_long(start.day, labels), end=_long(until, labels))
    rows = tuple((_long(one.day, labels), one.title, labels.kinds[one.kind], one.called_by) for one in found)
    return ReadAnnex("plan", heading, (says,), Table("", labels.plan_columns, rows))


def _relative(meeting: Mapping[str, Any], labels: AnnexLabels) -> tuple[str, ...]:
    first, every = meeting["first_after_months"], meeting["every_months"]
    when = labels.one_month_after if first == 1 else labels.months_after.format(count=first)
    then = labels.every_month if every == 1 else labels.every_months.format(count=every)
    return (when, then, meeting["title"], meeting["called_by"])


def _contacts(
    content: Mapping[str, Any], _annex: Mapping[str, Any], heading: str, labels: AnnexLabels, _start: Start
) -> ReadAnnex:
    order = {party["name"]: place for place, party in enumerate(content["parties"])}
    people = [one for section in content["sections"] for one in section["contacts"]]
    people.sort(key=lambda one: order.get(one["party"], len(order)))
    rows = tuple(
        (
            one["party"],
            one["title"],
            ", ".join(part for part in (one["name"], one["role_title"]) if part),
            "\n".join(part for part in (one["email"], one["phone"]) if part),
        )
        for one in people
    )
    says = () if rows else (labels.nobody,)
    return ReadAnnex("contacts", heading, says, Table("", labels.contact_columns, rows))


def _wheel(
    content: Mapping[str, Any], annex: Mapping[str, Any], heading: str, labels: AnnexLabels, start: Start
) -> ReadAnnex:
    entries = numbered([*_promises(content, labels, start), *_activities(annex["activities"])])
    return ReadAnnex(
        "wheel", heading, _wheel_says(labels, start), _list(entries, labels), _ring(entries, labels)
    )


def _wheel_says(labels: AnnexLabels, start: Start) -> tuple[str, ...]:
    if start.day is None:
        return (labels.wheel_waits,)
    return (labels.wheel_says.format(start=_long(start.day, labels)),)


def _promises(content: Mapping[str, Any], labels: AnnexLabels, start: Start) -> Iterator[Entry]:
    """The first twelve months and the first day itself; nothing while nobody knows when they begin."""
    if start.day is None:
        return
    yield _entry(PromisedDate(start.day, labels.start, "start", ""))
    until = first_year_until(content, start.day)
    for one in promised_dates(content, start.day, until, start.days_off):
        yield _entry(one)


def _entry(one: PromisedDate) -> Entry:
    return Entry(
        0, PROMISE, NOBODY, one.title, one.day.month, one.day.day, note=str(one.day.year), main=one.called_by
    )


def _activities(activities: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    for one in activities:
        main = ", ".join([*one["main"], *one["performing"]])
        yield Entry(0, ACTIVITY, NOBODY, one["title"], one["month"], one["day"], main=main)


def _list(entries: Iterable[Entry], labels: AnnexLabels) -> Table:
    rows = tuple((str(one.number), _when(one, labels), one.title, one.main) for one in entries)
    return Table("", labels.wheel_columns, rows)


def _when(entry: Entry, labels: AnnexLabels) -> str:
    """A promise has its whole date; what returns each year has its month, and its day where one is named."""
    if entry.kind == PROMISE:
        return _long(date(int(entry.note), entry.month, entry.day or 1), labels)
    month = get_month_names("wide", context="format", locale=labels.language)[entry.month]
    if entry.day is None:
        return labels.each_year.format(when=month)
    leap = date(2024, entry.month, min(entry.day, monthrange(2024, entry.month)[1]))
    return labels.each_year.format(when=format_date(leap, "d. MMMM", locale=labels.language))


def _ring(entries: list[Entry], labels: AnnexLabels) -> Picture | None:
    if not entries:
        return None
    short = get_month_names("abbreviated", context="stand-alone", locale=labels.language)
    names = {month: name.rstrip(".").capitalize() for month, name in short.items()}
    return Picture(drawing(ring_of(entries), names, ""), labels.wheel_alternative, width=118)


def _long(day: date, labels: AnnexLabels) -> str:
    return format_date(day, "long", locale=labels.language)
