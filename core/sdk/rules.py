"""What a plugin needs to write law as rules: how, stands in docs/writing-rules.md."""

from core.rules.calendar import (
    WorkingDays,
    add_months,
    age_on,
    birthday,
    depends_on_29_february,
    last_day_of_period,
    whole_months_between,
)
from core.rules.context import Context
from core.rules.findings import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Finding,
    Outcome,
    all_of,
    any_of,
    in_parts,
    met,
    missing_for,
    not_applicable,
    not_met,
    unknown,
    unknown_with,
)
from core.rules.money import rounded
from core.rules.rule import rule
from core.rules.rule_set import RuleSet, load_rule_set

__all__ = [
    "MET",
    "NOT_APPLICABLE",
    "NOT_MET",
    "UNKNOWN",
    "Context",
    "Finding",
    "Outcome",
    "RuleSet",
    "WorkingDays",
    "add_months",
    "age_on",
    "all_of",
    "any_of",
    "birthday",
    "depends_on_29_february",
    "in_parts",
    "last_day_of_period",
    "load_rule_set",
    "met",
    "missing_for",
    "not_applicable",
    "not_met",
    "rounded",
    "rule",
    "unknown",
    "unknown_with",
    "whole_months_between",
]
