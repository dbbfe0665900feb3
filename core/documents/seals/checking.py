"""What a file that somebody hands in says of its own seal. It is read, never kept."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from uuid import UUID

from core.documents.seals.names import seal_id_of

SECONDS, MEMORY = 10, 1024**3
READER = Path(__file__).with_name("read_seal.py")
HEAD = 1024
"""Bytes within which a PDF says that it is one."""
_ROOM = BoundedSemaphore(2)
"""How many files a process reads at once; others wait, so that a crowd of files does not fill the memory."""
_NAME_IN_FILE = re.compile(rb"\((FotfesteSeal[0-9a-f]{32})\)")


@dataclass(frozen=True)
class SealFound:
    """The seal of a file: its id (None: not one of ours by its name), its certificate, and how it stands.

    ``intact``: not a byte under the seal has changed; ``whole``: nothing was added after it.
    """

    id: UUID | None
    certificate: str
    intact: bool
    whole: bool


@dataclass(frozen=True)
class FileRead:
    """Whether a file can be read as a PDF to its end, and its seal if it has one."""

    readable: bool
    seal: SealFound | None


def is_pdf(content: bytes) -> bool:
    """Whether a file begins as a PDF does."""
    return b"%PDF-" in content[:HEAD]


def read_file(content: bytes) -> FileRead:
    """Read a PDF from a stranger, in a process of its own with limits of time and memory."""
    with _ROOM:
        return _read_file(content)


def _read_file(content: bytes) -> FileRead:
    command = [sys.executable, "-I", str(READER), str(SECONDS), str(MEMORY)]
    try:
        made = subprocess.run(
            command, input=content, capture_output=True, env={}, timeout=2 * SECONDS, check=True
        )
    except subprocess.SubprocessError:
        return FileRead(readable=False, seal=_broken_seal(content))
    said = json.loads(made.stdout)
    if said["seal"] is None:
        return FileRead(said["readable"], None if said["readable"] else _broken_seal(content))
    seal = said["seal"]
    return FileRead(
        said["readable"],
        SealFound(seal_id_of(seal["name"]), seal["certificate"], seal["intact"], seal["whole"]),
    )


def _broken_seal(content: bytes) -> SealFound | None:
    """A file that no reader understands may still name its seal."""
    found = _NAME_IN_FILE.search(content)
    return SealFound(seal_id_of(found[1].decode()), "", intact=False, whole=False) if found else None
