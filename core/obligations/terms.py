"""What an agreement promises under its terms: each promise by key and number, with its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext

from core.obligations.cadence import next_working_day, occurrences
from core.obligations.calendar import Calendar
from core.obligations.states import EXPIRY
from core.web.formats import written_date
from core.web.languages import in_language

Name = tuple[str, int]
"""The key of a promise and its number: what it is known by, whatever day it moves to."""


@dataclass(frozen=True)
class Pause:
    """Days on which nothing is due: from `begins` until the day before `ends`; None while nobody knows."""

    begins: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Whether a day lies in the pause."""
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Amended:
    """A later content and the day from which it applies.

    ``counted`` maps the key of a promise to the last number that the content before it has used up.
    """

    day: date
    content: Mapping[str, Any]
    counted: Mapping[str, int]


@dataclass(frozen=True)
class Terms:
    """What decides the days: the signed content, first and last day, pauses, whether the end is decided.

    `amended` are the contents that came in its place, the oldest first.
    """

    content: Mapping[str, Any]
    starts_on: date
    ends_on: date | None
    pauses: tuple[Pause, ...] = ()
    end_is_decided: bool = False
    amended: tuple[Amended, ...] = ()

    @property
    def newest(self) -> Mapping[str, Any]:
        """The content that came last."""
        return self.amended[-1].content if self.amended else self.content


@dataclass(frozen=True)
class Wanted:
    """One promise as the terms want it; `rests_from` is the first day of a pause without a known end.

    `participants` are keys of contacts.
    """

    key: str
    index: int
    kind: str
    title: str
    called_by: str
    nominal_on: date
    due_on: date
    agenda: list[Any] = field(default_factory=list)
    participants: list[Any] = field(default_factory=list)
    rests_from: date | None = None

    @property
    def name(self) -> Name:
        """What the promise is known by."""
        return self.key, self.index


def wanted(terms: Terms, until: date, calendar: Calendar) -> dict[Name, Wanted]:
    """Every promise of the terms from the first day to `until`.

    What falls in a pause whose end is known: the last of each kind moves to the first working day after it,
    earlier ones fall away. What falls in a pause without a known end rests and keeps its day.
    """
    found = list(_series(terms, until, calendar))
    for pause in terms.pauses:
        found = list(_after(pause, found, terms.ends_on, calendar))
    if terms.ends_on is not None and not terms.end_is_decided:
        found.append(_expiry(terms, terms.ends_on, calendar))
    return {one.name: one for one in found}


def _after(
    pause: Pause, promises: list[Wanted], ends_on: date | None, calendar: Calendar
) -> Iterable[Wanted]:
    last = {one.key: one.index for one in promises if pause.covers(one.due_on)}
    for one in promises:
        if not pause.covers(one.due_on):
            yield one
        elif pause.ends is None:
            yield replace(one, rests_from=pause.begins)
        elif one.index == last[one.key] and (ends_on is None or pause.ends <= ends_on):
            yield replace(one, due_on=next_working_day(pause.ends, calendar.holidays))


@dataclass(frozen=True)
class _Series:
    """A meeting that returns: its rhythm counts from `anchor`, its numbers from `offset`."""

    meeting: Mapping[str, Any]
    anchor: date
    offset: int

    def goes_on_as(self, meeting: Mapping[str, Any]) -> bool:
        """Whether a later content leaves the rhythm alone."""
        return all(self.meeting[name] == meeting[name] for name in ("every_months", "first_after_months"))


def _series(terms: Terms, until: date, calendar: Calendar) -> Iterable[Wanted]:
    """The promises of each content until the next one applies. A changed rhythm counts from that day."""
    phases = (Amended(terms.starts_on, terms.content, {}), *terms.amended)
    running: dict[str, _Series] = {}
    for place, phase in enumerate(phases):
        following = phases[place + 1] if place + 1 < len(phases) else None
        running = {
            one["key"]: _begun(one, running.get(one["key"]), phase, terms.starts_on)
            for one in _meetings(phase.content)
        }
        for key, series in running.items():
            used = phase.counted.get(_key(key), 0)
            last = following.counted.get(_key(key), 0) if following else None
            for one in _dates(series, until, calendar):
                if used < one.index and (last is None or one.index <= last):
                    yield one


def _begun(meeting: Mapping[str, Any], before: _Series | None, phase: Amended, starts_on: date) -> _Series:
    if before is not None and before.goes_on_as(meeting):
        return replace(before, meeting=meeting)
    return _Series(meeting, max(phase.day, starts_on), phase.counted.get(_key(meeting["key"]), 0))


def _key(meeting_key: str) -> str:
    return f"meeting.{meeting_key}"[:80]


def _meetings(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Meetings with the keys of the contacts whose titles stand among their participants."""
    contacts = [contact for section in content["sections"] for contact in section["contacts"]]
    for section in content["sections"]:
        for meeting in section["meetings"]:
            named = [one["key"] for one in contacts if one["title"] in meeting["participants"]]
            yield {**meeting, "contact_keys": named}


def _dates(series: _Series, until: date, calendar: Calendar) -> Iterable[Wanted]:
    meeting = series.meeting
    rhythm, first = meeting["every_months"], meeting["first_after_months"]
    for one in occurrences(series.anchor, rhythm, first, until, calendar.holidays):
        yield Wanted(
            key=_key(meeting["key"]),
            index=series.offset + one.index,
            kind=meeting["kind"],
            title=meeting["title"][:200],
            called_by=meeting["called_by"][:200],
            agenda=list(meeting["agenda"]),
            participants=meeting["contact_keys"],
            nominal_on=one.nominal,
            due_on=one.due,
        )


def _expiry(terms: Terms, ends_on: date, calendar: Calendar) -> Wanted:
    content = terms.newest
    nominal = max(terms.starts_on, ends_on - timedelta(days=content["duration"]["reminder_days"]))
    with in_language(content["language"]):
        title = gettext(
            "Decide whether to renew the agreement: it ends on %(date)s", date=written_date(ends_on)
        )
    return Wanted(
        key="duration.expiry",
        index=1,
        kind=EXPIRY,
        title=title,
        called_by=next((party["name"] for party in content["parties"] if party["is_tenant"]), ""),
        nominal_on=nominal,
        due_on=min(next_working_day(nominal, calendar.holidays), ends_on),
    )
