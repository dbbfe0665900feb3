"""Pending law is off until whoever runs the product gives it its day, for all organisations."""

import json
from typing import Any

from flask import Flask

from core.law import pending
from core.law.commands import rules

AGE60 = "no_introduction.AGE60_IN_FORCE"
OLDER = {
    "permitType": "S28",
    "permitDecisionDate": "2027-02-01",
    "birthDate": "1968-05-04",
    "jobHoursPerWeek": 0,
}
SETTLED = {"settledByAgreement": True, "residenceStart": "2027-02-10"}


def run(app: Flask, *arguments: str, given: Any = None) -> Any:
    return app.test_cli_runner().invoke(rules, arguments, input=given)


def value(app: Flask, *options: str) -> Any:
    line = ["evaluate", "no_introduction.target_group", "--facts", "-", "--as-of", "2027-03-01", *options]
    return json.loads(run(app, *line, given=json.dumps({**OLDER, **SETTLED})).output)["value"]


def test_pending_law_is_shown_dated_used_and_taken_back(app: Flask) -> None:
    assert f"{AGE60:40} off: The upper age" in run(app, "pending").output
    assert value(app, "--as-set") == "DISCRETIONARY"

    told = run(app, "switch", AGE60, "--from", "2027-01-01", "--reference", "res. 4. desember 2026 nr. 1")
    assert told.output == f"{AGE60} is in force from 2027-01-01\n"
    assert f"{AGE60:40} in force from 2027-01-01 (res. 4. desember 2026 nr. 1)" in run(app, "pending").output
    assert (value(app), value(app, "--as-set")) == ("DISCRETIONARY", "RIGHT_AND_DUTY")

    run(app, "switch", AGE60, "--from", "2027-02-15", "--reference", "res. 5. desember 2026 nr. 2")
    assert value(app, "--as-set") is None, "permits from before the day are for a caseworker"
    assert pending.days_of("no_introduc") == {}

    assert run(app, "switch", AGE60, "--off").output == f"{AGE60} is off\n"
    assert value(app, "--as-set") == "DISCRETIONARY"


def test_a_switch_needs_a_day_and_the_decision_behind_it(app: Flask) -> None:
    for wrong in ([], ["--off", "--from", "2027-01-01", "--reference", "res."]):
        result = run(app, "switch", AGE60, *wrong)
        assert "give either --from, the first day such as 2026-01-31, or --off" in result.output
    result = run(app, "switch", AGE60, "--from", "2027-01-01")
    assert "--reference is missing: name the decision that puts the law in force" in result.output
    result = run(app, "switch", AGE60, "--from", "1.2.2027", "--reference", "res.")
    assert 'expected a date such as 2026-01-31, got "1.2.2027"; did you mean 2027-02-01?' in result.output
    result = run(app, "switch", "AGE60_IN_FORCE", "--off")
    assert f"there is no switch AGE60_IN_FORCE; did you mean {AGE60}?" in result.output
    assert result.exit_code == 2
    told = run(app, "switch", "nobody.NOTHING", "--off").output
    assert (
        f"there is no switch nobody.NOTHING; there are: {AGE60}, no_introduction.DECLARATION_IN_FORCE" in told
    )
