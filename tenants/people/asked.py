"""What an address of a list asks for, read so that nonsense finds nothing instead of failing."""

from uuid import UUID

from flask import request

LONGEST = 100
LONGEST_NUMBER = 9
NOBODY = UUID(int=0)


def words_of(text: str) -> str:
    """Words to look for, cut to a length that a name can have."""
    return text.replace("\0", "").strip()[:LONGEST]


def id_of(text: str) -> UUID | None:
    """The id of something; that of nothing when the text is none, and None when it is empty."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


def page_number() -> int:
    """Which page of a list the address asks for."""
    asked = request.args.get("page", "1")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else 1
