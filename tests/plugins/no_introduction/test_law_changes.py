"""The law changes by its files alone, without code: tried on a copy of the law of the programme."""

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from core.rules.cases import answer_to, cases_of, complaints_about
from core.rules.evaluate import evaluate
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.stored import StoredAnswer, read_stored, stored
from core.rules.trail import plain
from plugins.no_introduction import law
from plugins.no_introduction.law.benefit import RULE_SET as BEFORE

COPY = "law_of_2027"
NEW_AMOUNT = """
      - value: 140000
        valid_from: 2027-05-01
        known_from: 2027-05-21
        reference: forskrift 21. mai 2027 nr. 1 (tenkt)
        confidence: H
        confirmed_on: 2027-05-21
"""
NEW_AGE = """
      - value: 24
        valid_from: 2027-07-01
        reference: lov 1. juni 2027 nr. 2 (tenkt)
        confidence: H
        confirmed_on: 2027-06-10
"""
NEW_VERSION = """
  - id: NO-BEN-04
    version: "2027"
    title: {nb: Under 24 år, en: Under 24}
    statement: {nb: Den som er under 24 år får mindre., en: Whoever is under 24 gets less.}
    reference: integreringsloven § 20 tredje ledd (tenkt)
    valid_from: 2027-07-01
    confidence: H
    messages:
      met: {nb: "Under 24 år fram til {turns}.", en: "Under 24 until {turns}."}
      not_met: {nb: "24 år fra {turns}.", en: "24 from {turns}."}
"""
GIVEN = {
    "birthDate": "2003-09-01",
    "livesWithParent": False,
    "permitDecisionDate": "2025-06-10",
    "programmeStart": "2026-09-01",
    "partnerAlsoParticipant": False,
}


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RuleSet]:
    """The rules about the benefit, with a new basic amount and a new age from 2027."""
    folder = copy_of_the_law(tmp_path_factory.mktemp("law"))
    values, rules = folder / "parameters" / "benefit.yaml", folder / "benefit.yaml"
    change(values, "\n  grunnbelop:", "values:\n", "values:" + NEW_AMOUNT)
    change(values, "\n  benefit_full_age:", "values:\n", "values:" + NEW_AGE)
    change(rules, "\n  - id: NO-BEN-04", "2021-01-01\n", "2021-01-01\n    valid_until: 2027-07-01\n")
    change(rules, "rules:", "\n  - id: NO-BEN-05\n", NEW_VERSION + "  - id: NO-BEN-05\n")
    sys.path.insert(0, str(folder.parent))
    try:
        yield import_module(f"{COPY}.benefit").RULE_SET
    finally:
        sys.path.remove(str(folder.parent))
        for name in [one for one in sys.modules if one.split(".")[0] == COPY]:
            del sys.modules[name]


def copy_of_the_law(into: Path) -> Path:
    folder = Path(shutil.copytree(law.FOLDER, into / COPY, ignore=shutil.ignore_patterns("__pycache__")))
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("plugins.no_introduction.law", COPY), encoding="utf-8")
    return folder


def change(file: Path, after: str, old: str, new: str) -> None:
    """Change the first ``old`` that follows ``after``."""
    before, mark, rest = file.read_text(encoding="utf-8").partition(after)
    assert old in rest
    file.write_text(before + mark + rest.replace(old, new, 1), encoding="utf-8")


def asked(rule_set: RuleSet, day: date, **options: Any) -> Result:
    return evaluate(rule_set, rule_set.facts_from_json(GIVEN, "test"), day, strict=True, **options)


def kept(rule_set: RuleSet, result: Result) -> StoredAnswer:
    """The answer as a decision has it years later."""
    return read_stored(json.loads(json.dumps(stored(rule_set, result, "no_introduction.benefit"))))


def read_back(answer: Result | StoredAnswer) -> list[Any]:
    return [(one.kind, one.name, plain(one.value), one.on, one.reference) for one in answer.trail]


def age_rule(answer: StoredAnswer) -> Any:
    return next(one for one in answer.findings if one.rule_id == "NO-BEN-04")


def test_the_new_amount_and_the_new_age_count_from_their_days(after: RuleSet) -> None:
    paid = [asked(after, date(2027, month, 28)).to_json()["value"]["payable"] for month in (4, 5, 6, 7)]
    assert paid == [15172.11, 15555.56, 15555.56, 15555.56]
    assert (
        asked(after, date(2027, 5, 28), known_on=date(2027, 5, 20)).to_json()["value"]["payable"] == 15172.11
    )
    assert asked(BEFORE, date(2027, 9, 28)).to_json()["value"]["payable"] == 15172.11
    assert asked(after, date(2027, 9, 28)).to_json()["value"]["payable"] == 23333.33


def test_the_new_version_of_the_rule_answers_from_its_day(after: RuleSet) -> None:
    june, july = (age_rule(kept(after, asked(after, date(2027, month, 28)))) for month in (6, 7))
    assert june.message.en == "The benefit is lower because the person is under 25 until 1 September 2028."
    assert (june.valid_from, june.valid_until) == (date(2021, 1, 1), date(2027, 7, 1))
    assert july.message.en == "Under 24 until 1 September 2027."
    assert (july.valid_from, july.valid_until) == (date(2027, 7, 1), None)


def test_an_old_decision_shows_its_old_trail_after_the_change(after: RuleSet) -> None:
    old = kept(BEFORE, asked(BEFORE, date(2027, 9, 28)))
    assert read_back(old) == read_back(asked(BEFORE, date(2027, 9, 28)))
    assert read_back(old) != read_back(asked(after, date(2027, 9, 28)))
    assert {one.value for one in old.trail if one.name == "grunnbelop"} == {136549}
    assert age_rule(old).message.en.endswith("under 25 until 1 September 2028.")


def test_no_case_from_before_the_change_is_answered_otherwise(after: RuleSet) -> None:
    cases = [one for one in cases_of(BEFORE) if one.as_of < date(2027, 5, 1)]
    told = [told for one in cases for told in complaints_about(one, answer_to(one, after))]
    assert len(cases) > 50
    assert told == []
