"""What the page of a law shows: its rules by version, values by date, pending law, and worked cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from core.law import wording
from core.law.known import reads_by_version, reads_of, worked_cases
from core.law.words import STATUSES
from core.rules.cases import NOTHING, Case, Expected
from core.rules.facts import FactDeclaration
from core.rules.frame import frame
from core.rules.parameters import Parameter, old_confirmations
from core.rules.rule import AS_OF, RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.switches import Setting, Switch
from core.rules.texts import Text
from core.rules.trail import plain
from core.rules.value_types import json_key
from core.rules.wrong import WrongValueError


@dataclass(frozen=True)
class Version:
    """One version of a rule. ``is_now``: it is the one for what is decided today."""

    rule: RuleVersion
    is_now: bool
    facts: tuple[FactDeclaration, ...]
    parameters: tuple[Parameter, ...]
    rules: tuple[str, ...]
    flags: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class LawRule:
    """A rule with all its versions in order; ``selected_by`` says in words which date chooses."""

    id: str
    title: Text
    selected_by: tuple[str, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class CaseLine:
    """A worked case in words."""

    id: str
    title: Text
    given: tuple[tuple[str, str], ...]
    as_of: date
    also: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Law:
    """The context of the page."""

    rules: tuple[LawRule, ...]
    facts: tuple[FactDeclaration, ...]
    parameters: tuple[Parameter, ...]
    switches: tuple[Switch, ...]
    settings: tuple[Setting, ...]
    old: frozenset[tuple[str, date]]
    cases: tuple[CaseLine, ...]


def law_of(rule_set: RuleSet, today: date) -> Law:
    """Everything that is declared about a rule set."""
    law, reads = rule_set.law, reads_of(rule_set)
    parameters = {key: law.parameters[key] for key in reads.parameters if key in law.parameters}
    old = frozenset((key, one.valid_from) for key, one in old_confirmations(parameters, today))
    return Law(
        tuple(_rule(rule_set, rule_id, today) for rule_id in rule_set.own_rules),
        tuple(law.facts[key] for key in reads.facts if key in law.facts),
        tuple(parameters.values()),
        tuple(law.switches[key] for key in reads.switches if key in law.switches),
        tuple(law.settings[key] for key in reads.settings if key in law.settings),
        old,
        tuple(_case(rule_set, one) for one in worked_cases(rule_set)),
    )


def _rule(rule_set: RuleSet, rule_id: str, today: date) -> LawRule:
    versions = rule_set.rules[rule_id]
    return LawRule(
        rule_id,
        versions[0].title,
        tuple(selecting(rule_set, name) for name in versions[0].selected_by),
        tuple(_version(rule_set, one, today) for one in versions),
    )


def selecting(rule_set: RuleSet, name: str) -> str:
    """The date that selects a version, in words."""
    if name == AS_OF:
        return _("the day of the question")
    if name in rule_set.law.facts:
        return wording.spoken(rule_set.law.facts[name].title)
    return name


def _version(rule_set: RuleSet, one: RuleVersion, today: date) -> Version:
    law, reads = rule_set.law, reads_by_version(rule_set)[one.id, one.version]
    texts = {**frame().flags, **law.flags}
    return Version(
        one,
        one.in_force(today),
        tuple(law.facts[key] for key in reads.facts if key in law.facts),
        tuple(law.parameters[key] for key in reads.parameters if key in law.parameters),
        tuple(key for key in reads.rules if key in rule_set.rules),
        tuple((code, texts[code]) for code in one.flags if code in texts),
    )


def _case(rule_set: RuleSet, one: Case) -> CaseLine:
    facts = rule_set.law.facts
    return CaseLine(
        one.id,
        one.title,
        tuple(
            (wording.spoken(facts[key].title), wording.value(given.value, facts[key].type))
            for key, given in one.facts.items()
        ),
        one.as_of,
        tuple(_also(rule_set, one)),
        tuple(_expected(rule_set, one.expected)),
    )


def _also(rule_set: RuleSet, one: Case) -> Iterator[str]:
    law = rule_set.law
    if one.known_on is not None:
        yield _("known on %(day)s", day=wording.value(one.known_on))
    for key, day in one.switches.items():
        title = wording.spoken(law.switches[key].title)
        yield wording.labelled(title, _("in force from %(day)s", day=wording.value(day)))
    for key, value in one.settings.items():
        setting = law.settings[key]
        yield wording.labelled(wording.spoken(setting.title), wording.value(value, setting.type))


def _expected(rule_set: RuleSet, one: Expected) -> Iterator[str]:
    if one.status:
        yield str(STATUSES[one.status])
    if one.value is not NOTHING and one.value is not None:
        yield _answer(rule_set, one.value)
    if one.missing:
        yield wording.labelled(_("Missing"), wording.joined(_titles(rule_set, one.missing)))
    for rule_id, wanted in one.findings.items():
        yield wording.labelled(rule_id, _finding(rule_set, wanted))
    texts = {**frame().flags, **rule_set.law.flags}
    for code in one.flags:
        yield wording.labelled(
            _("To be looked at by a person"), wording.spoken(texts[code]) if code in texts else code
        )


def _answer(rule_set: RuleSet, value: Any) -> str:
    try:
        return wording.value(rule_set.value.parse(value), rule_set.value)
    except WrongValueError:
        return str(plain(value))


def _titles(rule_set: RuleSet, names: Iterable[str]) -> Iterator[str]:
    titles = {json_key(key): one.title for key, one in rule_set.law.facts.items()}
    return (wording.spoken(titles[name]) if name in titles else name for name in names)


def _finding(rule_set: RuleSet, wanted: Any) -> str:
    """What a case expects of one rule: its status, its value, what is missing."""
    fields = wanted if isinstance(wanted, Mapping) else {"status": wanted}
    parts = [str(STATUSES.get(fields.get("status", ""), ""))]
    value = fields.get("value")
    if value and not isinstance(value, bool):
        parts.append(wording.value(wording.named(rule_set, value)))
    if fields.get("missing"):
        parts.append(wording.labelled(_("missing"), wording.joined(_titles(rule_set, fields["missing"]))))
    return wording.joined(part for part in parts if part)
