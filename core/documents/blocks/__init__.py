"""Clause text as blocks: one parser for page, PDF and Word."""

from core.documents.blocks.model import (
    Block,
    BulletList,
    Paragraph,
    Placeholder,
    Run,
    Text,
    fill,
    placeholders,
)
from core.documents.blocks.notation import BlockError, parse, to_source
from core.documents.blocks.shown import to_html, to_plain
from core.documents.blocks.stored import from_json, to_json

__all__ = [
    "Block",
    "BlockError",
    "BulletList",
    "Paragraph",
    "Placeholder",
    "Run",
    "Text",
    "fill",
    "from_json",
    "parse",
    "placeholders",
    "to_html",
    "to_json",
    "to_plain",
    "to_source",
]
