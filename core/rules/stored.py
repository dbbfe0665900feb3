"""An answer as it is kept with a decision: complete in itself, to be read after the law changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.rules.findings import Finding
from core.rules.frame import frame
from core.rules.result import Result
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.texts import Flag, Text
from core.rules.trail import FACT, PARAMETER, RULE, SETTING, SWITCH, Entry, tagged, untagged, without_repeats

FORMAT = 2
"""Raised when the form changes; `read_stored` goes on reading the older ones."""
READABLE = (1, FORMAT)


class UnreadableAnswerError(ValueError):
    """What was kept has a form that this version does not know."""


@dataclass(frozen=True)
class StoredFinding:
    """One deciding finding, in the words of its time; in the first form without day, severity and trail."""

    rule_id: str
    title: Text
    statement: Text
    reference: str
    valid_from: date | None
    valid_until: date | None
    status: str
    value: Any
    message: Text
    flags: tuple[str, ...]
    severity: str = "information"
    on: date | None = None
    trail: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class StoredAnswer:
    """Everything that was said. ``titles`` are plain words for the names in the trail, by kind and name.

    ``words`` are what codes among the values mean, ``fields`` what the parts of the value are called, and
    ``sources`` where facts came from, by the source that stands in the trail. ``flags`` say what a person has
    to do, under their ``flag_titles``.
    """

    rule_set: str
    title: Text
    as_of: date
    known_on: date | None
    status: str
    value: Any
    message: Text
    missing: tuple[str, ...]
    flags: Mapping[str, Text]
    findings: tuple[StoredFinding, ...]
    trail: tuple[Entry, ...]
    titles: Mapping[tuple[str, str], Text]
    words: Mapping[str, Text] = field(default_factory=dict)
    fields: Mapping[str, Text] = field(default_factory=dict)
    sources: Mapping[str, Text] = field(default_factory=dict)
    flag_titles: Mapping[str, Text] = field(default_factory=dict)


def stored(
    rule_set: RuleSet, result: Result, key: str, sources: Mapping[str, Text] | None = None
) -> dict[str, Any]:
    """An answer in JSON, for a decision to keep; ``key`` is the full key of the rule set.

    ``sources`` are plain words for the sources of the facts.
    """
    words = _words(rule_set, _values(result))
    return {
        "format": FORMAT,
        "ruleSet": key,
        "title": _text(rule_set.title),
        "asOf": tagged(result.as_of),
        "knownOn": tagged(result.known_on),
        "status": result.status,
        "value": tagged(result.value),
        "message": _text(result.conclusion.sentence()),
        "missing": list(result.missing),
        "flags": {code: _text(_flag(rule_set, code)) for code in result.flags},
        "flagTitles": {code: _text(_flag(rule_set, code).title) for code in result.flags},
        "findings": [_finding(rule_set, result.deciding[rule_id]) for rule_id in result.rule_ids],
        "trail": [one.to_json() for one in result.trail],
        "titles": [[*name, _text(title)] for name, title in _titles(rule_set, result).items()],
        "words": {code: _text(text) for code, text in words.items()},
        "fields": [[name, _text(one.title)] for name, one in rule_set.value.fields.items()],
        "sources": {name: _text(text) for name, text in (sources or {}).items()},
    }


def _values(result: Result) -> list[Any]:
    findings = [result.deciding[rule_id].value for rule_id in result.rule_ids]
    return [result.value, *findings, *(one.value for one in result.trail)]


def _words(rule_set: RuleSet, values: Iterable[Any]) -> dict[str, Text]:
    """What the codes among values mean: choices of facts and of the answer, and words of the messages."""
    kinds = [rule_set.value, *(one.type for one in rule_set.value.fields.values())]
    kinds += [one.type for one in rule_set.law.facts.values()]
    kinds += [one.type for one in rule_set.law.settings.values()]
    known = {**rule_set.law.words, **{code: text for one in kinds for code, text in one.choices.items()}}
    return {code: known[code] for code in dict.fromkeys(_codes(values)) if code in known}


def _codes(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _codes(one)
    elif isinstance(value, Mapping):
        yield from _codes(list(value.values()))


def _text(text: Text) -> dict[str, str]:
    return {"nb": text.nb, "en": text.en, "da": text.da}


def _flag(rule_set: RuleSet, code: str) -> Flag:
    return rule_set.law.flags.get(code) or frame().flags.get(code) or Flag(code, code)


def _finding(rule_set: RuleSet, found: Finding) -> dict[str, Any]:
    version = _version(rule_set, found)
    return {
        "ruleId": found.rule_id,
        "title": _text(version.title),
        "statement": _text(version.statement),
        "reference": found.reference,
        "validFrom": tagged(found.valid_from),
        "validUntil": tagged(found.valid_until),
        "status": found.status,
        "value": tagged(found.value),
        "message": _text(found.sentence()),
        "flags": list(found.flags),
        "severity": found.severity,
        "on": tagged(found.on),
        "trail": [one.to_json() for one in without_repeats(found.trail)],
    }


def _version(rule_set: RuleSet, found: Finding) -> RuleVersion:
    """The version that answered."""
    window = found.valid_from, found.valid_until
    return next(one for one in rule_set.rules[found.rule_id] if (one.valid_from, one.valid_until) == window)


def _titles(rule_set: RuleSet, result: Result) -> dict[tuple[str, str], Text]:
    return {
        (one.kind, one.name): title
        for one in result.trail
        if (title := _title(rule_set, result, one.kind, one.name)) is not None
    }


def _title(rule_set: RuleSet, result: Result, kind: str, name: str) -> Text | None:
    law = rule_set.law
    if kind == RULE:
        return _version(rule_set, result.deciding[name]).title
    declared: dict[str, Mapping[str, Any]] = {
        FACT: law.facts,
        PARAMETER: law.parameters,
        SWITCH: law.switches,
        SETTING: law.settings,
    }
    return declared[kind][name].title if kind in declared else None


def read_stored(kept: Mapping[str, Any]) -> StoredAnswer:
    """The answer that `stored` wrote, whatever the law says today. Raises UnreadableAnswerError."""
    if kept.get("format") not in READABLE:
        raise UnreadableAnswerError(f"an answer of the form {kept.get('format')!r} cannot be read here")
    return StoredAnswer(
        rule_set=kept["ruleSet"],
        title=Text(**kept["title"]),
        as_of=untagged(kept["asOf"]),
        known_on=untagged(kept["knownOn"]),
        status=kept["status"],
        value=untagged(kept["value"]),
        message=Text(**kept["message"]),
        missing=tuple(kept["missing"]),
        flags={code: Text(**text) for code, text in kept["flags"].items()},
        findings=tuple(_read_finding(one) for one in kept["findings"]),
        trail=tuple(Entry.from_json(one) for one in kept["trail"]),
        titles={(kind, name): Text(**text) for kind, name, text in kept["titles"]},
        words=_read_texts(kept, "words"),
        fields={name: Text(**text) for name, text in kept.get("fields", ())},
        sources=_read_texts(kept, "sources"),
        flag_titles=_read_texts(kept, "flagTitles"),
    )


def _read_texts(kept: Mapping[str, Any], name: str) -> dict[str, Text]:
    """Texts by name; the first form did not have them."""
    return {key: Text(**text) for key, text in kept.get(name, {}).items()}


def _read_finding(kept: Mapping[str, Any]) -> StoredFinding:
    return StoredFinding(
        rule_id=kept["ruleId"],
        title=Text(**kept["title"]),
        statement=Text(**kept["statement"]),
        reference=kept["reference"],
        valid_from=untagged(kept["validFrom"]),
        valid_until=untagged(kept["validUntil"]),
        status=kept["status"],
        value=untagged(kept["value"]),
        message=Text(**kept["message"]),
        flags=tuple(kept["flags"]),
        severity=kept.get("severity", "information"),
        on=untagged(kept.get("on")),
        trail=tuple(Entry.from_json(one) for one in kept.get("trail", ())),
    )
