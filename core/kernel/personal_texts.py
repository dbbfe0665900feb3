"""Names in free text: finding the rows that mention a person, and putting a mark in place of the words."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, false, or_

from core.kernel.personal import FREE_TEXT, category_of

REDACTED = "[…]"
SHORTEST = 4
"""Shorter words would be found in half of all texts."""


def usable(words: Iterable[str]) -> list[str]:
    """The words worth looking for, the longest first, so that a full name goes before a part of it."""
    return sorted({one.strip() for one in words if len(one.strip()) >= SHORTEST}, key=len, reverse=True)


def mentions(model: type[Any], words: Collection[str]) -> ColumnElement[bool]:
    """The condition that a free text of a row may mention one of the words; read the row to be sure."""
    texts = [getattr(model, key) for key in _texts_of(model)]
    wanted = usable(words)
    if not wanted or not texts:
        return false()
    return or_(*(cast(text, Text).icontains(word, autoescape=True) for text in texts for word in wanted))


def mentioning(row: Any, words: Collection[str]) -> dict[str, Any]:
    """The free texts of a row that mention one of the words, by ``table.column``."""
    columns = type(row).__mapper__.columns
    found = {str(columns[key]): getattr(row, key) for key in _texts_of(type(row))}
    return {name: value for name, value in found.items() if redacted(value, words) != value}


def redact(row: Any, words: Collection[str]) -> bool:
    """Put a mark in place of the words in a row's free texts; whether anything was there."""
    changed = False
    for key in _texts_of(type(row)):
        before = getattr(row, key)
        after = redacted(before, words)
        if after != before:
            setattr(row, key, after)
            changed = True
    return changed


def redacted(value: Any, words: Collection[str]) -> Any:
    """A text, or JSON with texts in it, with a mark in place of each of the words."""
    wanted = usable(words)
    if not wanted:
        return value
    either = "|".join(re.escape(word) for word in wanted)
    return _in_texts(value, re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE))


def _in_texts(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(REDACTED, value)
    if isinstance(value, list):
        return [_in_texts(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: _in_texts(one, pattern) for key, one in value.items()}
    return value


def _texts_of(model: type[Any]) -> list[str]:
    """Attributes with free text; bytes are files, which go as a whole."""
    return [
        prop.key
        for prop in model.__mapper__.column_attrs
        if category_of(prop.columns[0]) == FREE_TEXT and prop.columns[0].type.python_type is not bytes
    ]
