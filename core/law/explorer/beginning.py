"""What helps somebody who opens a rule set for the first time: a worked case to try."""

from dataclasses import dataclass

from core.law.explorer.address import address_of
from core.law.known import once, worked_cases
from core.rules.cases import NOTHING, Case
from core.rules.findings import NOT_MET, UNKNOWN
from core.rules.rule_set import RuleSet
from core.rules.texts import Text


@dataclass(frozen=True)
class Example:
    """A question that has an answer; ``address`` is the end of the address that asks it."""

    title: Text
    address: str


@once
def example_of(rule_set: RuleSet) -> Example | None:
    """The first worked case that has facts and an answer; the first of all when none does."""
    cases = worked_cases(rule_set)
    one = next((one for one in cases if _is_answered(one)), cases[0] if cases else None)
    return Example(one.title, address_of(rule_set, one)) if one else None


def _is_answered(one: Case) -> bool:
    expected = one.expected
    has_value = expected.fields or expected.value not in (NOTHING, None)
    return (
        bool(one.facts and has_value) and expected.status not in (UNKNOWN, NOT_MET) and not expected.missing
    )
