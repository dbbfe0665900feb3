"""Names that a Word file carries invisibly: which paragraphs are a clause, and which copy the file is."""

import hashlib
from uuid import UUID

CLAUSE, COPY = "ffclause_", "ffcopy_"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def tag(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{WORD}}}{name}"


def clause_name(key: str) -> str:
    """The bookmark around a clause: Word takes at most 40 letters, digits and underscores."""
    return f"{CLAUSE}{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def copy_name(copy: UUID) -> str:
    """The bookmark that says which copy a file is."""
    return f"{COPY}{copy.hex}"


def copy_of(name: str) -> UUID | None:
    """The copy that a bookmark names, None for any other bookmark."""
    try:
        return UUID(hex=name.removeprefix(COPY)) if name.startswith(COPY) else None
    except ValueError:
        return None
