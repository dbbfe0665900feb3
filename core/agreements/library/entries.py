"""What the library finds: one text with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.agreements.parts import Parts
from core.documents.blocks import parse, placeholders

PAGE_LENGTH: Final = 10
MOST_COUNTED: Final = 1000


@dataclass(frozen=True)
class Entry:
    """A text of the library. ``id`` finds it again, ``unknown`` are fields that the agreement lacks."""

    id: str
    source: str
    place: str
    text: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One page of what was found. There may be more than ``total`` when ``is_more``."""

    entries: Sequence[Entry]
    total: int
    page: int
    pages: int
    is_more: bool = False


def unknown_fields(parts: Parts, text: str) -> tuple[str, ...]:
    """The fields that a text names and the agreement's type does not have, in order."""
    known = {one.key for one in parts.kind.placeholders}
    return tuple(sorted(placeholders(parse(text, lenient=True)) - known))


def pages_of(total: int, page: int) -> tuple[int, int]:
    """The page that there is for a number that was asked for, and how many there are."""
    pages = max(1, -(-total // PAGE_LENGTH))
    return min(max(1, page), pages), pages
