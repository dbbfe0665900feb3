"""What holds for every length, limit and goal, whatever the facts."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.evaluate import evaluate
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from plugins.no_introduction.law import deadlines, duration, goal

ASKED = date(2026, 11, 27)
LEVELS = st.sampled_from(["NO_PRIMARY", "PRIMARY", "VGS_PLUS"])
GOALS = st.sampled_from(["WORK", "VGS_FULL", "VGS_PART", "VOCATIONAL_CERT"])
PERMITS = st.sampled_from(["S28", "S34"])
OFFERS = st.dates(date(2021, 1, 1), date(2028, 12, 31))
MONTHS = st.integers(0, 72)
programmes = st.fixed_dictionaries(
    {
        "permitType": PERMITS,
        "permitDecisionDate": st.just("2021-01-01"),
        "eduLevel": LEVELS,
        "goal": GOALS,
        "offerDate": OFFERS.map(date.isoformat),
        "programmeStart": OFFERS.map(date.isoformat),
    }
)


def answer(rule_set: RuleSet, facts: dict[str, Any], **more: Any) -> Result:
    return evaluate(rule_set, rule_set.facts_from_json({**facts, **more}, "drawn"), ASKED, strict=True)


@given(programmes, MONTHS, st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_a_day_of_valid_absence_never_shortens_a_programme(facts: Any, months: int, days: int) -> None:
    before, after = (
        answer(duration.RULE_SET, facts, setMonths=months, addedDays=added) for added in (days, days + 1)
    )
    assert after.value["last_day"] > before.value["last_day"]


@given(programmes, MONTHS)
@settings(max_examples=60, deadline=None)
def test_an_extension_never_exceeds_its_cap(facts: Any, extension: int) -> None:
    limits = answer(duration.RULE_SET, facts).value
    value = answer(duration.RULE_SET, facts, setMonths=limits["max"], extMonths=extension).value
    assert value["cap"] == value["max"] + value["ext"]
    assert value["base_last_day"] <= value["last_day"] <= value["max_last_day"]


@given(programmes, MONTHS, MONTHS)
@settings(max_examples=60, deadline=None)
def test_more_months_never_end_a_programme_earlier(facts: Any, months: int, more: int) -> None:
    shorter = answer(duration.RULE_SET, facts, setMonths=months).value
    longer = answer(duration.RULE_SET, facts, setMonths=months + more).value
    assert shorter["last_day"] <= longer["last_day"]


@given(st.dates(date(2021, 1, 1), date(2035, 12, 31)), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_who_settles_later_has_no_earlier_limit(settled: date, days: int) -> None:
    later = date.fromordinal(settled.toordinal() + days)
    first, second = (
        answer(deadlines.RULE_SET, {"settledByAgreement": True, "settledDate": day.isoformat()}).value
        for day in (settled, later)
    )
    assert first["deadline"] <= second["deadline"]
    assert settled < first["reminders"][0] <= first["warn_from"] < first["deadline"]
    assert list(first["reminders"]) == sorted(first["reminders"])


@given(programmes, st.dates(date(1940, 1, 1), date(2008, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_there_is_always_a_goal_that_is_allowed_and_has_a_length(facts: Any, born: date) -> None:
    asked = {
        key: one for key, one in facts.items() if key in {"permitType", "permitDecisionDate", "eduLevel"}
    }
    wishes = {"wantsUpperSecondary": True, "canCompleteUpperSecondary": True}
    asked = {**asked, **wishes, "birthDate": born.isoformat(), "decisionDate": facts["offerDate"]}
    allowed = answer(goal.RULE_SET, asked).value
    assert allowed
    for one in allowed:
        found = answer(duration.RULE_SET, {**facts, "goal": one})
        assert found.status == "met" or found.missing == ("ukrainian_upper_secondary",)
