"""The answer of a rule set, and how it is written for programs and kept with a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.rules.findings import Finding
from core.rules.trail import Entry, plain
from core.rules.value_types import json_key


@dataclass(frozen=True)
class Result:
    """``deciding`` are the findings that the conclusion rests on; ``findings`` has all of the set.

    ``trail`` is everything that the answer rests on, in the order of reading.
    """

    rule_set: str
    as_of: date
    known_on: date | None
    conclusion: Finding
    findings: Mapping[str, Finding]
    deciding: Mapping[str, Finding]
    flags: tuple[str, ...]
    trail: tuple[Entry, ...]

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The rules that decided, in the order of reading."""
        return tuple(self.deciding)

    @property
    def value(self) -> Any:
        """The answer; None when it does not apply. When it is unknown, what is certain of it, or None."""
        return self.conclusion.value

    @property
    def status(self) -> str:
        """Met, not met, unknown or not applicable."""
        return self.conclusion.status

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts, by key, that would be needed for what is not answered."""
        return self.conclusion.missing

    def to_json(self) -> dict[str, Any]:
        """What the commands print: plain values, facts by their names in JSON."""
        return {
            "ruleSet": self.rule_set,
            "asOf": self.as_of.isoformat(),
            "knownOn": self.known_on and self.known_on.isoformat(),
            "value": plain(self.value),
            "status": self.status,
            "ruleIds": list(self.rule_ids),
            "flags": list(self.flags),
            "missing": [json_key(key) for key in self.missing],
            "message": self.conclusion.sentence().to_json(),
            "findings": [finding_to_json(one) for one in self.findings.values()],
            "trail": [one.to_plain_json() for one in self.trail],
        }


def finding_to_json(found: Finding) -> dict[str, Any]:
    """A finding with plain values, its facts by their names in JSON."""
    return {
        "ruleId": found.rule_id,
        "status": found.status,
        "value": plain(found.value),
        "flags": list(found.flags),
        "missing": [json_key(key) for key in found.missing],
        "severity": found.severity,
        "message": found.sentence().to_json(),
        "reference": found.reference,
        "validFrom": found.valid_from and found.valid_from.isoformat(),
        "validUntil": found.valid_until and found.valid_until.isoformat(),
        "selectedOn": found.on.isoformat(),
    }
