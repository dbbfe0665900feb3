"""The form of the explorer: which facts are asked for, and in which order, given those that are known."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from core.law.explorer.asked import KNOWN_ON, SECOND, SETTING, SWITCH, Asked
from core.law.explorer.typed import KNOWN, NO, UNKNOWN, YES
from core.law.known import reads_of
from core.rules import findings
from core.rules.facts import FactDeclaration
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.switches import Setting, Switch
from core.rules.trail import FACT, Entry
from core.web.forms import FormState

DECIDES, ALSO_READ, REST = "decides", "also_read", "rest"


@dataclass(frozen=True)
class AskedFact:
    """A fact in the form. ``is_missing``: there is no answer without it; ``rows`` are those of a list."""

    declared: FactDeclaration
    is_missing: bool
    rows: int
    second_rows: int


@dataclass(frozen=True)
class Form:
    """The form as the page shows it.

    ``facts`` by how much they matter: those that the answer rests on or lacks, those that other findings rest
    on, and the rest. ``open_groups`` are those where something stands or is wrong; so are the extras.
    ``added`` is the list that has just got a row.
    """

    state: FormState
    facts: dict[str, list[AskedFact]]
    switches: list[Switch]
    settings: list[Setting]
    open_groups: frozenset[str]
    extras_are_open: bool
    added: str

    yes, no, known, second = YES, NO, KNOWN, SECOND

    def choices(self, options: Iterable[tuple[str, str]], prefix: str) -> list[tuple[str, str]]:
        """The options of a choice; the second scenario can take back what the first knows."""
        return [*options, *([(UNKNOWN, _("Unknown"))] if prefix else [])]


def form_of(rule_set: RuleSet, asked: Asked, results: Iterable[Result]) -> Form:
    """The form with what was typed."""
    answers = list(results)
    reads = reads_of(rule_set)
    groups = {DECIDES: _read(one.trail for one in answers) | _missing(answers)}
    groups[ALSO_READ] = _read(found.trail for one in answers for found in one.findings.values())
    missing = _missing(answers)
    facts: dict[str, list[AskedFact]] = {DECIDES: [], ALSO_READ: [], REST: []}
    for key in reads.facts:
        if key in rule_set.law.facts:
            group = next((name for name, keys in groups.items() if key in keys), REST)
            facts[group].append(_asked(rule_set.law.facts[key], asked, is_missing=key in missing))
    names = {*asked.typed.taken, *asked.typed.errors}
    return Form(
        FormState({**asked.typed.given, **asked.typed.taken}, asked.typed.errors),
        facts,
        [one for key, one in rule_set.law.switches.items() if key in reads.switches],
        [one for key, one in rule_set.law.settings.items() if key in reads.settings],
        frozenset(name for name, there in facts.items() if _stand(there, {*names, asked.add_row_to})),
        any(name == KNOWN_ON or name.startswith((SWITCH, SETTING)) for name in names),
        asked.add_row_to,
    )


def _read(trails: Iterable[Iterable[Entry]]) -> set[str]:
    return {entry.name for trail in trails for entry in trail if entry.kind == FACT}


def _missing(answers: Iterable[Result]) -> set[str]:
    return {key for one in answers if one.status == findings.UNKNOWN for key in one.missing}


def _asked(declared: FactDeclaration, asked: Asked, *, is_missing: bool) -> AskedFact:
    def rows(prefix: str) -> int:
        name = f"{prefix}{declared.json_key}"
        return (
            asked.typed.rows(name) + (1 + (asked.add_row_to == name))
            if declared.type.kind == "records"
            else 0
        )

    return AskedFact(declared, is_missing, rows(""), rows(SECOND))


def _stand(facts: Iterable[AskedFact], names: Collection[str]) -> bool:
    """Whether any of the facts is among the names, in the first case or in the second."""
    own = {name for one in facts for name in (one.declared.json_key, f"{SECOND}{one.declared.json_key}")}
    return any(name in own or _fact_of(name) in own for name in names)


def _fact_of(name: str) -> str:
    """The fact that a field belongs to, such as ``absences`` for ``absences.0.days``."""
    steps = name.split(".")
    return ".".join(steps[: 2 if name.startswith(SECOND) else 1])
