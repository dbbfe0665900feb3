"""Blocks as JSON values, for storing and hashing."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.documents.blocks.model import Block, BulletList, Paragraph, Placeholder, Run, Text


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as plain JSON values, the same for the same blocks (fit for storing and hashing)."""
    return [_block_to_json(block) for block in blocks]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The inverse of `to_json`; raises `ValueError` for anything that it did not write."""
    try:
        return tuple(_block_from_json(block) for block in stored)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"not stored blocks: {error!r}"
        raise ValueError(message) from error


def _block_to_json(block: Block) -> dict[str, Any]:
    if isinstance(block, BulletList):
        return {"kind": "list", "items": [[_run_to_json(run) for run in item] for item in block.items]}
    return {"kind": "paragraph", "runs": [_run_to_json(run) for run in block.runs]}


def _run_to_json(run: Run) -> dict[str, Any]:
    stored: dict[str, Any] = {"text": run.text} if isinstance(run, Text) else {"placeholder": run.key}
    return stored | {"emphasis": True} if run.emphasis else stored


def _block_from_json(stored: Mapping[str, Any]) -> Block:
    if stored["kind"] == "list":
        return BulletList(tuple(tuple(_run_from_json(run) for run in item) for item in stored["items"]))
    if stored["kind"] == "paragraph":
        return Paragraph(tuple(_run_from_json(run) for run in stored["runs"]))
    message = f"not stored blocks: unknown kind {stored['kind']!r}"
    raise ValueError(message)


def _run_from_json(stored: Mapping[str, Any]) -> Run:
    emphasis = stored.get("emphasis", False) is True
    key = stored.get("placeholder")
    words = stored["text"] if key is None else key
    if not isinstance(words, str):
        message = f"not stored blocks: {words!r} is not text"
        raise TypeError(message)
    return Text(words, emphasis) if key is None else Placeholder(words, emphasis)
