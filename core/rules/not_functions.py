"""Rules of the source that are no functions, with the reason: `not_functions.yaml` beside the law."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.rules.declared import Record
from core.rules.rule_set import RuleSet
from core.rules.texts import Text

FILE = "not_functions.yaml"


@dataclass(frozen=True)
class NotFunction:
    """A rule that no rule set answers, and why."""

    id: str
    title: Text
    reason: str


def not_functions(rule_sets: Collection[RuleSet]) -> tuple[NotFunction, ...]:
    """What the folders of the sets list. Raises DeclarationError, also for an id that a set has as a rule."""
    declared = {key for one in rule_sets for key in one.own_rules}
    files = dict.fromkeys(one.folder / FILE for one in rule_sets)
    return tuple(one for file in files if file.is_file() for one in _read(file, declared))


def _read(file: Path, declared: set[str]) -> Iterator[NotFunction]:
    record = Record.of_file(file)
    for item in record.items("not_functions"):
        yield _not_function(item, declared)
        declared.add(item.text("id"))
    record.close()


def _not_function(record: Record, declared: set[str]) -> NotFunction:
    made = NotFunction(record.text("id"), record.wording("title"), record.text("reason"))
    if made.id in declared:
        raise record.error("id", f"{made.id} is declared already")
    record.close()
    return made
