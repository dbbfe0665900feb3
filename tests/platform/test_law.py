"""Pending law: an operator gives the day and the reason, and the rules answer by it from that day on."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.kernel.audit import PlatformEntry
from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.law import pending
from core.law.commands import rules
from core.platform.law import OldValue
from core.rules.rule_set import RuleSet
from core.tenancy.kinds import host
from core.testing.factories import make_member, make_tenant, signed_in
from core.testing.pages import page_of
from plugins.no_introduction.law import regime

PLUGIN, KEY = "no_introduction", next(iter(regime.RULE_SET.law.switches))
SWITCH = f"/platform/law/{PLUGIN}.{KEY}"
Set = Callable[..., Any]


@pytest.fixture
def decide(operator: FlaskClient) -> Set:
    def said(day: str, reason: str = "Resolution 7 of 1 December.") -> Any:
        return operator.post(SWITCH, data={"in_force_from": day, "reason": reason})

    return said


def test_every_switch_that_a_module_declares_is_listed_as_pending(operator: FlaskClient) -> None:
    text = page_of(operator.get("/platform/law")).text
    for one in pending.every_switch(host()):
        assert one.switch.title.en in text
        assert one.key.partition(".")[0] in text
    assert "Pending: not in force" in text


def test_a_day_and_its_reason_are_kept_with_who_said_so(operator: FlaskClient, decide: Set) -> None:
    assert decide("2027-01-01").status_code == 303
    assert decide("2027-07-01", "Postponed.").status_code == 303
    assert pending.days_of(PLUGIN) == {KEY: date(2027, 7, 1)}
    text = page_of(operator.get(SWITCH)).text
    assert text.index("Postponed.") < text.index("Resolution 7 of 1 December.")
    assert "Drift Prøve" in text
    with platform_scope("read what was written down"):
        reasons = list(db.session.scalars(select(PlatformEntry.reason)))
    assert any(KEY in one for one in reasons)


def test_law_that_was_put_on_too_early_is_taken_off_again(decide: Set) -> None:
    decide("2027-01-01")
    decide("", "It was not decided after all.")
    assert pending.days_of(PLUGIN) == {}


@pytest.mark.parametrize(("day", "reason"), [("2027-01-01", " "), ("soon", "Because.")])
def test_a_day_needs_a_reason_and_must_be_a_day(operator: FlaskClient, day: str, reason: str) -> None:
    answer = operator.post(SWITCH, data={"in_force_from": day, "reason": reason})
    page = page_of(answer, 422)
    assert page.error("in_force_from") or page.error("reason")
    assert page.value("in_force_from") == day
    assert pending.days_of(PLUGIN) == {}


def test_a_switch_that_nobody_declares_is_not_there(operator: FlaskClient) -> None:
    for path in (f"/platform/law/{PLUGIN}.NOTHING", f"/platform/law/nowhere.{KEY}"):
        assert operator.get(path).status_code == 404
        assert operator.post(path, data={"reason": "Because."}).status_code == 404


def test_the_rules_answer_by_it_from_that_day_on(app: Flask, decide: Set) -> None:
    decide("2027-01-01")
    tenant = make_tenant("norway.municipality")
    adviser = signed_in(app, make_member(tenant, "access.adviser"))
    home = f"/t/{tenant.slug}/rules/{PLUGIN}.regime"

    def told(day: str) -> str:
        page = page_of(adviser.get(home, query_string={"as-of": day}))
        return next(one for one in page.root.all("article", id="NO-REG-05")).text

    assert "Not met" in told("2026-12-31")
    assert "Not met" not in told("2027-01-01")
    assert "In force from 1 January 2027" in page_of(adviser.get(f"{home}/law")).text


def test_the_command_answers_by_it_too(app: Flask, decide: Set, tmp_path: Any) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text("{}", encoding="utf-8")
    ask = ["evaluate", f"{PLUGIN}.regime", "--facts", str(facts), "--as-of", "2027-01-01", "--as-set"]
    assert in_force(app, ask) == []
    decide("2027-01-01")
    assert in_force(app, ask) == [KEY]


def in_force(app: Flask, ask: list[str]) -> Any:
    told = json.loads(app.test_cli_runner().invoke(rules, ask).stdout)
    return next(one["value"] for one in told["findings"] if one["ruleId"] == "NO-REG-05")


def test_old_values_are_listed(operator: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Every value is confirmed" in page_of(operator.get("/platform/law")).text
    rule_set: RuleSet = regime.RULE_SET
    monkeypatch.setattr("core.platform.law.old_values", lambda _today: late(rule_set))
    text = page_of(operator.get("/platform/law")).text
    assert next(iter(rule_set.own_parameters.values())).title.en in text


def late(rule_set: RuleSet) -> list[OldValue]:
    return [OldValue(f"{PLUGIN}.regime", one, one.values[0]) for one in rule_set.own_parameters.values()]
