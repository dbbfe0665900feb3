"""Rules of which each says itself whether it is about the matter."""

from datetime import date
from pathlib import Path

import pytest

from core.rules.evaluate import evaluate
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.sdk.rules import Context, Outcome, load_rule_set, met, not_applicable, rule, unknown_with

DECLARED = """
title: {nb: Alder, en: Age}
summary: {nb: Alder, en: Age}
value:
  type: record
  fields:
    last_day: {type: date, title: {nb: siste dag, en: last day}}
facts:
  is_young: {type: boolean, title: {nb: ung, en: young}, meaning: {nb: Ung., en: Young.}}
rules:
  - {id: T-1, title: {nb: Unge, en: The young}, statement: {nb: "1", en: "1"}, reference: § 1, confidence: H}
  - {id: T-2, title: {nb: Andre, en: Others}, statement: {nb: "2", en: "2"}, reference: § 2, confidence: H}
"""


@rule("T-1")
def for_the_young(ctx: Context) -> Outcome:
    return met({"last_day": date(2026, 1, 31)}) if ctx.fact("is_young") else not_applicable()


@rule("T-2")
def for_others(ctx: Context) -> Outcome:
    return not_applicable() if ctx.fact("is_young") else met({"last_day": date(2026, 2, 28)})


def conclude(ctx: Context) -> Outcome:
    found = ctx.applicable("T-1", "T-2")
    return met(found[0].value) if len(found) == 1 else unknown_with(found)


@pytest.fixture
def rule_set(tmp_path: Path) -> RuleSet:
    (tmp_path / "ages.yaml").write_text(DECLARED)
    return load_rule_set(str(tmp_path / "ages.py"), rules=(for_the_young, for_others), conclude=conclude)


def answered(rule_set: RuleSet, **facts: bool) -> Result:
    given = rule_set.facts_from_json(facts, "test")
    return evaluate(rule_set, given, date(2026, 11, 27), strict=True)


def test_only_the_rule_that_is_about_the_matter_decides(rule_set: RuleSet) -> None:
    result = answered(rule_set, isYoung=False)
    assert result.rule_ids == ("T-2",)
    assert result.findings["T-1"].status == "not_applicable"


def test_what_the_others_rest_on_stays_in_the_trail(rule_set: RuleSet) -> None:
    assert "is_young" in [entry.name for entry in answered(rule_set, isYoung=True).trail]


def test_a_rule_that_cannot_tell_is_among_them(rule_set: RuleSet) -> None:
    result = answered(rule_set)
    assert (result.status, result.missing) == ("unknown", ("is_young",))


def test_the_fields_of_an_answer_have_the_names_of_json(rule_set: RuleSet) -> None:
    assert answered(rule_set, isYoung=True).to_json()["value"] == {"lastDay": "2026-01-31"}
