"""For authors of rule sets: do the rules answer as their cases say, and do the cases reach everything?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.rules.cases import Case, answer_to, cases_of, complaints_about
from core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from core.rules.frame import frame
from core.rules.reads import reaches_around
from core.rules.result import Result
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.set_reads import reads_of_rule, reads_of_set
from core.rules.trail import PARAMETER, RULE, SWITCH
from core.rules.wrong import WrongValueError

DAY = timedelta(days=1)
Tests = tuple[Callable[..., None], Callable[..., None]]


@dataclass(frozen=True)
class Answered:
    """A case and what the rule set answers to it."""

    case: Case
    result: Result


def law_tests(rule_sets: Iterable[RuleSet]) -> Tests:
    """Two tests for pytest: each case is answered as it says; each rule set is reached by its cases.

    In a test module: `test_case, test_reach = law_tests(rule_sets())`.
    """
    sets = list(rule_sets)
    examples = [pytest.param(one, case, id=f"{one.key}-{case.id}") for one in sets for case in cases_of(one)]

    @pytest.mark.parametrize(("rule_set", "case"), examples)
    def test_case(rule_set: RuleSet, case: Case) -> None:
        _fail_for(complaints_about(case, answer_to(case, rule_set)))

    @pytest.mark.parametrize("rule_set", sets, ids=lambda one: one.key)
    def test_reach(rule_set: RuleSet) -> None:
        _fail_for(gaps_of(rule_set))

    return test_case, test_reach


def _fail_for(complaints: list[str]) -> None:
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def gaps_of(rule_set: RuleSet) -> list[str]:
    """What is wrong with a rule set or not shown by its cases, a sentence for each."""
    answered = [Answered(case, answer_to(case, rule_set)) for case in cases_of(rule_set)]
    return [
        *_cases_with_one_id(answered),
        *_undeclared(rule_set),
        *_around_the_context(rule_set),
        *_wrong_answers(rule_set, answered),
        *_rules_without_cases(rule_set, answered),
        *_messages_never_given(rule_set, answered),
        *_boundaries_of_rules(rule_set, answered),
        *_boundaries_of_parameters(rule_set, answered),
        *_switches_never_tried(rule_set, answered),
        *_met_all_the_same(rule_set, answered),
        *_left_out_in_silence(rule_set, answered),
    ]


def _versions(rule_set: RuleSet) -> Iterator[RuleVersion]:
    for rule_id in rule_set.own_rules:
        yield from rule_set.rules[rule_id]


def _cases_with_one_id(answered: list[Answered]) -> Iterator[str]:
    ids = [one.case.id for one in answered]
    yield from (f"several cases have the id {one}" for one in sorted(set(ids)) if ids.count(one) > 1)


def _undeclared(rule_set: RuleSet) -> Iterator[str]:
    reads = reads_of_set(rule_set)
    for kind in ("facts", "parameters", "switches", "settings"):
        for key in getattr(reads, kind):
            if key not in getattr(rule_set.law, kind):
                yield f"{key} is read and not declared among the {kind}"
    yield from (f"{key} is read and is no rule" for key in reads.rules if key not in rule_set.rules)
    own = set(rule_set.own_parameters) - set(reads.parameters)
    yield from (f"the parameter {key} is declared and never read" for key in sorted(own))


def _around_the_context(rule_set: RuleSet) -> Iterator[str]:
    for one in (*_versions(rule_set), rule_set.conclusion):
        yield from (f"{one.id}: {complaint}" for complaint in reaches_around(one.function))


def _wrong_answers(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    for one in answered:
        for found in (one.result.conclusion, *one.result.findings.values()):
            for flag in found.flags:
                if flag not in rule_set.law.flags and flag not in frame().flags:
                    yield f"{one.case.id}: the flag {flag} of {found.rule_id} is not explained"
        try:
            check_value(rule_set, one.result)
        except WrongValueError as error:
            yield f"{one.case.id}: {rule_set.key} answers with another type than it declares: {error}"


def check_value(rule_set: RuleSet, result: Result) -> None:
    """Raises WrongValueError when the answer is of another type than is declared, as far as it is known."""
    kind, value = rule_set.value, result.value
    if result.status == UNKNOWN and isinstance(value, Mapping):
        known = {key: part for key, part in value.items() if part is not None}
        kind = replace(kind, fields={key: one for key, one in kind.fields.items() if key in known})
        value = known
    if result.status in {MET, NOT_MET} or value is not None:
        kind.parse(value)


def _findings(rule_id: str, answered: list[Answered]) -> list[Finding]:
    return [one.result.findings[rule_id] for one in answered]


def _rules_without_cases(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    for rule_id in rule_set.own_rules:
        statuses = {found.status for found in _findings(rule_id, answered)}
        if not statuses & {MET, NOT_MET}:
            yield f"no case has {rule_id} met or not met"
        needs = any(reads_of_rule(rule_set, one).needed for one in rule_set.rules[rule_id])
        if needs and UNKNOWN not in statuses:
            yield f"no case has {rule_id} unknown, for want of a fact"


def _messages_never_given(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    given = {(found.rule_id, found.message) for one in answered for found in one.result.findings.values()}
    given |= {(rule_set.key, one.result.conclusion.message) for one in answered}
    for version in (*_versions(rule_set), rule_set.conclusion):
        for name, message in version.messages.items():
            if (version.id, message) not in given:
                yield f"no case has the message {name} of {version.id} {version.version}".rstrip()


def _boundaries_of_rules(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    for version in _versions(rule_set):
        days = {found.on for found in _findings(version.id, answered)}
        for boundary in (version.valid_from, version.valid_until):
            yield from _not_tried(f"{version.id} by {' or '.join(version.selected_by)}", boundary, days)


def _not_tried(what: str, boundary: date | None, days: set[Any]) -> Iterator[str]:
    if boundary is not None:
        for day in (boundary - DAY, boundary):
            if day not in days:
                yield f"no case asks {what} on {day}, at the boundary {boundary}"


def _boundaries_of_parameters(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    asked = {
        (entry.name, entry.on)
        for one in answered
        for found in (one.result.conclusion, *one.result.findings.values())
        for entry in found.trail
        if entry.kind == PARAMETER
    }
    for key, parameter in rule_set.own_parameters.items():
        days = {day for name, day in asked if name == key}
        for value in parameter.values[1:]:
            yield from _not_tried(f"for the parameter {key}", value.valid_from, days)


def _switches_never_tried(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    seen = {
        (entry.name, entry.value)
        for one in answered
        for found in (one.result.conclusion, *one.result.findings.values())
        for entry in found.trail
        if entry.kind == SWITCH
    }
    for key in reads_of_set(rule_set).switches:
        for value in (True, False):
            if (key, value) not in seen:
                yield f"no case has the switch {key} {'on' if value else 'off'}"


def _met_all_the_same(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    """The whole must not be met while a rule is not, unless the file gives the reason."""
    seen = {
        found.rule_id: one.case.id
        for one in answered
        if one.result.status == MET
        for found in one.result.findings.values()
        if found.status == NOT_MET
    }
    for rule_id, case in seen.items():
        if rule_id not in rule_set.apart:
            yield f"{case}: the answer is met and {rule_id} is not: say why below conclusion.apart"
    for rule_id in rule_set.apart:
        if rule_id not in seen and rule_id not in _unknown_and_not_named(rule_set, answered):
            yield f"{rule_id} stands apart, and no case has it not met or unknown while the answer is met"


def _left_out_in_silence(rule_set: RuleSet, answered: list[Answered]) -> Iterator[str]:
    """What an answer of several parts read and could not know must be named."""
    for rule_id, case in _unknown_and_not_named(rule_set, answered).items():
        if rule_id not in rule_set.apart:
            yield f"{case}: {rule_id} is unknown, and the answer names no fact that is missing for it"


def _unknown_and_not_named(rule_set: RuleSet, answered: list[Answered]) -> dict[str, str]:
    if rule_set.value.kind != "record":
        return {}
    return {
        entry.name: one.case.id
        for one in answered
        if one.result.status in {MET, NOT_MET}
        for entry in one.result.conclusion.trail
        if entry.kind == RULE and entry.name in rule_set.own_rules and entry.source == UNKNOWN
        if not {*one.result.findings[entry.name].missing} <= {*one.result.missing}
    }
