"""The average of work-oriented hours, for whatever hours and days off there are."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.evaluate import evaluate
from core.rules.facts import Given
from plugins.no_introduction.law.work_hours import RULE_SET

REQUIRED, TODAY = date(2026, 8, 3), date(2026, 8, 30)
MATTER = {
    "permit_type": "S28",
    "permit_decision_date": date(2024, 3, 1),
    "goal": "WORK",
    "edu_level": "VGS_PLUS",
    "programme_start": date(2026, 5, 3),
}
DAYS = st.integers(-20, 40).map(lambda number: REQUIRED + timedelta(days=number))
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: {"first_day": min(pair), "last_day": max(pair)})
ROWS = st.builds(
    lambda span, hours: {**span, "hours": hours, "kind": "WORKPLACE_PRACTICE"},
    SPANS,
    st.fractions(0, 60, max_denominator=4),
)
ROW_LISTS = st.lists(ROWS, max_size=4)
SOME_DAYS_OFF = st.lists(SPANS, max_size=2)


def average(done: list[Any], off: list[Any]) -> Fraction | None:
    """The average until today; None when there are no days of programme."""
    facts = {
        key: Given(value, "drawn") for key, value in {**MATTER, "work_done": done, "days_off": off}.items()
    }
    found: Fraction | None = evaluate(RULE_SET, facts, TODAY, strict=True).findings["NO-WRK-04"].value
    return found


@given(ROW_LISTS, ROWS, SOME_DAYS_OFF)
@settings(max_examples=60, deadline=None)
def test_more_hours_never_lower_the_average(done: list[Any], more: Any, off: list[Any]) -> None:
    before, after = average(done, off), average([*done, more], off)
    assert before is after is None or (before is not None and after is not None and before <= after)


@given(ROW_LISTS, SOME_DAYS_OFF, SPANS)
@settings(max_examples=60, deadline=None)
def test_a_holiday_never_lowers_the_average(done: list[Any], off: list[Any], holiday: Any) -> None:
    before, after = average(done, off), average(done, [*off, holiday])
    assert after is None or (before is not None and before <= after)


@given(ROW_LISTS, SOME_DAYS_OFF)
@settings(max_examples=60, deadline=None)
def test_the_order_of_periods_does_not_matter(done: list[Any], off: list[Any]) -> None:
    assert average(done, off) == average(done[::-1], off[::-1])
