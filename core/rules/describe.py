"""A rule set in words: what it asks for, what it rests on, and what it can answer."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from core.rules.reads import KINDS, Reads, reads_of
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.texts import Text
from core.rules.trail import plain
from core.rules.value_types import ValueType


def describe(rule_set: RuleSet, language: str) -> dict[str, Any]:
    """Everything that is declared about a rule set and read by it, for programs and for `described`."""
    reads = reads_of_set(rule_set)
    law = rule_set.law
    return {
        "ruleSet": rule_set.key,
        "title": rule_set.title.in_language(language),
        "summary": rule_set.summary.in_language(language),
        "value": _type(rule_set.value, language),
        "facts": [
            {
                "name": one.json_key,
                **_type(one.type, language),
                **_titled(one.title, one.meaning, language),
                "personal": one.personal,
            }
            for one in (law.facts[key] for key in reads.facts)
        ],
        "rules": [_rule(one, language) for key in rule_set.own_rules for one in rule_set.rules[key]],
        "parameters": [_parameter(rule_set, key, language) for key in reads.parameters],
        "switches": [
            {"key": key, **_titled(one.title, one.meaning, language), "reference": one.reference}
            for key, one in law.switches.items()
            if key in reads.switches
        ],
        "settings": [
            {
                "key": key,
                **_type(one.type, language),
                **_titled(one.title, one.meaning, language),
                "default": plain(one.default),
                "reference": one.reference,
            }
            for key, one in law.settings.items()
            if key in reads.settings
        ],
        "flags": {key: law.flags[key].in_language(language) for key in _flags(rule_set) if key in law.flags},
    }


def reads_of_set(rule_set: RuleSet) -> Reads:
    """What the rules of a set, its conclusion and the rules that they use ask for."""
    found = Reads()
    waiting = [rule_set.conclusion, *_versions(rule_set, rule_set.own_rules)]
    done: set[str] = set()
    while waiting:
        version = waiting.pop(0)
        reads = reads_of_rule(rule_set, version)
        for kind in set(KINDS.values()):
            getattr(found, kind).update(getattr(reads, kind))
        waiting += _versions(rule_set, [one for one in reads.rules if one not in done])
        done.update(reads.rules)
    return found


def reads_of_rule(rule_set: RuleSet, version: RuleVersion) -> Reads:
    """What one version of a rule asks for, with what selects it."""
    reads = reads_of(version.function)
    for name in version.selected_by:
        if name in rule_set.law.facts:
            reads.facts[name] = None
        if name in rule_set.rules:
            reads.rules[name] = None
    return reads


def _versions(rule_set: RuleSet, rule_ids: Iterable[str]) -> list[RuleVersion]:
    return [one for key in rule_ids for one in rule_set.rules.get(key, ())]


def _flags(rule_set: RuleSet) -> dict[str, None]:
    versions = [rule_set.conclusion, *_versions(rule_set, rule_set.own_rules)]
    return dict.fromkeys(flag for one in versions for flag in one.flags)


def _titled(title: Text, meaning: Text, language: str) -> dict[str, str]:
    return {"title": title.in_language(language), "meaning": meaning.in_language(language)}


def _type(kind: ValueType, language: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": kind.kind}
    if kind.unit:
        made["unit"] = kind.unit
    if kind.choices:
        made["choices"] = {key: title.in_language(language) for key, title in kind.choices.items()}
    if kind.fields:
        made["fields"] = [
            {
                "name": one.json_key,
                "title": one.title.in_language(language),
                "optional": one.optional,
                **_type(one.type, language),
            }
            for one in kind.fields.values()
        ]
    return made


def _rule(version: RuleVersion, language: str) -> dict[str, Any]:
    return {
        "ruleId": version.id,
        "title": version.title.in_language(language),
        "statement": version.statement.in_language(language),
        "reference": version.reference,
        "confidence": version.confidence,
        "source": version.source,
        "severity": version.severity,
        "selectedBy": " or ".join(version.selected_by),
        "validFrom": _day(version.valid_from),
        "validUntil": _day(version.valid_until),
        "flags": list(version.flags),
    }


def _parameter(rule_set: RuleSet, key: str, language: str) -> dict[str, Any]:
    one = rule_set.law.parameters[key]
    values = [
        {
            "value": plain(value.value),
            "validFrom": _day(value.valid_from),
            "knownFrom": _day(value.known_from),
            "reference": value.reference,
            "confidence": value.confidence,
            "confirmedOn": _day(value.confirmed_on),
            "note": value.note,
        }
        for value in one.values
    ]
    return {"key": key, "title": one.title.in_language(language), "unit": one.type.unit, "values": values}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def in_lines(described: dict[str, Any]) -> Iterator[str]:
    """What `describe` gives, as lines for a terminal."""
    yield f"{described['ruleSet']}: {described['title']}"
    yield described["summary"]
    yield from _part("Answer", [_typed(described["value"])])
    yield from _part(
        "Facts", (f"{one['name']} ({_typed(one)}): {one['meaning']}" for one in described["facts"])
    )
    yield from _part("Rules", (_rule_line(one) for one in described["rules"]))
    yield from _part("Parameters", map(_parameter_line, described["parameters"]))
    yield from _part("Pending law, off until dated", map(_meant, described["switches"]))
    yield from _part(
        "Settings", (f"{_meant(one)} [{_typed(one)}; {one['default']}]" for one in described["settings"])
    )
    yield from _part("Flags", (f"{key}: {text}" for key, text in described["flags"].items()))


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield f"\n{heading}"
        yield f"  {line}"


def _typed(one: dict[str, Any]) -> str:
    inside = ", ".join(one.get("choices") or (field["name"] for field in one.get("fields", ())))
    return " ".join(part for part in (one["type"], one.get("unit", ""), inside and f"of {inside}") if part)


def _rule_line(one: dict[str, Any]) -> str:
    window = f"{one['validFrom'] or ''}–{one['validUntil'] or ''}"
    head = f"{one['ruleId']} [{one['confidence']}; {window} by {one['selectedBy']}]"
    return f"{head} {one['statement']} ({one['reference']})"


def _parameter_line(one: dict[str, Any]) -> str:
    values = "; ".join(
        f"{value['value']} from {value['validFrom']} ({value['reference']})" for value in one["values"]
    )
    return f"{one['key']} ({one['unit']}): {values}"


def _meant(one: dict[str, Any]) -> str:
    return f"{one['key']}: {one['meaning']} ({one['reference']})"
