"""Codes of lists and how messages say them, and messages of all rules of a set."""

from datetime import date
from pathlib import Path

import pytest

from core.rules.evaluate import evaluate
from core.rules.facts import WrongFactsError
from core.sdk.rules import Context, Outcome, RuleSet, load_rule_set, met, not_met, rule

FILE = """
title: {nb: Kake, en: Cake}
summary: {nb: Hva kaken har., en: What the cake has.}
value: {type: boolean}
words:
  EGG: {nb: egg, en: an egg}
  SUGAR: {nb: sukker, en: sugar}
messages:
  raw: {nb: Rå., en: Raw.}
facts:
  parts:
    type: list
    choices: {EGG: {nb: egg, en: an egg}, SUGAR: {nb: sukker, en: sugar}}
    title: {nb: deler, en: parts}
    meaning: {nb: Hva den har., en: What it has.}
rules:
  - id: CAKE-1
    title: {nb: Deler, en: Parts}
    statement: {nb: En kake har deler., en: A cake has parts.}
    reference: oppskriften
    confidence: H
    messages:
      met: {nb: "Har {parts} av {most}.", en: "Has {parts} of {most}."}
"""


@rule("CAKE-1")
def cake_parts(ctx: Context) -> Outcome:
    """Says what it was given."""
    parts = ctx.fact("parts")
    return met(parts=parts, most="SUGAR") if parts else not_met(message="raw")


def conclude(ctx: Context) -> Outcome:
    """As the rule."""
    return met(ctx.value_of("CAKE-1"))


@pytest.fixture
def cake(tmp_path: Path) -> RuleSet:
    (tmp_path / "cake.yaml").write_text(FILE, encoding="utf-8")
    return load_rule_set(str(tmp_path / "cake.py"), rules=(cake_parts,), conclude=conclude)


def test_a_message_says_codes_in_words(cake: RuleSet) -> None:
    result = evaluate(cake, cake.facts_from_json({"parts": ["EGG", "SUGAR"]}, "test"), date(2026, 1, 1))
    assert result.findings["CAKE-1"].sentence().en == "Has an egg, sugar of sugar."


def test_a_list_with_choices_takes_no_other_word(cake: RuleSet) -> None:
    with pytest.raises(WrongFactsError, match='parts\\[1\\]: expected one of EGG, SUGAR, got "SALT"'):
        cake.facts_from_json({"parts": ["EGG", "SALT"]}, "test")


def test_rules_share_the_messages_of_their_set(cake: RuleSet) -> None:
    result = evaluate(cake, cake.facts_from_json({"parts": []}, "test"), date(2026, 1, 1))
    assert result.findings["CAKE-1"].sentence().en == "Raw."
