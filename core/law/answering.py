"""Asking a rule set as it is answered here: with pending law as it stands, and the tenant's own practice."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from flask import has_request_context, request

from core.law.asking_for_tenant import Terms
from core.law.decided import Practice, practice_of
from core.law.known import reads_of
from core.law.pending import days_of
from core.law.sets import plugin_of
from core.rules.facts import Facts
from core.rules.result import Result
from core.rules.rule_set import RuleSet

_KEPT = "fotfeste_law_terms"
Found = TypeVar("Found")


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
