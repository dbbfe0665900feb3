"""`flask rules`: asking the rule sets of the plugins from a terminal."""

import json
from datetime import date
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
    told = [json.loads(one) for one in result.stdout.splitlines()]
    assert [one.get("value") for one in told] == ["INTEGRATION_ACT", "INTRO_ACT", None, None, None]
    assert told[0]["id"] == "a"
    assert told[2] == {"line": 3, "errors": ["permitDecisionDate: expected a date such as 2026-01-31, got 5"]}
    parts = "asOf, facts, id, knownOn, settings, switches"
    assert told[3]["errors"] == [f"day: there is no such part of a question; there are: {parts}"]
    assert told[4]["errors"][0].startswith(
        "the line is not JSON, column 1: Expecting value; expected an object"
    )
    assert result.exit_code == 1
    assert "standard input: 3 of 5 questions could not be answered, line 3, 4, 5" in result.stderr


def test_a_line_that_is_wrong_keeps_the_id_of_its_question(app: Flask) -> None:
    given = json.dumps({"id": "b", "facts": {"permitDecisionDate": 5}, "asOf": "2026-11-27"})
    result = asked(app, "evaluate", REGIME, "--facts", "-", "--lines", given=given)
    assert json.loads(result.stdout)["id"] == "b"


OBJECT = 'expected an object such as {"birthDate": "1990-05-17"}'
IN_2026 = ["--as-of", "2026-01-01"]
DATE = "expected a date such as 2026-01-31"


@pytest.mark.parametrize(
    ("options", "given", "told"),
    [
        (IN_2026, "", f"standard input is empty: {OBJECT}"),
        (IN_2026, "hello", f"standard input is not JSON, column 1: Expecting value; {OBJECT}"),
        (
            IN_2026,
            '{"isS34": true,\n "permitType" "S28"}',
            "standard input is not JSON, line 2, column 15: Expecting ':' delimiter",
        ),
        (IN_2026, "[1]", f"standard input: {OBJECT}, got [1]"),
        (IN_2026, '{"isS34": NaN}', "standard input is not JSON that can be used: NaN is no number"),
        (IN_2026, '{"isS34": true, "isS34": false}', "the name isS34 stands twice in one object"),
        (IN_2026, b'{"permitType": "\xff"}', "standard input is not text in UTF-8"),
        (
            [],
            "{}",
            "standard input: asOf is missing: the day on which the question is asked, as --as-of 2026-01-31",
        ),
        (["--as-of", "31.12.2025"], "{}", f'{DATE}, got "31.12.2025"; did you mean 2025-12-31?'),
        (["--as-of", "2025-02-30"], "{}", 'a day that exists, such as 2026-01-31, got "2025-02-30"'),
        (["--known-on", "2025"], "{}", f"'--known-on': {DATE}, got"),
        (
            IN_2026,
            '{"permitDecisiondate": "2026-01-01"}',
            "permitDecisiondate: there is no such fact; did you mean permitDecisionDate?",
        ),
        (IN_2026, '{"isS34": "yes"}', 'isS34: expected true or false, got "yes"; did you mean true?'),
        (IN_2026, '{"permitType": "s28"}', 'OTHER, got "s28"; did you mean S28?'),
        (IN_2026, '{"asOf": "2026-01-01"}', "asOf: belongs beside the facts, as in"),
        ([], '{"facts": {}, "asOf": "1.1.2026"}', f'asOf: {DATE}, got "1.1.2026"'),
        (IN_2026, '{"facts": [1]}', "facts: expected an object with names and values, got [1]"),
        (IN_2026, '{"facts": {}, "switches": 1}', "switches: expected an object with names and values"),
        (
            IN_2026,
            '{"facts": {}, "settings": {"MODE": 1}}',
            "settings.MODE: there is no such setting; there are: none",
        ),
        (
            [*IN_2026, "--switch", "X=2026-01-01"],
            "{}",
            "--switch X: there is no such switch; there are: AGE60_IN_FORCE, DECLARATION_IN_FORCE",
        ),
        (
            [*IN_2026, "--switch", "AGE60_IN_FORC=2026-01-01"],
            "{}",
            "--switch AGE60_IN_FORC: there is no such switch; did you mean AGE60_IN_FORCE?",
        ),
        (
            [*IN_2026, "--switch", "no_introduction.AGE60_IN_FORCE=1.1.2026"],
            "{}",
            f'--switch AGE60_IN_FORCE: {DATE}, got "1.1.2026"; did you mean 2026-01-01?',
        ),
        (
            [*IN_2026, "--switch", "AGE60_IN_FORCE"],
            "{}",
            "--switch AGE60_IN_FORCE: expected a switch and its first day, such as AGE60_IN_FORCE=2026-01-31",
        ),
    ],
)
def test_a_question_that_cannot_be_read_says_why(
    app: Flask, options: list[str], given: str, told: str
) -> None:
    refused(asked(app, "evaluate", REGIME, "--facts", "-", *options, given=given), told)


