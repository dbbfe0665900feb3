"""Identifiers: UUID version 7, made in Python, so that rows sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7."""
    return uuid7()


def parse_id(text: str) -> UUID | None:
    """The id that a text holds, or None when it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
