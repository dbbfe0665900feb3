"""What is worked out once of each rule set and kept: rule sets do not change while the application runs."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

from core.rules.cases import Case, cases_of
from core.rules.reads import Reads
from core.rules.rule_set import RuleSet
from core.rules.set_reads import reads_of_rule, reads_of_set
from core.rules.texts import LANGUAGES
from core.web.languages import current_language

Worked = TypeVar("Worked")


def once(work_out: Callable[[RuleSet], Worked]) -> Callable[[RuleSet], Worked]:
    """The function, asked once for each rule set."""
    kept: dict[int, tuple[RuleSet, Worked]] = {}

    @wraps(work_out)
    def looked_up(rule_set: RuleSet) -> Worked:
        if id(rule_set) not in kept:
            kept[id(rule_set)] = rule_set, work_out(rule_set)
        return kept[id(rule_set)][1]

    return looked_up


def once_in_each_language(work_out: Callable[[RuleSet], Worked]) -> Callable[[RuleSet], Worked]:
    """The function, asked once for each rule set in each language of a reader."""
    kept = {language: once(work_out) for language in LANGUAGES}

    @wraps(work_out)
    def looked_up(rule_set: RuleSet) -> Worked:
        return kept[current_language()](rule_set)

    return looked_up


@once
def reads_of(rule_set: RuleSet) -> Reads:
    """What the whole set asks for."""
    return reads_of_set(rule_set)


@once
def reads_by_version(rule_set: RuleSet) -> Mapping[tuple[str, str], Reads]:
    """What each version of each rule asks for, by id and version; also of sets that are used."""
    versions = [one for versions in rule_set.rules.values() for one in versions]
    return {(one.id, one.version): reads_of_rule(rule_set, one) for one in versions}


@once
def worked_cases(rule_set: RuleSet) -> tuple[Case, ...]:
    """The cases, from their files."""
    return cases_of(rule_set)
