"""Evaluating a rule set: total on well-typed facts, deterministic, without clock, database or network."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.rules.calendar import WorkingDays
from core.rules.context import Context, EndsRuleError, NotDeclaredError, Settings, Switches
from core.rules.facts import Facts
from core.rules.findings import UNKNOWN, Finding, Outcome, not_applicable, unknown
from core.rules.frame import NEEDS_DECISION, RULE_FAILED, frame
from core.rules.law import Law
from core.rules.result import Result
from core.rules.rule import AS_OF, RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.texts import Text, worded
from core.rules.trail import RULE, without_repeats

log = logging.getLogger(__name__)


class RuleCircleError(Exception):
    """Rules that need each other."""


@dataclass
class Evaluation:
    """One matter while it is evaluated; each rule is asked at most once."""

    rule_set: RuleSet
    facts: Facts
    as_of: date
    known_on: date | None
    switches: Switches
    settings: Settings
    strict: bool
    law: Law
    working_days: WorkingDays | None
    findings: dict[str, Finding | None] = field(default_factory=dict)

    def finding(self, rule_id: str) -> Finding:
        """The finding of a rule, its own or of a set that is used."""
        if rule_id in self.findings:
            found = self.findings[rule_id]
            if found is None:
                raise RuleCircleError(f"{rule_id} needs its own finding")
            return found
        versions = self.rule_set.rules.get(rule_id)
        if versions is None:
            raise NotDeclaredError(f"the rule {rule_id} is not declared")
        self.findings[rule_id] = None
        found = self.findings[rule_id] = self._find(versions)
        return found

    def _find(self, versions: tuple[RuleVersion, ...]) -> Finding:
        context = Context(self)
        version = versions[-1]
        try:
            context.on = self._selecting_day(version.selected_by, context)
            chosen = _in_force(versions, context.on)
            if chosen is None:
                outcome = not_applicable(message="not_in_force", day=context.on)
            else:
                version = chosen
                outcome = version.function(context)
        except EndsRuleError as end:
            outcome = end.outcome
        except Exception:
            if self.strict:
                raise
            log.exception("the rule %s failed", version.id)
            outcome = unknown(RULE_FAILED, message="failed")
        return self._made(version, outcome, context)

    def _selecting_day(self, selected_by: tuple[str, ...], context: Context) -> date:
        for name in selected_by:
            if name == AS_OF:
                return self.as_of
            day = context.value_of(name) if name in self.rule_set.rules else context.fact_or(name)
            if isinstance(day, date):
                return day
        missing = [name for name in selected_by if name in self.law.facts]
        raise EndsRuleError(unknown(message="missing", missing=missing[:1]))

    def conclude(self) -> Finding:
        """The answer of the set."""
        return self._find((self.rule_set.conclusion,))

    def _made(self, version: RuleVersion, outcome: Outcome, context: Context) -> Finding:
        message, values = self._message(version, outcome)
        return Finding(
            version.id,
            outcome.status,
            outcome.value,
            _flags(version, outcome, context),
            outcome.missing,
            version.severity,
            message,
            values,
            version.reference,
            version.valid_from,
            version.valid_until,
            context.on,
            tuple(context.entries),
        )

    def _message(self, version: RuleVersion, outcome: Outcome) -> tuple[Text, Mapping[str, Any]]:
        if outcome.missing and outcome.message in {"", "missing"}:
            titles = [self.law.facts[key].title for key in outcome.missing]
            several = "missing" if len(titles) == 1 else "missing_several"
            name = several if outcome.value is None else "in_part"
            return frame().messages[name], {"facts": titles}
        name = outcome.message or UNKNOWN
        message = version.messages.get(name) or self.law.messages.get(name) or frame().messages.get(name)
        if message is None:
            if self.strict:
                raise NotDeclaredError(f"{version.id} has no message {name}")
            message = frame().messages[outcome.status]
        if self.strict and not message.names() <= set(outcome.values):
            raise NotDeclaredError(f"{version.id} does not give all values of its message {name}")
        return message, {name: worded(one, self.law.words) for name, one in outcome.values.items()}


def _in_force(versions: tuple[RuleVersion, ...], day: date) -> RuleVersion | None:
    for one in versions:
        if one.in_force(day):
            return one
    return None


def _flags(version: RuleVersion, outcome: Outcome, context: Context) -> tuple[str, ...]:
    """An unconfirmed rule asks for a person's decision unless it has flags of its own to say when."""
    answers = outcome.status in {"met", "not_met"}
    doubt = (NEEDS_DECISION,) if version.confidence == "L" and answers and not version.flags else ()
    flags = (*outcome.flags, *context.flags, *doubt)
    return tuple(dict.fromkeys(flags)) if flags else flags


def evaluate(
    rule_set: RuleSet,
    facts: Facts,
    as_of: date,
    *,
    known_on: date | None = None,
    switches: Switches | None = None,
    settings: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> Result:
    """The answer of a rule set about one matter.

    ``as_of`` is the day the question is asked. ``known_on`` leaves out values that were made public later.
    A rule with a fault answers unknown with the flag RULE_FAILED; ``strict`` raises instead, for tests.
    """
    evaluation = Evaluation(
        rule_set=rule_set,
        facts=facts,
        as_of=as_of,
        known_on=known_on,
        switches=switches or {},
        settings=settings or {},
        strict=strict,
        law=rule_set.law,
        working_days=rule_set.working_days,
    )
    findings = {rule_id: evaluation.finding(rule_id) for rule_id in rule_set.own_rules}
    conclusion = evaluation.conclude()
    deciding = _deciding(conclusion, evaluation)
    reasons = (conclusion, *deciding.values())
    return Result(
        rule_set=rule_set.key,
        as_of=as_of,
        known_on=known_on,
        conclusion=conclusion,
        findings=findings,
        deciding=deciding,
        flags=tuple(dict.fromkeys(flag for one in reasons for flag in one.flags)),
        trail=without_repeats(entry for one in reasons for entry in one.trail),
    )


def _deciding(conclusion: Finding, evaluation: Evaluation) -> dict[str, Finding]:
    """The findings that the conclusion rests on, directly or by other rules, in the order of reading."""
    found: dict[str, Finding] = {}
    waiting = [conclusion]
    while waiting:
        read = [entry.name for entry in waiting.pop(0).trail if entry.kind == RULE]
        for rule_id in read:
            if rule_id not in found:
                found[rule_id] = evaluation.finding(rule_id)
                waiting.append(found[rule_id])
    return found
