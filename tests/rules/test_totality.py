"""The rules of the bundled plugins answer whatever is given, and never take what is missing for no."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.cases import answer_to, cases_of
from core.rules.evaluate import evaluate
from core.rules.facts import Facts, Given
from core.rules.rule_set import RuleSet
from core.rules.value_types import ValueType
from core.testing.law_cases import check_value
from plugins.no_introduction.law import rule_sets

DATES = st.dates(date(1950, 1, 1), date(2035, 12, 31))
RULE_SETS = rule_sets()


def values_of(kind: ValueType) -> st.SearchStrategy[Any]:
    numbers = st.fractions(0, 100, max_denominator=4)
    match kind.kind:
        case "record":
            return st.fixed_dictionaries({key: values_of(one.type) for key, one in kind.fields.items()})
        case "records":
            return st.lists(values_of(ValueType("record", fields=kind.fields)), max_size=3).map(tuple)
        case "choice":
            return st.sampled_from(sorted(kind.choices))
        case "list":
            words = st.sampled_from(sorted(kind.choices)) if kind.choices else st.text(max_size=3)
            return st.lists(words, max_size=3).map(tuple)
    plain = {
        "boolean": st.booleans(),
        "integer": st.integers(0, 60),
        "date": DATES,
        "text": st.text(max_size=5),
    }
    return plain.get(kind.kind, numbers)


@st.composite
def questions(draw: st.DrawFn) -> tuple[RuleSet, Facts, date, dict[str, date]]:
    rule_set = draw(st.sampled_from(RULE_SETS))
    facts = {
        key: Given(draw(values_of(one.type)), "drawn")
        for key, one in rule_set.law.facts.items()
        if draw(st.booleans())
    }
    switches = {key: draw(DATES) for key in rule_set.law.switches if draw(st.booleans())}
    return rule_set, facts, draw(DATES), switches


@given(questions())
@settings(max_examples=150, deadline=None)
def test_every_question_has_an_answer_and_the_same_one_twice(asked: Any) -> None:
    rule_set, facts, day, switches = asked
    result = evaluate(rule_set, facts, day, switches=switches, strict=True)
    assert result == evaluate(rule_set, facts, day, switches=switches, strict=True)
    if result.status == "unknown":
        assert result.missing or result.flags
    check_value(rule_set, result)
    result.to_json()


@pytest.mark.parametrize("rule_set", RULE_SETS, ids=lambda one: one.key)
def test_a_fact_taken_away_is_named_or_was_not_needed(rule_set: RuleSet) -> None:
    for case in cases_of(rule_set):
        whole = answer_to(case, rule_set)
        for key in {entry.name for entry in whole.trail if entry.kind == "fact" and entry.value is not None}:
            fewer = {name: one for name, one in case.facts.items() if name != key}
            result = evaluate(rule_set, fewer, case.as_of, switches=case.switches, settings=case.settings)
            for rule_id, found in result.findings.items():
                if found.status == "unknown" != whole.findings[rule_id].status:
                    assert found.missing or found.flags, f"{case.id} without {key}: {rule_id}"
