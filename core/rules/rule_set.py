"""A rule set: the rules that together answer one question, read from its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from core.rules.calendar import WorkingDays
from core.rules.declared import Record
from core.rules.facts import FactDeclaration, Facts, facts_from_json, read_facts
from core.rules.frame import frame, read_texts
from core.rules.parameters import Parameter, read_parameters
from core.rules.rule import AS_OF, Function, RuleFunction, RuleVersion, read_rule
from core.rules.switches import Setting, Switch, read_settings, read_switches
from core.rules.texts import Text
from core.rules.value_types import ValueType, WrongValueError, read_type


@dataclass(frozen=True)
class Law:
    """Everything that the rules of a set may read, its own and that of the sets it uses."""

    facts: Mapping[str, FactDeclaration] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    switches: Mapping[str, Switch] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    flags: Mapping[str, Text] = field(default_factory=dict)
    rules: Mapping[str, tuple[RuleVersion, ...]] = field(default_factory=dict)

    def with_(self, other: "Law") -> "Law":
        """Both together."""
        return Law(*({**getattr(self, one), **getattr(other, one)} for one in self.__dataclass_fields__))


@dataclass(frozen=True)
class RuleSet:
    """``key`` is unique in its plugin. ``own_rules`` are the ids in the order of the file.

    ``conclusion`` is the rule that makes the set's answer, of the type ``value``, from the findings.
    """

    key: str
    title: Text
    summary: Text
    value: ValueType
    own_rules: tuple[str, ...]
    conclusion: RuleVersion
    law: Law
    working_days: WorkingDays | None
    folder: Path

    def facts_from_json(self, given: Any, source: str, on: date | None = None) -> Facts:
        """Facts for `evaluate`. Raises WrongFactsError with a sentence for each problem."""
        return facts_from_json(self.law.facts, given, source, on)

    def settings_from_json(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Settings for `evaluate`. Raises WrongValueError."""
        for name in given:
            if name not in self.law.settings:
                raise WrongValueError(f"one of {', '.join(self.law.settings) or 'no settings'}", name)
        return {name: self.law.settings[name].type.parse(value) for name, value in given.items()}


def load_rule_set(
    module_file: str,
    *,
    rules: Iterable[RuleFunction],
    conclude: Function,
    uses: Iterable[RuleSet] = (),
    working_days: WorkingDays | None = None,
) -> RuleSet:
    """The rule set whose functions stand in ``module_file``.

    Beside `<key>.py` lie `<key>.yaml` (texts, own facts and settings), `parameters/<key>.yaml`, and, for the
    whole folder, `facts.yaml` and `switches.yaml`. Raises DeclarationError naming file, line and field.
    """
    path = Path(module_file)
    shared = _shared(path.parent)
    for one in uses:
        shared = shared.with_(one.law)
    return _read(path, shared, {(one.id, one.version): one.function for one in rules}, conclude, working_days)


def _shared(folder: Path) -> Law:
    facts, switches = folder / "facts.yaml", folder / "switches.yaml"
    return Law(
        facts=read_facts(Record.of_file(facts)) if facts.is_file() else {},
        switches=read_switches(Record.of_file(switches)) if switches.is_file() else {},
    )


def _read(
    path: Path,
    shared: Law,
    functions: Mapping[tuple[str, str], Function],
    conclude: Function,
    working_days: WorkingDays | None,
) -> RuleSet:
    record = Record.of_file(path.with_suffix(".yaml"))
    own = Law(
        facts=read_facts(record),
        parameters=_parameters(path.parent / "parameters" / f"{path.stem}.yaml"),
        settings=read_settings(record),
        flags=read_texts(record, "flags"),
        rules=_rules(record, functions),
    )
    _refuse_repeats(record, shared, own)
    law = shared.with_(own)
    title, summary = record.wording("title"), record.wording("summary")
    made = RuleSet(
        path.stem,
        title,
        summary,
        read_type(record.record("value")),
        tuple(own.rules),
        _conclusion(path.stem, title, record, conclude),
        law,
        working_days,
        path.parent,
    )
    record.close()
    _check_rules(record, law)
    return made


def _parameters(path: Path) -> dict[str, Parameter]:
    if not path.is_file():
        return {}
    record = Record.of_file(path)
    parameters = read_parameters(record)
    record.close()
    return parameters


def _rules(
    record: Record, functions: Mapping[tuple[str, str], Function]
) -> dict[str, tuple[RuleVersion, ...]]:
    found: dict[str, tuple[RuleVersion, ...]] = {}
    left = dict(functions)
    for item in record.items("rules"):
        version = read_rule(item, functions)
        left.pop((version.id, version.version), left.pop((version.id, ""), None))
        found[version.id] = (*found.get(version.id, ()), version)
    if left:
        raise record.error("rules", f"says nothing about {', '.join(' '.join(one).strip() for one in left)}")
    return found


def _conclusion(key: str, title: Text, record: Record, conclude: Function) -> RuleVersion:
    flags: tuple[str, ...] = ()
    messages: dict[str, Text] = {}
    if record.take("conclusion", None) is not None:
        below = record.record("conclusion")
        flags, messages = below.texts("flags"), read_texts(below, "messages")
        below.close()
    return RuleVersion(
        key, "", title, title, "", "H", "", "information", AS_OF, None, None, flags, messages, conclude
    )


def _refuse_repeats(record: Record, shared: Law, own: Law) -> None:
    for kind in ("facts", "parameters", "settings", "flags", "rules"):
        twice = sorted(set(getattr(shared, kind)) & set(getattr(own, kind)))
        if twice:
            raise record.error(kind, f"declares again what a shared file or a used set has: {twice[0]}")


def _check_rules(record: Record, law: Law) -> None:
    for versions in law.rules.values():
        for one in versions:
            _check_rule(record, law, one, versions[0].selected_by)


def _check_rule(record: Record, law: Law, one: RuleVersion, selected_by: str) -> None:
    for flag in one.flags:
        if flag not in law.flags and flag not in frame().flags:
            raise record.error("rules", f"{one.id} names the flag {flag}, which the file does not explain")
    if one.selected_by != selected_by:
        raise record.error("rules", f"all versions of {one.id} must be selected by the same date")
    if selected_by not in {AS_OF, *law.facts, *law.rules}:
        raise record.error("rules", f"{one.id} is selected by {selected_by}, which is neither fact nor rule")
