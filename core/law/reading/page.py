"""What the page of a law shows: its rules by version, values by date, pending law, and worked cases."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from core.law import wording
from core.law.known import reads_by_version, reads_of
from core.law.reading.cases import CaseLine, cases_by_rule
from core.rules.facts import FactDeclaration
from core.rules.frame import frame
from core.rules.parameters import Parameter, old_confirmations
from core.rules.rule import AS_OF, RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.switches import Setting, Switch
from core.rules.texts import Text


@dataclass(frozen=True)
class Version:
    """One version of a rule. ``is_now``: it is the one for what is decided on the day of the page."""

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
    cases: tuple[CaseLine, ...]

    @property
    def first(self) -> tuple[Version, ...]:
        """What is read first: the version that is in force, or the only one there is."""
        now = tuple(one for one in self.versions if one.is_now)
        return now or (self.versions if len(self.versions) == 1 else ())

    @property
    def others(self) -> tuple[Version, ...]:
        """The versions before and after."""
        return tuple(one for one in self.versions if one not in self.first)


@dataclass(frozen=True)
class Law:
    """The context of the page. ``cases`` are those of the whole answer; the others stand with their rules."""

    rules: tuple[LawRule, ...]
    facts: tuple[FactDeclaration, ...]
    parameters: tuple[Parameter, ...]
    switches: tuple[Switch, ...]
    settings: tuple[Setting, ...]
    old: frozenset[tuple[str, date]]
    cases: tuple[CaseLine, ...]


def law_of(rule_set: RuleSet, today: date, day: date | None = None) -> Law:
    """Everything that is declared about a rule set. ``day`` marks its versions; None: today."""
    cases = cases_by_rule(rule_set)
    law, reads = rule_set.law, reads_of(rule_set)
    parameters = {key: law.parameters[key] for key in reads.parameters if key in law.parameters}
    old = frozenset((key, one.valid_from) for key, one in old_confirmations(parameters, today))
    return Law(
        tuple(_rule(rule_set, one, day or today, cases.get(one, ())) for one in rule_set.own_rules),
        tuple(law.facts[key] for key in reads.facts if key in law.facts),
        tuple(parameters.values()),
        tuple(law.switches[key] for key in reads.switches if key in law.switches),
        tuple(law.settings[key] for key in reads.settings if key in law.settings),
        old,
        cases.get("", ()),
    )


def _rule(rule_set: RuleSet, rule_id: str, day: date, cases: tuple[CaseLine, ...]) -> LawRule:
    versions = rule_set.rules[rule_id]
    return LawRule(
        rule_id,
        versions[0].title,
        tuple(selecting(rule_set, name) for name in versions[0].selected_by),
        tuple(_version(rule_set, one, day) for one in versions),
        cases,
    )


def selecting(rule_set: RuleSet, name: str) -> str:
    """The date that selects a version, in words."""
    if name == AS_OF:
        return _("the day of the question")
    if name in rule_set.law.facts:
        return wording.spoken(rule_set.law.facts[name].title)
    return name


def _version(rule_set: RuleSet, one: RuleVersion, day: date) -> Version:
    law, reads = rule_set.law, reads_by_version(rule_set)[one.id, one.version]
    texts = {**frame().flags, **law.flags}
    return Version(
        one,
        one.in_force(day),
        tuple(law.facts[key] for key in reads.facts if key in law.facts),
        tuple(law.parameters[key] for key in reads.parameters if key in law.parameters),
        tuple(key for key in reads.rules if key in rule_set.rules),
        tuple((code, texts[code]) for code in one.flags if code in texts),
    )
