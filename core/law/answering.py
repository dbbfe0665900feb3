"""Asking a rule set as the law stands here: with the days that pending law has been given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import has_request_context, request

from core.law.known import reads_of
from core.law.pending import days_of
from core.law.sets import plugin_of
from core.rules.evaluate import evaluate
from core.rules.facts import Facts
from core.rules.result import Result
from core.rules.rule_set import RuleSet

_KEPT = "fotfeste.law_days"


def answer_here(
    key: str, rule_set: RuleSet, facts: Facts, as_of: date, settings: Mapping[str, Any] | None = None
) -> Result:
    """The answer of a rule set, by its full key; ``settings`` are choices that the law leaves open."""
    switches = _days_of(plugin_of(key)) if reads_of(rule_set).switches else {}
    return evaluate(rule_set, facts, as_of, switches=switches, settings=settings)


def _days_of(plugin: str) -> Mapping[str, date]:
    """Looked up once for a page, however many agreements it checks."""
    if not has_request_context():
        return days_of(plugin)
    kept: dict[str, Mapping[str, date]] = request.environ.setdefault(_KEPT, {})
    if plugin not in kept:
        kept[plugin] = days_of(plugin)
    return kept[plugin]
