"""How the page about a law writes tables, titles in two languages, types and values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.rules.texts import Text
from core.rules.trail import plain
from core.rules.value_types import ValueType


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table with an empty line after it; nothing without rows."""
    written = [_row(one) for one in rows]
    if written:
        yield from (_row(head), _row(["---"] * len(head)), *written, "")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(' '.join(one.split()).replace('|', chr(92) + '|') for one in cells)} |"


def titled(text: Text) -> str:
    """A title in English, and in the words of the law."""
    return f"{text.en} · *{text.nb}*"


def codes(names: Iterable[str]) -> str:
    """Names as JSON and the files have them."""
    return ", ".join(f"`{one}`" for one in names)


def typed(kind: ValueType) -> str:
    """The shape of a value: its type with unit, choices and fields."""
    inside = ", ".join(kind.choices) or "; ".join(
        f"`{one.json_key}`{'?' if one.optional else ''} {typed(one.type)}" for one in kind.fields.values()
    )
    said = f"{kind.kind} ({kind.unit})" if kind.unit else kind.kind
    return f"{said}: {inside}" if inside else said


def amount(value: Any) -> str:
    """A value as the files have it."""
    made = plain(value)
    return ", ".join(map(str, made)) if isinstance(made, list) else str(made)
