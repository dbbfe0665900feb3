"""A rule: a small pure function, and what its file says about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from core.rules.context import Context
from core.rules.declared import Record
from core.rules.findings import SEVERITIES, Outcome
from core.rules.frame import read_texts
from core.rules.parameters import CONFIDENCE
from core.rules.texts import Text

Function = Callable[[Context], Outcome]
AS_OF = "as_of"


@dataclass(frozen=True)
class RuleFunction:
    """A function under the id of its rule; without a ``version`` it is for all that have no other."""

    id: str
    version: str
    function: Function


def rule(rule_id: str, version: str = "") -> Callable[[Function], RuleFunction]:
    """Mark the function of the rule ``rule_id``; everything else about the rule stands in the set's file."""

    def marked(function: Function) -> RuleFunction:
        return RuleFunction(rule_id, version, function)

    return marked


@dataclass(frozen=True)
class RuleVersion:
    """One version of a rule, in force from ``valid_from`` until the day before ``valid_until``.

    ``selected_by`` says whose date selects the version: a fact's, the value of a rule, or ``as_of``; of
    several the first that is given.
    """

    id: str
    version: str
    title: Text
    statement: Text
    reference: str
    confidence: str
    source: str
    severity: str
    selected_by: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    flags: tuple[str, ...]
    messages: Mapping[str, Text]
    function: Function

    def in_force(self, day: date) -> bool:
        """Whether the version applies to a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


def read_rule(record: Record, functions: Mapping[tuple[str, str], Function]) -> RuleVersion:
    """One item of a file's ``rules``, with its function."""
    named = record.text("id"), record.text("version", "")
    function = functions.get(named) or functions.get((named[0], ""))
    if function is None:
        raise record.error("id", f"no function is marked with {' '.join(named).strip()}")
    made = RuleVersion(
        *named,
        title=record.wording("title"),
        statement=record.wording("statement"),
        reference=record.text("reference"),
        confidence=record.choice("confidence", CONFIDENCE),
        source=record.text("source", ""),
        severity=record.choice("severity", SEVERITIES, SEVERITIES[0]),
        selected_by=tuple(record.text("selected_by", AS_OF).split(" or ")),
        valid_from=record.date("valid_from", None),
        valid_until=record.date("valid_until", None),
        flags=record.texts("flags"),
        messages=read_texts(record, "messages"),
        function=function,
    )
    record.close()
    return made
