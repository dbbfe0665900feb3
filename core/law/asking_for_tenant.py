"""Asking a rule set for the tenant in scope: with pending law as it is switched on, and its own practice.

Who asks about one matter calls `ask`, and who asks about many takes `terms_of` once. What is asked
while a page is made calls `answer_here`, which looks the terms up once for the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import has_request_context, request

from core.law.catalogue import MissingRuleSetError, rule_sets_in_force
from core.law.decided import Practice, practice_of
from core.law.known import reads_of
from core.law.pending import days_of
from core.law.sets import plugin_of
from core.rules.context import Switches
from core.rules.evaluate import evaluate
from core.rules.facts import Facts
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.tenancy.kinds import host

_KEPT = "fotfeste_law_terms"
Found = TypeVar("Found")


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


def answer_here(key: str, rule_set: RuleSet, facts: Facts, as_of: date) -> Result:
    """The answer of a rule set, by its full key; asks the database for nothing that the set does not read."""
    reads, plugin = reads_of(rule_set), plugin_of(key)
    switches = _once(days_of, plugin) if reads.switches else {}
    practice = _once(practice_of, plugin) if reads.settings else Practice({})
    return Terms(switches, practice).ask(rule_set, facts, as_of)


def _once(look_up: Callable[[str], Found], plugin: str) -> Found:
    """Looked up once for a page, however many agreements it checks."""
    if not has_request_context():
        return look_up(plugin)
    kept = request.environ.setdefault(_KEPT, {})
    if (look_up, plugin) not in kept:
        kept[look_up, plugin] = look_up(plugin)
    found: Found = kept[look_up, plugin]
    return found
