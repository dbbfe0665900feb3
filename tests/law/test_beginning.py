"""Whoever opens a rule set for the first time is told how it works, and has a worked case to try."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.law.asking_for_tenant import Terms
from core.law.decided import Practice
from core.law.explorer.address import address_of
from core.law.explorer.asked import read_question
from core.law.known import worked_cases
from core.rules.rule_set import RuleSet
from core.testing.factories import MadeTenant
from core.testing.pages import page_of
from plugins.no_introduction.law import rule_sets

TODAY = date(2026, 11, 27)
SETS = {one.key: one for one in rule_sets()}


@pytest.mark.parametrize("key", SETS)
def test_every_set_has_an_example_that_is_answered(
    adviser: FlaskClient, tenant: MadeTenant, key: str
) -> None:
    first = page_of(adviser.get(f"/t/{tenant.slug}/rules/no_introduction.{key}")).root
    assert "How it works" in first.text
    link = next(one.attributes["href"] for one in first.all("a") if "Try an example" in one.text)
    answered = page_of(adviser.get(link)).root
    assert "To answer, these facts are needed" not in answered.text
    assert "How it works" not in answered.text


@pytest.mark.parametrize("key", ["plan", "absence_effect", "benefit", "regime"])
def test_the_address_of_a_case_asks_what_the_case_asks(app: Flask, key: str) -> None:
    rule_set: RuleSet = SETS[key]
    for case in worked_cases(rule_set):
        given = dict(parse_qsl(urlsplit(f"?{address_of(rule_set, case)}").query))
        asked = read_question(rule_set, given, TODAY, Terms({}, Practice({})))
        known = {name: one.value for name, one in case.facts.items() if one.value is not None}
        assert not asked.typed.errors
        assert {name: _in_any_order(one.value) for name, one in asked.first.facts.items()} == {
            name: _in_any_order(value) for name, value in known.items()
        }
        assert asked.first.as_of == case.as_of
        assert asked.first.switches == case.switches
        assert asked.first.settings == case.settings


def _in_any_order(value: object) -> object:
    """What is ticked has no order."""
    is_ticked = isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    return frozenset(value) if is_ticked and isinstance(value, tuple) else value
