"""Answers of several parts: what is known is told, what is not is named."""

from datetime import date
from typing import Any

import pytest

from core.rules.context import Context
from core.rules.evaluate import evaluate
from core.rules.findings import Outcome, in_parts, met, not_met, unknown
from core.rules.rule import rule
from core.testing.law_cases import gaps_of

TEXTS = """
title: {nb: Reise, en: Journey}
summary: {nb: Om en reise., en: About a journey.}
value:
  type: record
  fields:
    hours: {type: decimal, unit: hours, optional: true, title: {nb: timer, en: hours}}
    days: {type: integer, unit: days, optional: true, title: {nb: dager, en: days}}
facts:
  hours: {type: decimal, unit: hours, title: {nb: timer, en: hours}, meaning: {nb: Timer., en: Hours.}}
  days: {type: integer, unit: days, title: {nb: dager, en: days}, meaning: {nb: Dager., en: Days.}}
rules:
  - {id: TRIP-01, title: {nb: T, en: H}, statement: {nb: T., en: H.}, reference: § 1, confidence: H}
  - {id: TRIP-02, title: {nb: D, en: D}, statement: {nb: D., en: D.}, reference: § 2, confidence: H}
"""


@rule("TRIP-01")
def hours(ctx: Context) -> Outcome:
    return met(ctx.fact("hours")) if ctx.fact("hours") > 1 else not_met(ctx.fact("hours"))


@rule("TRIP-02")
def days(ctx: Context) -> Outcome:
    return met(ctx.fact("days"))


def all_asked(ctx: Context) -> Outcome:
    first, second = ctx.rules("TRIP-01", "TRIP-02")
    return in_parts({"hours": first.value, "days": second.value}, [first, second])


def days_when_given(ctx: Context) -> Outcome:
    first, second = ctx.rules("TRIP-01", "TRIP-02")
    asked = [second] if ctx.given("days") else []
    return in_parts({"hours": first.value, "days": second.value}, [first, *asked], beside=[second])


@pytest.fixture
def ask(law: Any) -> Any:
    law.write("grant.yaml", TEXTS)
    law.write("parameters/grant.yaml", "parameters: {}")

    def asked(conclusion: Any, **given: Any) -> Any:
        rule_set = law.load(hours, days, conclusion=conclusion)
        return evaluate(rule_set, rule_set.facts_from_json(given, "test"), AS_OF, strict=True)

    return asked


def test_a_part_that_is_known_is_told_when_another_is_not(ask: Any) -> None:
    answer = ask(all_asked, hours=2)
    assert (answer.status, answer.value, answer.missing) == ("unknown", {"hours": 2, "days": None}, ("days",))
    assert answer.conclusion.sentence().en == "Answered as far as it goes. Missing for the rest: days."
    assert answer.rule_ids == ("TRIP-01", "TRIP-02")


def test_nothing_known_is_no_value(ask: Any) -> None:
    answer = ask(all_asked)
    assert (answer.status, answer.value, answer.missing) == ("unknown", None, ("hours", "days"))


def test_a_part_that_is_not_met_decides_and_the_rest_is_named(ask: Any) -> None:
    answer = ask(all_asked, hours=1)
    assert (answer.status, answer.value) == ("not_met", {"hours": 1, "days": None})
    assert answer.missing == ("days",)


def test_a_part_that_nobody_asked_for_leaves_the_answer_and_is_named(ask: Any) -> None:
    answer = ask(days_when_given, hours=2)
    assert (answer.status, answer.value, answer.missing) == ("met", {"hours": 2, "days": None}, ("days",))
    assert ask(days_when_given, hours=2, days=3).missing == ()


def test_a_part_that_is_unknown_and_not_named_is_a_gap(law: Any) -> None:
    law.write("grant.yaml", TEXTS)
    law.write("parameters/grant.yaml", "parameters: {}")
    (law.folder / "cases" / "grant").mkdir(parents=True)
    law.write("cases/grant/all.yaml", CASES)
    assert [one for one in gaps_of(law.load(hours, days, conclusion=silent)) if "names no fact" in one] == [
        "two: TRIP-02 is unknown, and the answer names no fact that is missing for it"
    ]


def silent(ctx: Context) -> Outcome:
    first, second = ctx.rules("TRIP-01", "TRIP-02")
    return met({"hours": first.value, "days": second.value})


def test_what_is_unknown_names_each_fact_once() -> None:
    assert unknown(missing=("hours", "days", "hours")).missing == ("hours", "days")


AS_OF = date(2026, 11, 27)
CASES = """
as_of: 2026-11-27
cases:
  - id: two
    title: {nb: To, en: Two}
    given: {hours: 2}
    expect: {status: met}
"""
