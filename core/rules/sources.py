"""What the short names of sources stand for: `sources.yaml` beside the law."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.rules.declared import Record
from core.rules.rule_set import RuleSet

FILE = "sources.yaml"


def sources(rule_sets: Iterable[RuleSet]) -> tuple[tuple[str, str], ...]:
    """Each short name with its meaning, from the folders of the sets. Raises DeclarationError."""
    files = dict.fromkeys(one.folder / FILE for one in rule_sets)
    return tuple(one for file in files if file.is_file() for one in _read(file))


def _read(file: Path) -> Iterator[tuple[str, str]]:
    record = Record.of_file(file)
    record.take("sources")
    below = record.record("sources")
    yield from [(name, below.text(name)) for name in below.values]
    record.close()
