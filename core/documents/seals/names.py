"""The name of a seal inside a file: it tells which seal it is, also when the file has been changed."""

import re
from uuid import UUID

_NAME = re.compile(r"FotfesteSeal([0-9a-f]{32})")


def field_name(seal_id: UUID) -> str:
    """How the field of a seal is called."""
    return f"FotfesteSeal{seal_id.hex}"


def seal_id_of(name: str) -> UUID | None:
    """The id of the seal whose field has a name; None for a field of somebody else."""
    found = _NAME.fullmatch(name)
    return UUID(found[1]) if found else None
