"""For rules that compare what there is with what the law lists."""

from collections.abc import Iterable
from datetime import date

from core.sdk.rules import UNKNOWN, Finding, Outcome, met, not_met


def lacking(wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    """What is wanted and not there, in the order of the law."""
    return [one for one in wanted if one not in there]


def complete(wanted: Iterable[str], there: Iterable[str]) -> Outcome:
    """Met when all is there; the value is what is lacking."""
    missing = lacking(wanted, there)
    return not_met(missing, lacking=missing) if missing else met(missing)


def done_within(last: date, due: date, as_of: date) -> Outcome:
    """Met as long as the next time is not overdue; the value is the day it is due."""
    return met(due, last=last, due=due) if as_of <= due else not_met(due, last=last, due=due)


def lists_of(findings: Iterable[Finding]) -> list[str]:
    """What those findings that are known name, one list after the other."""
    return [name for one in findings if one.status != UNKNOWN for name in one.value]
