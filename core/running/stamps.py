"""Steps that are done once: a step is done again when what goes into it has changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.running.places import ROOT, VENV

FOLDER = VENV / "done"


@dataclass(frozen=True)
class Stamp:
    """Remembers the digest of the files that went into a step, and of the checkout's own place."""

    name: str
    inputs: tuple[Path, ...]

    def fresh(self, *results: Path) -> bool:
        """Whether the step was done with these very inputs and its results are still there."""
        file = FOLDER / self.name
        return file.exists() and file.read_text() == self._digest() and all(map(Path.exists, results))

    def write(self) -> None:
        """Remember that the step is done."""
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / self.name).write_text(self._digest())

    def _digest(self) -> str:
        digest = hashlib.sha256(str(ROOT).encode())
        for path in sorted(self.inputs):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def stamp(name: str, inputs: Iterable[Path]) -> Stamp:
    """The stamp of a step; inputs that do not exist are left out."""
    return Stamp(name, tuple(path for path in inputs if path.is_file()))
