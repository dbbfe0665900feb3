"""The one clock. Nobody else asks the system for the time, so tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen_at: list[datetime] = []


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen_at[-1] if _frozen_at else datetime.now(UTC)


def today(timezone: str) -> date:
    """The local date in an IANA timezone such as ``Europe/Oslo``."""
    return local(now(), timezone).date()


def local(instant: datetime, timezone: str) -> datetime:
    """An aware instant as wall time in an IANA timezone."""
    return instant.astimezone(ZoneInfo(timezone))


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant, for every thread of the process. Nestable; for tests and demo."""
    if at.tzinfo is None:
        raise ValueError("the clock is frozen at an aware instant, not a naive one")
    _frozen_at.append(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen_at.pop()
