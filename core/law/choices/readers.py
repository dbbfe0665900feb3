"""Which rule sets, and which of their rules, ask for a setting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.law.known import reads_by_version, reads_of
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet


@dataclass(frozen=True)
class Reader:
    """A rule set whose answer a setting can change; ``rules`` are its own that read it, perhaps none."""

    key: str
    rule_set: RuleSet
    rules: tuple[RuleVersion, ...]


def readers_of(rule_sets: Mapping[str, RuleSet], name: str) -> tuple[Reader, ...]:
    """The rule sets that ask for a setting, those whose own rules do so first."""
    found = [
        Reader(key, one, tuple(_own_rules(one, name)))
        for key, one in rule_sets.items()
        if name in reads_of(one).settings
    ]
    return tuple(sorted(found, key=lambda reader: not reader.rules))


def _own_rules(rule_set: RuleSet, name: str) -> Iterator[RuleVersion]:
    reads = reads_by_version(rule_set)
    for rule_id in rule_set.own_rules:
        versions = rule_set.rules[rule_id]
        if any(name in reads[one.id, one.version].settings for one in versions):
            yield versions[0]