def refused(result: Any, told: str) -> None:
    """Nothing stands where a program reads the answer."""
    assert told in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("ADD_MODES=ALL", "--setting ADD_MODES: there is no such setting; did you mean ADD_MODE?"),
        ("ADD_MODE=[ALL", '--setting ADD_MODE: expected one of ALL, EXCESS, got "[ALL"'),
        ("ADD_MODE", "--setting ADD_MODE: expected a setting and its value, such as ADD_MODE=ALL"),
        ("no_introduction.ADD_MODE=1", "--setting ADD_MODE: expected one of ALL, EXCESS, got 1"),
    ],
)
def test_a_setting_that_cannot_be_read_says_why(app: Flask, setting: str, told: str) -> None:
    line = ["evaluate", "no_introduction.absence_effect", "--facts", "-", *IN_2026, "--setting", setting]
    refused(asked(app, *line, given="{}"), told)


def test_a_file_of_facts_that_is_not_there_says_which_may_be_meant(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text("{}", encoding="utf-8")
    line = ["evaluate", REGIME, *IN_2026, "--facts"]
    near = f"fact.json: there is no such file; did you mean {tmp_path / 'facts.json'}?"
    refused(asked(app, *line, str(tmp_path / "fact.json")), near)
    refused(asked(app, *line, str(tmp_path)), f"--facts {tmp_path}: the file cannot be read: Is a directory")
    missing = (
        "--facts is missing: a file with the facts in JSON, or - for standard input; flask rules describe"
    )
    refused(asked(app, *line[:-1]), missing)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["describe", "no_introduction.regim"], "did you mean no_introduction.regime?"),
        (["describe", "targetgroup"], "did you mean no_introduction.target_group?"),
        (
            ["evaluate", "nobody.nothing", "--facts", "-"],
            "there is no rule set nobody.nothing; flask rules list names them all",
        ),
        (["describe"], "Missing argument 'KEY'. Name a rule set; flask rules list names them all."),
        (["check"], "Missing option '--on'. Give a date such as 2026-01-31."),
        (["check", "--on", "3.8.2027"], f'{DATE}, got "3.8.2027"; did you mean 2027-08-03?'),
    ],
)
def test_a_command_that_lacks_something_or_names_it_wrong_says_what_is_right(
    app: Flask, arguments: list[str], told: str
) -> None:
    refused(asked(app, *arguments), told)


def test_lines_without_a_question_are_refused(app: Flask) -> None:
    result = asked(app, "evaluate", REGIME, "--facts", "-", "--lines", given="\n\n")
    refused(result, "standard input is empty: expected a question on each line, an object such as")


def test_a_file_from_another_editor_is_read(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(GIVEN), encoding="utf-8-sig")
    assert (
        json.loads(asked(app, "evaluate", REGIME, "--facts", str(file), *IN_2026).stdout)["status"] == "met"
    )


