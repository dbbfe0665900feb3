"""The kit for authors of law: what cases do not reach, and whether they notice a wrong law."""

from importlib import import_module
from typing import Any

import pytest

from core.rules.cases import answer_to, cases_of, complaints_about
from core.rules.context import Context
from core.rules.findings import Outcome, met
from core.rules.yaml_lines import DeclarationError
from core.testing.law_cases import gaps_of
from core.testing.law_mutations import main, mutations_of, unnoticed
from plugins.no_introduction.law import duration, goal, regime

CASES = """
    as_of: 2026-11-27
    given: {appliedOn: 2026-05-01}
    cases:
      - id: below
        title: {nb: Under, en: Below}
        given: {hours: 37}
        expect: {value: true, status: met, rule_ids: [GRANT-01]}
      - id: day-before
        title: {nb: Dagen før, en: The day before}
        given: {hours: 37, appliedOn: 2026-04-30}
        expect: {findings: {GRANT-01: not_met}}
      - id: before-the-rule
        title: {nb: Før regelen, en: Before the rule}
        given: {hours: 37, appliedOn: 2023-12-31}
        expect: {status: not_applicable}
      - id: first-day
        title: {nb: Første dag, en: First day}
        given: {hours: 29.5, appliedOn: 2024-01-01}
        expect: {value: true}
      - id: nobody-knows
        title: {nb: Ingen vet, en: Nobody knows}
        expect: {status: unknown, missing: [hours]}
    """


@pytest.fixture
def with_cases(law: Any) -> Any:
    (law.folder / "cases" / "grant").mkdir(parents=True)
    law.write("cases/grant/all.yaml", CASES)
    return law


def told_of(rule_set: Any) -> list[str]:
    return [told for one in cases_of(rule_set) for told in complaints_about(one, answer_to(one, rule_set))]


def test_cases_that_reach_everything_have_no_gaps(with_cases: Any) -> None:
    assert gaps_of(with_cases.load()) == []
    assert told_of(with_cases.load()) == []


def met_whatever(ctx: Context) -> Outcome:
    return met(bool(ctx.rule("GRANT-01").value))


APART = """
conclusion:
  apart:
    - rules: [GRANT-01]
      reason: {nb: Uansett., en: Whatever.}
"""


def test_an_answer_that_is_met_while_a_rule_is_not_gives_its_reason(with_cases: Any) -> None:
    assert [one for one in gaps_of(with_cases.load(conclusion=met_whatever)) if "say why" in one] == [
        "day-before: the answer is met and GRANT-01 is not: say why below conclusion.apart"
    ]
    with_cases.add("grant.yaml", APART)
    assert not [one for one in gaps_of(with_cases.load(conclusion=met_whatever)) if "apart" in one]


def test_a_reason_that_no_case_needs_is_told(with_cases: Any) -> None:
    with_cases.add("grant.yaml", APART)
    assert gaps_of(with_cases.load()) == [
        "GRANT-01 stands apart, and no case has it not met or unknown while the answer is met"
    ]


def test_only_a_rule_of_the_set_stands_apart(with_cases: Any) -> None:
    with_cases.add("grant.yaml", APART.replace("GRANT-01", "GRANT-02"))
    with pytest.raises(DeclarationError, match="GRANT-02 stands apart and is no rule of the set"):
        with_cases.load()


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        (
            "appliedOn: 2026-04-30",
            "appliedOn: 2026-04-29",
            "the parameter limit on 2026-04-30, at the boundary",
        ),
        ("appliedOn: 2023-12-31", "appliedOn: 2023-12-30", "GRANT-01 by applied_on on 2023-12-31"),
        (
            "Nobody knows}",
            "Nobody knows}\n    given: {hours: 1}",
            "no case has GRANT-01 unknown, for want of a fact",
        ),
        ("id: first-day", "id: below", "several cases have the id below"),
    ],
)
def test_a_gap_is_told(with_cases: Any, old: str, new: str, gap: str) -> None:
    with_cases.change("cases/grant/all.yaml", old, new)
    assert [one for one in gaps_of(with_cases.load()) if gap in one]


def test_a_wrong_answer_names_the_case_and_its_line(with_cases: Any) -> None:
    with_cases.change("cases/grant/all.yaml", "status: met, rule", "status: not_met, rule")
    assert told_of(with_cases.load()) == [
        "cases/grant/all.yaml:5 below: expected the status not_met, got met",
    ]


def test_a_case_with_a_wrong_fact_is_not_read(with_cases: Any) -> None:
    with_cases.change("cases/grant/all.yaml", "hours: 29.5", "hour: 29.5")
    with pytest.raises(DeclarationError, match=r"hour: there is no such fact; did you mean hours\?"):
        cases_of(with_cases.load())


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("{}", "a case expects something"),
        ("{findings: {GRANT-01: {statsu: met}}}", "GRANT-01: statsu is none of status, value"),
        ("{findings: {GRANT-02: met}}", "GRANT-02 is not a rule of the set"),
        ("{message: hello}", "message: must be one of "),
        ("{status: perhaps}", "must be one of met, not_applicable, not_met, unknown, not perhaps"),
    ],
)
def test_a_case_that_expects_nothing_sensible_is_not_read(with_cases: Any, expected: str, told: str) -> None:
    with_cases.change("cases/grant/all.yaml", "expect: {status: not_applicable}", f"expect: {expected}")
    with pytest.raises(DeclarationError, match=told):
        cases_of(with_cases.load())


def test_a_wrong_value_or_date_is_noticed_as_far_as_the_cases_go(with_cases: Any) -> None:
    rule_sets = {"grant": with_cases.load()}
    data = [one for one in mutations_of(rule_sets) if one.what.startswith("grant:")]
    left = {one.what for one in unnoticed(rule_sets, data)}
    assert left == {
        "grant: limit from 2024-01-01: 30 → 31",
        "grant: limit from 2026-05-01: 75/2 → 38",
    }


def test_a_comparison_turned_round_is_noticed() -> None:
    rule_sets = {"regime": regime.RULE_SET}
    comparisons = [one for one in mutations_of(rule_sets) if one.what.startswith("regime.py")]
    assert len(comparisons) == 9
    assert list(unnoticed(rule_sets, comparisons)) == []
    assert regime.RULE_SET is rule_sets["regime"]


def test_a_comparison_in_a_module_of_helpers_is_noticed_at_once() -> None:
    rule_sets = {"duration": duration.RULE_SET}
    comparisons = [one for one in mutations_of(rule_sets) if one.what.startswith("duration_limits.py")]
    assert list(unnoticed(rule_sets, comparisons[:1])) == []
    assert import_module("plugins.no_introduction.law.duration").RULE_SET is duration.RULE_SET


def test_a_list_without_one_of_its_parts_is_noticed() -> None:
    rule_sets = {"goal": goal.RULE_SET}
    lists = [one for one in mutations_of(rule_sets) if one.what.startswith("goal: goals_of_young")]
    assert len(lists) > len(goal.RULE_SET.own_parameters["goals_of_young"].values)
    assert list(unnoticed(rule_sets, lists)) == []


def test_the_tool_tells_how_many_were_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["no_introduction", "--sample", "2", "--seed", "3"])
    assert "of 2 mutations noticed" in capsys.readouterr().out
