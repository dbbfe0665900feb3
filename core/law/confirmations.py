"""Values of the law that nobody has compared with their source for long."""

from dataclasses import dataclass
from datetime import date

from core.access import operators
from core.law.catalogue import all_rule_sets
from core.rules.parameters import DatedValue, Parameter, old_confirmations
from core.tenancy.kinds import host


@dataclass(frozen=True)
class OldValue:
    """A value in force, or to come, that was confirmed more than 13 months ago."""

    rule_set: str
    parameter: Parameter
    value: DatedValue


def old_values(today: date) -> list[OldValue]:
    """All of them, the oldest first, for operators."""
    operators.require()
    found = [
        OldValue(full_key, rule_set.own_parameters[key], value)
        for full_key, rule_set in all_rule_sets(host()).items()
        for key, value in old_confirmations(rule_set.own_parameters, today)
    ]
    return sorted(found, key=lambda one: (one.value.confirmed_on, one.rule_set))
