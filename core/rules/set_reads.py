"""What a whole rule set asks for, with the rules of other sets that it uses."""

from collections.abc import Iterable, Iterator

from core.rules.reads import KINDS, Reads, reads_of
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet


def reads_of_set(rule_set: RuleSet) -> Reads:
    """What the rules of a set, its conclusion and the rules that they use ask for."""
    found = Reads()
    for _, reads in asking_versions(rule_set):
        for kind in set(KINDS.values()):
            getattr(found, kind).update(getattr(reads, kind))
    return found


def asking_versions(rule_set: RuleSet) -> Iterator[tuple[RuleVersion, Reads]]:
    """The conclusion, the rules of a set and those that they use, each with what it asks for."""
    waiting = [rule_set.conclusion, *_versions(rule_set, rule_set.own_rules)]
    done = set(rule_set.own_rules)
    while waiting:
        version = waiting.pop(0)
        reads = reads_of_rule(rule_set, version)
        yield version, reads
        waiting += _versions(rule_set, [one for one in reads.rules if one not in done])
        done.update(reads.rules)


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
