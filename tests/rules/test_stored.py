"""A decision stays explainable after the law has changed."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.evaluate import evaluate
from core.rules.rule_set import RuleSet
from core.rules.stored import UnreadableAnswerError, read_stored, stored
from core.rules.texts import Text
from core.rules.trail import tagged, untagged

GIVEN = {"appliedOn": "2026-06-01", "hours": {"value": 30, "source": "form:intake", "date": "2026-05-30"}}


def answered(rule_set: RuleSet, **options: Any) -> Any:
    return evaluate(rule_set, rule_set.facts_from_json(GIVEN, "test"), date(2026, 11, 27), **options)


def test_an_old_answer_is_read_as_it_was_after_a_new_value_was_added(law: Any) -> None:
    before = law.load()
    kept = json.dumps(stored(before, answered(before), "grants.grant"))
    law.change(
        "parameters/grant.yaml",
        "      - {value: 30,",
        "      - {value: 20, valid_from: 2026-05-15, known_from: 2026-12-01, reference: § 1 (ny),"
        " confidence: H, confirmed_on: 2026-12-01}\n      - {value: 30,",
    )
    law.change(
        "grant.yaml", "{nb: Færre timer enn grensen., en: Fewer hours than the limit.}", "{nb: Ny., en: New.}"
    )
    after = law.load()

    old = read_stored(json.loads(kept))
    assert (old.status, old.value) == ("met", True)
    assert old.findings[0].message.nb == "30 er under 37,5 den 01.06.2026."
    assert old.findings[0].statement.en == "Fewer hours than the limit."
    (limit,) = [one for one in old.trail if one.kind == "parameter"]
    assert (limit.value, limit.reference, limit.valid_from) == (
        Fraction("37.5"),
        "§ 1 (2026)",
        date(2026, 5, 1),
    )
    assert old.titles["parameter", "limit"].nb == "grense"
    assert old.trail == answered(before).trail
    assert answered(after).findings["GRANT-01"].status == "not_met"
    assert answered(after, known_on=date(2026, 11, 27)).findings["GRANT-01"].status == "met"


def test_a_form_of_the_future_is_refused(law: Any) -> None:
    kept = stored(law.load(), answered(law.load()), "grants.grant")
    with pytest.raises(UnreadableAnswerError, match="an answer of the form 3 cannot be read here"):
        read_stored({**kept, "format": 3})


def test_the_form_before_this_one_is_still_read(law: Any) -> None:
    kept = json.loads(json.dumps(stored(law.load(), answered(law.load()), "grants.grant")))
    for name in ("words", "fields", "sources"):
        del kept[name]
    for name in ("severity", "on", "trail"):
        del kept["findings"][0][name]

    old = read_stored({**kept, "format": 1})

    assert (old.words, old.findings[0].on, old.findings[0].trail) == ({}, None, ())
    assert old.status == "met"


def test_an_answer_brings_the_words_for_its_codes_and_the_reasons_of_each_finding(law: Any) -> None:
    kept = stored(law.load(), answered(law.load()), "grants.grant", {"form:intake": Text("skjema", "form")})
    read = read_stored(json.loads(json.dumps(kept)))

    assert read.sources["form:intake"].nb == "skjema"
    assert [one.name for one in read.findings[0].trail] == ["applied_on", "hours", "limit"]
    assert read.findings[0].on == date(2026, 6, 1)


PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.fractions()


@given(
    st.recursive(PLAIN, lambda one: st.lists(one).map(tuple) | st.dictionaries(st.text(), one), max_leaves=9)
)
@settings(max_examples=40)
def test_a_value_is_read_back_exactly(value: Any) -> None:
    assert untagged(json.loads(json.dumps(tagged(value)))) == value
