"""A rule set in words: what it asks for, what it rests on, and what it can answer."""

from datetime import date
from typing import Any

from core.rules.describe_facts import described_facts
from core.rules.describe_types import titled, type_in_words
from core.rules.examples import example_question
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.set_reads import reads_of_set
from core.rules.texts import Flag
from core.rules.trail import plain


def describe(rule_set: RuleSet, language: str) -> dict[str, Any]:
    """Everything that is declared about a rule set and read by it, for programs and for `in_lines`."""
    reads = reads_of_set(rule_set)
    law = rule_set.law
    return {
        "ruleSet": rule_set.key,
        "title": rule_set.title.in_language(language),
        "summary": rule_set.summary.in_language(language),
        "value": type_in_words(rule_set.value, language),
        "facts": described_facts(rule_set, language),
        "example": example_question(rule_set),
        "rules": [_rule(one, language) for key in rule_set.own_rules for one in rule_set.rules[key]],
        "parameters": [_parameter(rule_set, key, language) for key in reads.parameters],
        "switches": [
            {"key": key, **titled(one.title, one.meaning, language), "reference": one.reference}
            for key, one in law.switches.items()
            if key in reads.switches
        ],
        "settings": [
            {
                "key": key,
                **type_in_words(one.type, language),
                **titled(one.title, one.meaning, language),
                "default": plain(one.default),
                "reference": one.reference,
            }
            for key, one in law.settings.items()
            if key in reads.settings
        ],
        "flags": {key: _flag(law.flags[key], language) for key in _flags(rule_set) if key in law.flags},
    }


def _flags(rule_set: RuleSet) -> dict[str, None]:
    own = [one for key in rule_set.own_rules for one in rule_set.rules[key]]
    versions = [rule_set.conclusion, *own]
    return dict.fromkeys(flag for one in versions for flag in one.flags)


def _flag(one: Flag, language: str) -> dict[str, str]:
    return {"title": one.title.in_language(language), "text": one.in_language(language)}


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
