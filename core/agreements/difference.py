"""What differs between two texts, word by word. Pure functions.

`marked(before, after)` gives pieces in the order of reading; the macro ``marked`` of
``agreements/difference.html`` shows them with ``<ins>`` and ``<del>`` and says "added" and "removed" in
words. Joined without what was removed they are the text after, without what was added the text before.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Change = Literal["same", "added", "removed"]
PIECES: Final = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES: Final = 6000
"""Longer texts are compared by line, so that a page never waits for one."""


@dataclass(frozen=True)
class Piece:
    """Some words of a text that stayed, came or went together."""

    change: Change
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """The pieces of two texts, what went before what came in its place."""
    old, new = _pieces(before), _pieces(after)
    if len(old) + len(new) > MOST_PIECES:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_joined(_changes(old, new)))


def differ(pieces: Iterable[Piece]) -> bool:
    """Whether anything came or went."""
    return any(one.change != "same" for one in pieces)


def _pieces(text: str) -> list[str]:
    return PIECES.findall(text)


def _changes(old: list[str], new: list[str]) -> Iterator[Piece]:
    for way, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if way == "equal":
            yield Piece("same", "".join(old[old_from:old_to]))
            continue
        yield Piece("removed", "".join(old[old_from:old_to]))
        yield Piece("added", "".join(new[new_from:new_to]))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Without empty pieces, and with one space between two changes taken into both: read as one change."""
    waiting = {"removed": "", "added": ""}
    found = [one for one in pieces if one.text]
    for place, one in enumerate(found):
        is_between = 0 < place < len(found) - 1 and one.change == "same" and one.text == " "
        if one.change != "same" or (is_between and any(waiting.values())):
            for change in waiting:
                waiting[change] += one.text if one.change in {change, "same"} else ""
            continue
        yield from _flushed(waiting)
        waiting = {"removed": "", "added": ""}
        yield one
    yield from _flushed(waiting)


def _flushed(waiting: dict[str, str]) -> Iterator[Piece]:
    if waiting["removed"]:
        yield Piece("removed", waiting["removed"])
    if waiting["added"]:
        yield Piece("added", waiting["added"])
