"""What the facts of an agreement's life add up to. Pure functions; the status derives from the result."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core.obligations.following import Pause
from core.plugin_host.wording import Wording


class Kind(StrEnum):
    """What can happen to an agreement in force."""

    EXTENDED = "extended"
    SHORTENED = "shortened"
    NOTICED = "noticed"
    PAUSED = "paused"
    RESUMED = "resumed"
    RENEWED = "renewed"
    AMENDED = "amended"


TITLES = {
    Kind.EXTENDED: Wording(nb="Forlenget", da="Forlænget", en="Extended"),
    Kind.SHORTENED: Wording(nb="Forkortet", da="Forkortet", en="Shortened"),
    Kind.NOTICED: Wording(nb="Sagt opp", da="Opsagt", en="Notice given"),
    Kind.PAUSED: Wording(nb="Satt på pause", da="Sat på pause", en="Paused"),
    Kind.RESUMED: Wording(nb="Gjenopptatt", da="Genoptaget", en="Resumed"),
    Kind.RENEWED: Wording(nb="Fornyet", da="Fornyet", en="Renewed"),
    Kind.AMENDED: Wording(nb="Endret", da="Ændret", en="Amended"),
}


@dataclass(frozen=True)
class Standing:
    """The dates of `Agreement` that follow from the facts, under the same names."""

    ends_on: date | None = None
    notice_on: date | None = None
    paused_from: date | None = None
    resumes_on: date | None = None
    renewed_at: datetime | None = None


def standing_of(agreement: Any) -> Standing:
    """The dates as an agreement has them now."""
    return Standing(**{one.name: getattr(agreement, one.name) for one in fields(Standing)})


def after(standing: Standing, event: Any) -> Standing:
    """The dates once an event has happened. Takes anything with the columns of `LifeEvent`."""
    match event.kind:
        case Kind.EXTENDED | Kind.SHORTENED | Kind.AMENDED:
            return replace(standing, ends_on=event.until)
        case Kind.NOTICED:
            return replace(standing, ends_on=event.until, notice_on=event.day)
        case Kind.PAUSED:
            return replace(standing, paused_from=event.day, resumes_on=event.until)
        case Kind.RESUMED:
            return _resumed(standing, event.day)
        case Kind.RENEWED:
            return replace(standing, renewed_at=event.recorded_at)
    raise ValueError(f"an agreement knows no {event.kind}")


def _resumed(standing: Standing, day: date) -> Standing:
    if standing.paused_from is None or standing.paused_from >= day:
        return replace(standing, paused_from=None, resumes_on=None)
    return replace(standing, resumes_on=day)


def pauses_of(events: Iterable[Any]) -> tuple[Pause, ...]:
    """The pauses that the facts tell of, the oldest first; one that was taken back in time is none."""
    found: list[Pause] = []
    for event in events:
        if event.kind == Kind.PAUSED:
            found.append(Pause(event.day, event.until))
        elif event.kind == Kind.RESUMED and found:
            begun = found.pop()
            if begun.begins < event.day:
                found.append(replace(begun, ends=event.day))
    return tuple(found)
