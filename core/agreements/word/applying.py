"""Putting a change from Word into the notation of a clause, where fields and emphasis stay. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from core.documents.blocks import Block, BulletList, Placeholder, Run, parse
from core.documents.word.writing import OPEN_FIELD

CONTEXTS = (60, 30, 15, 6, 0)
"""With how many letters around it a place is looked for: ever fewer, for they may have changed."""
PARAGRAPH, ITEM, MARKER, EMPHASIS, ESCAPE = "\n\n", "\n- ", "- ", "*", "\\"
_SPECIAL = re.compile(r"[\\*{}]")
_PIECES = re.compile(r"[\\*{}]|[^\\*{}]+")


class PlaceNotFoundError(Exception):
    """The words around a change are no longer there, or stand there more than once."""


class FieldTouchedError(Exception):
    """A change lies inside the value of a field; `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Shown:
    """How fields are printed: their values, labels of those without, and which are lists."""

    values: Mapping[str, str]
    labels: Mapping[str, str]
    lists: frozenset[str]


@dataclass(frozen=True)
class _Piece:
    """A piece of the notation and what is seen of it; `field` names a placeholder."""

    source: str
    shown: str
    field: str = ""

    @property
    def begins_item(self) -> bool:
        """Whether a new item of a list begins with it."""
        return self.source == ITEM or (self.source == MARKER and not self.shown)


def shown_text(text: str, shown: Shown) -> str:
    """The words of a clause as they stand in the file for Word, one line for each paragraph and item."""
    return "".join(piece.shown for piece in _pieces(text, shown))


def applied(text: str, shown: Shown, *, before: str, removed: str, added: str, after: str) -> str:
    """The clause with one change in it.

    Raises PlaceNotFoundError or FieldTouchedError.
    """
    pieces = list(_pieces(text, shown))
    words = "".join(piece.shown for piece in pieces)
    start = _place(words, before, removed, after)
    return _replaced(pieces, start, start + len(removed), added)


def appended(text: str, added: str) -> str:
    """The clause with one more paragraph at its end."""
    return f"{text.rstrip()}{PARAGRAPH}{_escaped(added.strip())}".strip()


def _place(words: str, before: str, removed: str, after: str) -> int:
    if words == removed:
        return 0
    for size in CONTEXTS:
        ahead = before[-size:] if size else ""
        sought = ahead + removed + after[:size]
        places = [one.start() for one in re.finditer(f"(?={re.escape(sought)})", words)] if sought else []
        if len(places) == 1:
            return places[0] + len(ahead)
    raise PlaceNotFoundError


def _pieces(text: str, shown: Shown) -> Iterator[_Piece]:
    for number, block in enumerate(parse(text, lenient=True)):
        if number:
            yield _Piece(PARAGRAPH, "\n")
        yield from _of_block(block, shown)


def _of_block(block: Block, shown: Shown) -> Iterator[_Piece]:
    if not isinstance(block, BulletList):
        words = list(_of_runs(block.runs, shown))
        if re.match(r"-\s+\S", "".join(piece.source for piece in words)):
            yield _Piece(ESCAPE, "")
        yield from words
        return
    yield _Piece(MARKER, "")
    for number, item in enumerate(block.items):
        if number:
            yield _Piece(ITEM, "\n")
        yield from _of_item(item, shown)


def _of_item(item: tuple[Run, ...], shown: Shown) -> Iterator[_Piece]:
    only = item[0] if len(item) == 1 and isinstance(item[0], Placeholder) else None
    value = shown.values.get(only.key, "") if only and only.key in shown.lists else ""
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    if only and lines:
        yield _Piece(f"{{{only.key}}}", "\n".join(lines), only.key)
    else:
        yield from _of_runs(item, shown)


def _of_runs(runs: Iterable[Run], shown: Shown) -> Iterator[_Piece]:
    for emphasis, group in groupby(runs, key=lambda run: run.emphasis):
        if emphasis:
            yield _Piece(EMPHASIS, "")
        for run in group:
            yield from _of_run(run, shown)
        if emphasis:
            yield _Piece(EMPHASIS, "")


def _of_run(run: Run, shown: Shown) -> Iterator[_Piece]:
    if isinstance(run, Placeholder):
        words = shown.values.get(run.key) or OPEN_FIELD.format(label=shown.labels.get(run.key, run.key))
        yield _Piece(f"{{{run.key}}}", words, run.key)
        return
    for words in _PIECES.findall(run.text):
        yield _Piece(_escaped(words), words)


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words)


def _replaced(pieces: Iterable[_Piece], start: int, end: int, added: str) -> str:
    made, place, in_list, waiting = _Made(), 0, False, True
    for piece in pieces:
        if waiting and place >= start and piece.shown:
            made.put(_notation(added, in_list=in_list))
            waiting = False
        in_list = piece.begins_item or (in_list and piece.source != PARAGRAPH)
        stop = place + len(piece.shown)
        if piece.shown and place < end and start < stop:
            made.put(
                *_cut(piece, start - place, end - place, _notation(added, in_list=in_list) if waiting else "")
            )
            waiting = False
        elif piece.field and place < start == end < stop:
            raise FieldTouchedError(piece.field)
        elif place < start == end < stop:
            made.put(*_cut(piece, start - place, end - place, _notation(added, in_list=in_list)))
            waiting = False
        elif piece.shown:
            made.put(piece.source)
        else:
            made.mark(piece.source)
        place = stop
    if waiting:
        made.put(_notation(added, in_list=in_list))
    return str(made)


def _cut(piece: _Piece, start: int, end: int, added: str) -> tuple[str, ...]:
    """What is left of a piece around a change; a field goes as a whole or not at all."""
    whole = start <= 0 and end >= len(piece.shown)
    if piece.field and not whole:
        raise FieldTouchedError(piece.field)
    if whole or piece.source != piece.shown:
        return (added,)
    return (piece.source[: max(0, start)], added, piece.source[end:])


def _notation(added: str, *, in_list: bool) -> str:
    return (ITEM if in_list else PARAGRAPH).join(_escaped(line) for line in added.split("\n"))


class _Made:
    """The new notation; emphasis around nothing and a marker inside a line are left out."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def put(self, *sources: str) -> None:
        """Words, with their signs."""
        self.parts += [source for source in sources if source]

    def mark(self, source: str) -> None:
        """A sign that nothing is seen of."""
        last = self.parts[-1] if self.parts else PARAGRAPH
        if source == EMPHASIS == last:
            self.parts.pop()
        elif source != MARKER or last in {PARAGRAPH, ITEM}:
            self.parts.append(source)

    def __str__(self) -> str:
        return "".join(self.parts).strip()