def test_a_rule_set_is_described_in_words(app: Flask) -> None:
    told = asked(app, "describe", REGIME, "--language", "nb").output
    assert "permitDecisionDate (date): Datoen tillatelsen ble gitt." in told
    assert "NO-REG-02 [H; 2026-07-01–2028-07-01 by as_of]" in told
    assert "integration_act_from (day): 2021-01-01 from 2021-01-01" in told


def test_a_rule_set_is_described_for_programs(app: Flask) -> None:
    told = json.loads(asked(app, "describe", REGIME, "--json").output)
    assert told["value"]["choices"]["INTRO_ACT"] == "Introduction Act"
    facts = {one["name"]: one for one in told["facts"]}
    assert "birthDate" not in facts
    decided = facts["permitDecisionDate"]
    assert not decided["mayBeLeftOut"]
    assert {"ruleId": "NO-REG-01", "needed": True, "whenLeftOut": "the rule is unknown"} in decided["readBy"]
    assert date.fromisoformat(decided["example"]) > date(2000, 1, 1)
    assert facts["isS34"]["mayBeLeftOut"]


def test_a_fact_is_described_with_its_choices_its_readers_and_what_follows_without_it(app: Flask) -> None:
    told = asked(app, "describe", "no_introduction.absence").output
    told = told[told.index("\nFacts") : told.index("\nRules")]
    assert told.count("    example: ") == told.count("    needed by ") + told.count("    may be left out")
    told = asked(app, "describe", "no_introduction.duration").output
    assert "    left out: taken as 0 (NO-DUR-21, NO-DUR-22)\n" in told
    assert "      VGS_PLUS: at least upper secondary education\n" in told


def test_choices_inside_records_are_described(app: Flask) -> None:
    told = json.loads(asked(app, "describe", "no_introduction.benefit", "--json").output)
    fields = {
        f"{one['name']}.{field['name']}": field for one in told["facts"] for field in one.get("fields", ())
    }
    chosen = [name for name, field in fields.items() if "choices" in field]
    assert chosen
    lines = asked(app, "describe", "no_introduction.benefit").output
    for name in chosen:
        for key, title in fields[name]["choices"].items():
            assert f"        {key}: {title}\n" in lines


def test_the_example_of_every_rule_set_can_be_evaluated_as_it_is(app: Flask, tmp_path: Path) -> None:
    keys = [line.split()[0] for line in asked(app, "list").output.splitlines()]
    assert len(keys) > 20
    for key in keys:
        file = tmp_path / f"{key}.json"
        file.write_text(asked(app, "describe", key, "--example").output, encoding="utf-8")
        answered = asked(app, "evaluate", key, "--facts", str(file))
        assert json.loads(answered.stdout)["status"] != "unknown", key


def test_old_confirmations_are_named(app: Flask) -> None:
    assert asked(app, "check", "--on", "2027-08-02").output == ""
    assert (
        f"{REGIME} integration_act_from: confirmed on 2026-07-02"
        in asked(app, "check", "--on", "2027-08-03").output
    )


def test_what_asks_the_database_says_so_when_there_is_none(app: Flask) -> None:
    line = ["evaluate", REGIME, "--facts", "-", *IN_2026, "--as-set"]
    told = "this asks the database of Fotfeste, which does not answer"
    refused(asked(app, *line, given="{}"), told)
    refused(asked(app, "pending"), told)


def test_a_question_needs_neither_settings_nor_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    line = ["evaluate", "no_introduction.regime", "--facts", "-", "--as-of", "2026-11-27"]
    answered = CliRunner().invoke(rules, line, input='{"permitDecisionDate": "2026-06-10"}')
    assert (answered.exit_code, json.loads(answered.output)["value"]) == (0, "INTEGRATION_ACT")
