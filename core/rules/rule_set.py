"""A rule set: the rules that together answer one question, read from its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.rules.calendar import WorkingDays
from core.rules.declared import Record
from core.rules.facts import Facts, facts_from_json, named_values, read_facts
from core.rules.frame import frame, read_flags, read_texts
from core.rules.law import Law
from core.rules.parameters import Parameter, read_parameters
from core.rules.rule import AS_OF, Function, RuleFunction, RuleVersion, read_rule
from core.rules.switches import read_settings, read_switches
from core.rules.texts import Text
from core.rules.value_types import ValueType, read_type


@dataclass(frozen=True)
class RuleSet:
    """``key`` is unique in its plugin. ``own_rules`` are the ids in the order of the file.

    ``conclusion`` is the rule that makes the set's answer, of the type ``value``, from the findings.
    ``apart`` gives the reason for each rule that may be not met, or unknown, while the answer is met.
    """

    key: str
    title: Text
    summary: Text
    value: ValueType
    own_rules: tuple[str, ...]
    conclusion: RuleVersion
    apart: Mapping[str, Text]
    law: Law
    rules: Mapping[str, tuple[RuleVersion, ...]]
    own_parameters: Mapping[str, Parameter]
    working_days: WorkingDays | None
    folder: Path

    def facts_from_json(self, given: Any, source: str, on: date | None = None) -> Facts:
        """Facts for `evaluate`. Raises WrongFactsError with a sentence for each problem."""
        return facts_from_json(self.law.facts, given, source, on)

    def settings_from_json(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Settings for `evaluate`. Raises WrongFactsError with a sentence for each problem."""
        return named_values("setting", {key: one.type.parse for key, one in self.law.settings.items()}, given)

    def switches_from_json(self, given: Mapping[str, Any]) -> dict[str, date]:
        """The day from which each switch is on. Raises WrongFactsError with a sentence for each problem."""
        return named_values("switch", dict.fromkeys(self.law.switches, ValueType("date").parse), given)


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
    record = Record.of_file(path.with_suffix(".yaml"))
    used = tuple(uses)
    shared, own = _shared(path.parent, used), _own(path, record)
    versions = _rules(record, {(one.id, one.version): one.function for one in rules})
    _refuse_repeats(record, used, shared, own, versions)
    law = shared.with_(own).worded()
    title = record.wording("title")
    conclusion, apart = _conclusion(path.stem, title, record, conclude)
    made = RuleSet(
        key=path.stem,
        title=title,
        summary=record.wording("summary"),
        value=_value(record).saying(law.meanings()),
        own_rules=tuple(versions),
        conclusion=conclusion,
        apart=apart,
        law=law,
        rules={**{key: one for each in used for key, one in each.rules.items()}, **versions},
        own_parameters={key: law.parameters[key] for key in own.parameters},
        working_days=working_days or next((one.working_days for one in used if one.working_days), None),
        folder=path.parent,
    )
    record.close()
    _check_rules(record, made)
    _check_settings(record, own, made.law)
    return made


def _shared(folder: Path, used: Iterable[RuleSet]) -> Law:
    facts, switches = folder / "facts.yaml", folder / "switches.yaml"
    shared = Law(
        facts=read_facts(Record.of_file(facts)) if facts.is_file() else {},
        switches=read_switches(Record.of_file(switches)) if switches.is_file() else {},
    )
    for one in used:
        shared = shared.with_(one.law)
    return shared


def _own(path: Path, record: Record) -> Law:
    return Law(
        facts=read_facts(record),
        parameters=_parameters(path.parent / "parameters" / path.with_suffix(".yaml").name),
        settings=read_settings(record),
        flags=read_flags(record),
        words=read_texts(record, "words"),
        messages=read_texts(record, "messages"),
    )


def _value(record: Record) -> ValueType:
    below = record.record("value")
    kind = read_type(below)
    below.close()
    return kind


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


def _conclusion(
    key: str, title: Text, record: Record, conclude: Function
) -> tuple[RuleVersion, Mapping[str, Text]]:
    flags: tuple[str, ...] = ()
    messages: dict[str, Text] = {}
    apart: dict[str, Text] = {}
    if record.take("conclusion", None) is not None:
        below = record.record("conclusion")
        flags, messages, apart = below.texts("flags"), read_texts(below, "messages"), _apart(below)
        below.close()
    made = RuleVersion(
        key, "", title, title, "", "H", "", "information", (AS_OF,), None, None, flags, messages, conclude
    )
    return made, apart


def _apart(record: Record) -> dict[str, Text]:
    """The reason for each rule that stands apart from the answer of the set."""
    found: dict[str, Text] = {}
    for one in record.items("apart"):
        found |= dict.fromkeys(one.texts("rules"), one.wording("reason"))
        one.close()
    return found


def _refuse_repeats(
    record: Record, used: Iterable[RuleSet], shared: Law, own: Law, rules: Mapping[str, Any]
) -> None:
    there = {one: set(getattr(shared, one)) for one in ("facts", "parameters", "settings", "flags")}
    there["rules"] = {key for one in used for key in one.rules}
    for kind, keys in there.items():
        twice = sorted(keys & set(rules if kind == "rules" else getattr(own, kind)))
        if twice:
            raise record.error(kind, f"declares again what a shared file or a used set has: {twice[0]}")


def _check_rules(record: Record, rule_set: RuleSet) -> None:
    for rule_id in rule_set.apart:
        if rule_id not in rule_set.own_rules:
            raise record.error("conclusion", f"{rule_id} stands apart and is no rule of the set")
    for rule_id in rule_set.own_rules:
        versions = rule_set.rules[rule_id]
        _refuse_overlap(record, versions)
        for one in versions:
            _check_rule(record, rule_set, one, versions[0].selected_by)


def _refuse_overlap(record: Record, versions: tuple[RuleVersion, ...]) -> None:
    for first, second in pairwise(sorted(versions, key=lambda one: one.valid_from or date.min)):
        if second.valid_from is None or first.valid_until is None or second.valid_from < first.valid_until:
            raise record.error("rules", f"two versions of {first.id} are in force on one day")


def _check_rule(record: Record, rule_set: RuleSet, one: RuleVersion, selected_by: tuple[str, ...]) -> None:
    for flag in one.flags:
        if flag not in rule_set.law.flags and flag not in frame().flags:
            raise record.error("rules", f"{one.id} names the flag {flag}, which the file does not explain")
    if one.selected_by != selected_by:
        raise record.error("rules", f"all versions of {one.id} must be selected by the same date")
    for name in selected_by:
        if name not in {AS_OF, *rule_set.law.facts, *rule_set.rules}:
            raise record.error("rules", f"{one.id} is selected by {name}, which is neither fact nor rule")


def _check_settings(record: Record, own: Law, law: Law) -> None:
    for setting in own.settings.values():
        for bound in (setting.at_least, setting.at_most):
            if isinstance(bound, str) and bound not in law.parameters:
                raise record.error("settings", f"{setting.key} is bounded by {bound}, which is no parameter")
