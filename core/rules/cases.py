"""Cases: worked examples in files that a lawyer can read, and whether a rule set answers as they say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from core.rules.declared import Record
from core.rules.evaluate import evaluate
from core.rules.facts import Facts, WrongFactsError
from core.rules.findings import STATUSES
from core.rules.result import Result, finding_to_json
from core.rules.rule_set import RuleSet
from core.rules.texts import Text
from core.rules.trail import plain
from core.rules.wrong import WrongValueError

NOTHING = object()
FINDING_FIELDS = ("status", "value", "flags", "missing", "validFrom", "validUntil", "selectedOn")


@dataclass(frozen=True)
class Expected:
    """What a case expects. ``flags``, ``rule_ids`` and ``findings`` are contained in the answer.

    ``fields`` are some of a value that is a record; ``message`` is one of the conclusion's.
    """

    value: Any
    fields: Mapping[str, Any]
    status: str
    message: Text | None
    flags: tuple[str, ...]
    no_flags: tuple[str, ...]
    rule_ids: tuple[str, ...]
    missing: tuple[str, ...]
    findings: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A worked example; ``place`` is its file and line."""

    id: str
    title: Text
    place: str
    facts: Facts
    as_of: date
    known_on: date | None
    switches: Mapping[str, date]
    settings: Mapping[str, Any]
    expected: Expected

    def __str__(self) -> str:
        return self.id


def cases_of(rule_set: RuleSet) -> tuple[Case, ...]:
    """All cases of a set, from `cases/<key>/*.yaml` beside its module. Raises DeclarationError."""
    files = sorted((rule_set.folder / "cases" / rule_set.key).glob("*.yaml"))
    return tuple(case for file in files for case in _read_cases(file, rule_set))


def _read_cases(file: Path, rule_set: RuleSet) -> Iterator[Case]:
    record = Record.of_file(file)
    record.wording("title", None)
    shared = record.take("given", {})
    as_of = record.date("as_of", None)
    for one in record.items("cases"):
        yield _case(one, rule_set, shared, as_of)
    record.close()


def _case(record: Record, rule_set: RuleSet, shared: Mapping[str, Any], as_of: date | None) -> Case:
    given = {**shared, **record.take("given", {})}
    try:
        facts = rule_set.facts_from_json(given, "case")
        settings = rule_set.settings_from_json(record.take("settings", {}))
    except (WrongFactsError, WrongValueError) as error:
        raise record.error("given", str(error)) from error
    made = Case(
        record.text("id"),
        record.wording("title"),
        f"{record.source.file}:{record.source.line(record.place)}",
        facts,
        record.date("as_of", as_of) or record.date("as_of"),
        record.date("known_on", None),
        _switches(record, rule_set),
        settings,
        _expected(record.record("expect"), rule_set),
    )
    record.close()
    return made


def _switches(record: Record, rule_set: RuleSet) -> dict[str, date]:
    if record.take("switches", None) is None:
        return {}
    below = record.record("switches")
    for name in below.values:
        if name not in rule_set.law.switches:
            raise below.error(name, "is not a switch of the rule set")
    return {name: below.date(name) for name in below.values}


def _expected(record: Record, rule_set: RuleSet) -> Expected:
    messages = rule_set.conclusion.messages
    made = Expected(
        record.values.get("value", NOTHING),
        record.take("fields", {}),
        record.choice("status", STATUSES, ""),
        messages.get(record.choice("message", messages, "")),
        record.texts("flags"),
        record.texts("no_flags"),
        record.texts("rule_ids"),
        record.texts("missing"),
        record.take("findings", {}),
    )
    record.take("value", None)
    if not record.values:
        raise record.error("", "a case expects something")
    for name in (*made.rule_ids, *made.findings):
        if name not in rule_set.rules:
            raise record.error("rule_ids", f"{name} is not a rule of the set")
    for rule_id, wanted in made.findings.items():
        for name in wanted if isinstance(wanted, Mapping) else ():
            if name not in FINDING_FIELDS:
                raise record.error("findings", f"{rule_id}: {name} is none of {', '.join(FINDING_FIELDS)}")
    record.close()
    return made


def answer_to(case: Case, rule_set: RuleSet) -> Result:
    """How the rule set answers the case; a rule with a fault raises."""
    return evaluate(
        rule_set,
        case.facts,
        case.as_of,
        known_on=case.known_on,
        switches=case.switches,
        settings=case.settings,
        strict=True,
    )


def complaints_about(case: Case, result: Result) -> list[str]:
    """How the answer differs from what the case expects, a sentence for each difference."""
    answer, expected = result.to_json(), case.expected
    found: list[str] = []
    if expected.value is not NOTHING and answer["value"] != plain(expected.value):
        found.append(f"expected the value {expected.value!r}, got {answer['value']!r}")
    found += wrong_fields(expected.fields, answer["value"])
    if expected.status and expected.status != result.status:
        found.append(f"expected the status {expected.status}, got {result.status}")
    if expected.message and expected.message != result.conclusion.message:
        found.append(f"expected to hear “{expected.message.en}”, got “{result.conclusion.message.en}”")
    found += [f"the flag {one} is not raised" for one in expected.flags if one not in result.flags]
    found += [f"the flag {one} is raised" for one in expected.no_flags if one in result.flags]
    found += [f"{one} is not among the rules" for one in expected.rule_ids if one not in result.rule_ids]
    found += [f"{one} is not named as missing" for one in expected.missing if one not in answer["missing"]]
    found += _wrong_findings(expected.findings, result)
    return [f"{case.place} {case.id}: {one}" for one in found]


def wrong_fields(expected: Mapping[str, Any], value: Any) -> Iterator[str]:
    """How some fields of a record differ from what is expected."""
    given = value if isinstance(value, Mapping) else {}
    for name, wanted in plain(expected).items():
        if name not in given or given[name] != wanted:
            yield f"expected {name} to be {wanted!r}, got {given.get(name)!r}"


def _wrong_findings(expected: Mapping[str, Any], result: Result) -> Iterator[str]:
    found = {**result.deciding, **result.findings}
    for rule_id, wanted in expected.items():
        if rule_id not in found:
            yield f"{rule_id} was not asked"
            continue
        answered = finding_to_json(found[rule_id])
        fields = wanted if isinstance(wanted, Mapping) else {"status": wanted}
        for name, value in fields.items():
            if answered[name] != plain(value):
                yield f"{rule_id}: expected the {name} {value!r}, got {answered[name]!r}"
