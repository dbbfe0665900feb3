"""Which contents the law wants in a plan or contract of a day, read from `required_contents.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from core.sdk import Wording

FILE = Path(__file__).parent / "required_contents.yaml"
FIRST_DAY = date(2021, 1, 1)
"""The Integration Act came into force; plans before it follow another act."""


@dataclass(frozen=True)
class Window:
    """For which regime, and from when until before when, a content is required."""

    rule: str
    regime: str
    begins: date
    ends: date | None
    severity: str
    confidence: str
    reference: Wording

    def holds(self, regime: str, day: date) -> bool:
        """Whether the content is required of a document that is drawn up on a day."""
        return regime == self.regime and self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Content:
    """Something that a document has to say, and where an agreement says it."""

    key: str
    document: str
    title: Wording
    clause: str
    values: tuple[str, ...]
    dates: bool
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Required:
    """A content that one regime requires on one day, with the window that says so."""

    content: Content
    window: Window


def required(document: str, regime: str, day: date) -> tuple[Required, ...]:
    """What a `plan` or `contract` that is drawn up on a day has to contain, in the order of the file."""
    return tuple(
        Required(content, window)
        for content in contents()
        for window in content.windows
        if content.document == document and window.holds(regime, day)
    )


@cache
def contents() -> tuple[Content, ...]:
    """Every content of the file."""
    read = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return tuple(_content(one) for one in read["contents"])


def _content(one: dict[str, Any]) -> Content:
    return Content(
        key=one["key"],
        document=one["document"],
        title=Wording(**one["title"]),
        clause=one.get("clause", ""),
        values=tuple(one.get("values", ())),
        dates=one.get("dates", False),
        windows=tuple(_window(window) for window in one["windows"]),
    )


def _window(one: dict[str, Any]) -> Window:
    reference = one["reference"]
    return Window(
        rule=one["rule"],
        regime=one["regime"],
        begins=one["from"],
        ends=one.get("until"),
        severity=one["severity"],
        confidence=one["confidence"],
        reference=Wording(nb=reference["nb"], da=reference.get("da", reference["nb"]), en=reference["en"]),
    )
