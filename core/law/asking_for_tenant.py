"""Asking a rule set for the tenant in scope: with pending law as it is switched on, and its own practice.

A service that asks about one matter calls `ask`; one that asks about many takes `terms_of` once.
"""

from dataclasses import dataclass
from datetime import date

from core.law.catalogue import MissingRuleSetError, rule_sets_in_force
from core.law.decided import Practice, practice_of
from core.law.pending import days_of
from core.rules.context import Switches
from core.rules.evaluate import evaluate
from core.rules.facts import Facts
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.tenancy.kinds import host


@dataclass(frozen=True)
class Terms:
    """What the rule sets of one plugin are asked with for a tenant, whatever the matter."""

    switches: Switches
    practice: Practice

    def ask(self, rule_set: RuleSet, facts: Facts, as_of: date, *, known_on: date | None = None) -> Result:
        """The answer about one matter, as of a day; asks the database nothing."""
        return evaluate(
            rule_set,
            facts,
            as_of,
            known_on=known_on,
            switches=self.switches,
            settings=self.practice.settings(rule_set, as_of),
        )


def terms_of(plugin: str) -> Terms:
    """The terms of the tenant in scope for a plugin's rule sets, by two queries."""
    return Terms(days_of(plugin), practice_of(plugin))


def ask(key: str, facts: Facts, as_of: date, *, known_on: date | None = None) -> Result:
    """The answer of the rule set ``key`` (`<plugin>.<rule set>`) for the tenant in scope.

    ``facts`` are by key, as `RuleSet.facts_from_json` gives them. Nothing is decided; who may see the answer
    is for the caller to say. Raises MissingRuleSetError when no module that is on has the rule set.
    """
    rule_set = rule_sets_in_force(host()).get(key)
    if rule_set is None:
        raise MissingRuleSetError(f"no module that is on has the rule set {key}")
    return terms_of(key.partition(".")[0]).ask(rule_set, facts, as_of, known_on=known_on)
