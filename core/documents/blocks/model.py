"""What clause text consists of, and what is done with it: filling placeholders."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial


@dataclass(frozen=True)
class Text:
    """Words as they are read, without any notation."""

    text: str
    emphasis: bool = False


@dataclass(frozen=True)
class Placeholder:
    """A place that is filled with the agreement's value for `key`."""

    key: str
    emphasis: bool = False


Run = Text | Placeholder


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class BulletList:
    """An unordered list of one level; each item is a line of runs."""

    items: tuple[tuple[Run, ...], ...]


Block = Paragraph | BulletList


def placeholders(blocks: Iterable[Block]) -> set[str]:
    """The keys of all placeholders that are still unfilled."""
    return {run.key for block in blocks for run in _all_runs(block) if isinstance(run, Placeholder)}


def fill(blocks: Iterable[Block], values: Mapping[str, str]) -> tuple[Block, ...]:
    """Put values in place of placeholders; a key without a value stays a placeholder."""
    return tuple(_map_runs(block, partial(_fill_runs, values=values)) for block in blocks)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same words with neighbouring texts of one emphasis joined and empty ones left out."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if isinstance(run, Text) and isinstance(last, Text) and run.emphasis == last.emphasis:
            merged[-1] = replace(last, text=last.text + run.text)
        elif run != Text("", run.emphasis):
            merged.append(run)
    return tuple(merged)


def _fill_runs(runs: tuple[Run, ...], values: Mapping[str, str]) -> tuple[Run, ...]:
    return merged(
        Text(values[run.key], run.emphasis) if isinstance(run, Placeholder) and run.key in values else run
        for run in runs
    )


def _all_runs(block: Block) -> Iterator[Run]:
    for line in block.items if isinstance(block, BulletList) else (block.runs,):
        yield from line


def _map_runs(block: Block, change: Callable[[tuple[Run, ...]], tuple[Run, ...]]) -> Block:
    if isinstance(block, BulletList):
        return BulletList(tuple(change(item) for item in block.items))
    return Paragraph(change(block.runs))
