"""`flask rules`: asking the rule sets of the plugins from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from core.app import create_app
from core.kernel.settings import Settings
from core.law.commands import rules
from core.testing.contract import NOWHERE

REGIME = "no_introduction.regime"
GIVEN = {"permitType": "S28", "permitDecisionDate": "2026-05-04"}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings("development", "for-these-tests", NOWHERE, NOWHERE, NOWHERE, NOWHERE))


def asked(app: Flask, *arguments: str, given: Any = None) -> Any:
    return app.test_cli_runner().invoke(rules, arguments, input=given)


def test_the_rule_sets_are_listed(app: Flask) -> None:
    assert f"{REGIME:40} Which act applies\n" in asked(app, "list").output


def test_one_question_gets_its_answer_with_the_trail(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(GIVEN), encoding="utf-8")
    told = json.loads(asked(app, "evaluate", REGIME, "--facts", str(file), "--as-of", "2026-11-27").output)
    assert (told["ruleSet"], told["value"], told["status"]) == (REGIME, "INTEGRATION_ACT", "met")
    assert (told["ruleIds"], told["flags"], told["missing"]) == (["NO-REG-01"], [], [])
    read = [(one["kind"], one["name"], one["value"]) for one in told["trail"]]
    assert ("fact", "permitDecisionDate", "2026-05-04") in read
    assert ("parameter", "integration_act_from", "2021-01-01") in read
    (permit,) = [one for one in told["trail"] if one["name"] == "permitDecisionDate"]
    assert permit["source"] == str(file)


def test_pending_law_is_switched_on_for_a_question(app: Flask) -> None:
    line = [
        "evaluate",
        REGIME,
        "--facts",
        "-",
        "--as-of",
        "2026-11-27",
        "--switch",
        "AGE60_IN_FORCE=2026-11-01",
    ]
    told = json.loads(asked(app, *line, given=json.dumps(GIVEN)).output)
    (pending,) = [one for one in told["findings"] if one["ruleId"] == "NO-REG-05"]
    assert pending["value"] == ["AGE60_IN_FORCE"]


def test_many_questions_are_answered_line_by_line(app: Flask) -> None:
    questions = [
        {"id": "a", "facts": GIVEN, "asOf": "2026-11-27", "switches": {"AGE60_IN_FORCE": "2026-01-01"}},
        {"permitDecisionDate": "2020-12-31", "appliedFromAbroad": False},
        {"permitDecisionDate": 5},
        {"facts": GIVEN, "day": "2026-11-27"},
    ]
    given = "\n".join([*map(json.dumps, questions), "not JSON", ""])
    line = ["evaluate", REGIME, "--facts", "-", "--lines", "--as-of", "2026-11-27"]
    result = asked(app, *line, given=given)
    told = [json.loads(one) for one in result.output.splitlines()]
    assert [one.get("value") for one in told] == ["INTEGRATION_ACT", "INTRO_ACT", None, None, None]
    assert told[0]["id"] == "a"
    assert told[2] == {"line": 3, "errors": ["permitDecisionDate: expected a date such as 2026-01-31, got 5"]}
    assert told[3]["errors"] == ["day: a question has asOf, facts, id, knownOn, settings, switches"]
    assert "not JSON" in told[4]["errors"][0]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (
            ["evaluate", "nobody.nothing", "--facts", "-"],
            "{}",
            "there is no rule set nobody.nothing; there are:",
        ),
        (
            ["evaluate", REGIME, "--facts", "-"],
            "{}",
            "asOf: the day on which the question is asked is missing",
        ),
        (["evaluate", REGIME, "--facts", "-", "--as-of", "2026-01-01"], "[]", "the facts must be an object"),
        (
            ["evaluate", REGIME, "--facts", "-", "--as-of", "2026-01-01", "--switch", "X=2026-01-01"],
            "{}",
            "expected one of the switches AGE60_IN_FORCE, DECLARATION_IN_FORCE, got 'X'",
        ),
    ],
)
def test_a_question_that_cannot_be_read_says_why(
    app: Flask, arguments: list[str], given: str, told: str
) -> None:
    result = asked(app, *arguments, given=given)
    assert told in result.output
    assert result.exit_code == 1


def test_a_rule_set_is_described_in_words(app: Flask) -> None:
    told = asked(app, "describe", REGIME, "--language", "nb").output
    assert "permitDecisionDate (date): Datoen tillatelsen ble gitt." in told
    assert "NO-REG-02 [H; 2026-07-01–2028-07-01 by as_of]" in told
    assert "integration_act_from (day): 2021-01-01 from 2021-01-01" in told


def test_a_rule_set_is_described_for_programs(app: Flask) -> None:
    told = json.loads(asked(app, "describe", REGIME, "--json").output)
    assert told["value"]["choices"]["INTRO_ACT"] == "Introduction Act"
    assert "birthDate" not in {one["name"] for one in told["facts"]}


def test_old_confirmations_are_named(app: Flask) -> None:
    assert asked(app, "check", "--on", "2027-08-02").output == ""
    assert (
        f"{REGIME} integration_act_from: confirmed on 2026-07-02"
        in asked(app, "check", "--on", "2027-08-03").output
    )


def test_a_question_needs_neither_settings_nor_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    line = ["evaluate", "no_introduction.regime", "--facts", "-", "--as-of", "2026-11-27"]
    answered = CliRunner().invoke(rules, line, input='{"permitDecisionDate": "2026-06-10"}')
    assert (answered.exit_code, json.loads(answered.output)["value"]) == (0, "INTEGRATION_ACT")
