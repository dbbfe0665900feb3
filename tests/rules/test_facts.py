"""Facts from JSON: each wrong one is named, with what was expected and what was given."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.rules.facts import WrongFactsError


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "appliedOn",
            "1.6.2026",
            'appliedOn: expected a date such as 2026-01-31, got "1.6.2026"; did you mean 2026-06-01?',
        ),
        (
            "appliedOn",
            20260601,
            "appliedOn: expected a date such as 2026-01-31, got 20260601; did you mean 2026-06-01?",
        ),
        (
            "appliedOn",
            "2025-02-30",
            'appliedOn: expected a day that exists, such as 2026-01-31, got "2025-02-30"',
        ),
        ("hours", "many", 'hours: expected a number (hours per week) such as 29.5, got "many"'),
        ("hours", True, "hours: expected a number (hours per week) such as 29.5, got true"),
        ("hours", "1/0", 'hours: expected a number (hours per week) such as 29.5, got "1/0"'),
        (
            "hours",
            "37,5",
            'hours: expected a number (hours per week) such as 29.5, got "37,5"; did you mean 37.5?',
        ),
        (
            "hours",
            "1e999999999",
            'hours: expected a number (hours per week) such as 29.5, got "1e999999999"',
        ),
        ("stays", {"days": 1}, 'stays: expected a list of objects such as [{}], got {"days": 1}'),
        (
            "stays",
            [{"days": 1}, {"days": "2"}],
            'stays[1].days: expected a whole number such as 12, got "2"; did you mean 2?',
        ),
        ("stays", [{"days": 1}, 2], "stays[1]: expected an object with fields, got 2"),
        ("stays", [{"place": "A"}], "stays[0].days is missing: expected a whole number such as 12"),
        (
            "stays",
            [{"days": 1, "name": "A"}],
            "stays[0].name: there is no such field; there are: days, place",
        ),
        (
            "stays",
            [{"days": 1, "plase": "A"}],
            "stays[0].plase: there is no such field; did you mean place?",
        ),
        ("hour", 1, "hour: there is no such fact; did you mean hours?"),
        ("applied_on", 1, "applied_on: there is no such fact; did you mean appliedOn?"),
        ("wage", 1, "wage: there is no such fact; there are: appliedOn, hours, stays"),
        (
            "hours",
            {"value": 1, "form": "x"},
            "hours.form: there is no such field beside a value; there are: value, source, date",
        ),
        (
            "hours",
            {"value": 1, "date": "yesterday"},
            'hours.date: expected a date such as 2026-01-31, got "yesterday"',
        ),
    ],
)
def test_a_wrong_fact_is_named(law: Any, name: str, value: Any, told: str) -> None:
    with pytest.raises(WrongFactsError) as caught:
        law.load().facts_from_json({name: value}, "test")
    assert caught.value.problems == (told,)


def test_every_wrong_fact_is_named_at_once(law: Any) -> None:
    with pytest.raises(WrongFactsError) as caught:
        law.load().facts_from_json({"hours": "x", "appliedOn": "y"}, "test")
    assert len(caught.value.problems) == 2


def test_a_number_loses_nothing(law: Any) -> None:
    read = law.load().facts_from_json
    assert read({"hours": 0.1}, "test")["hours"].value == Fraction(1, 10)
    assert read({"hours": "2/3"}, "test")["hours"].value == Fraction(2, 3)


def test_a_fact_says_where_it_comes_from_and_when(law: Any) -> None:
    told = {"hours": {"value": 20, "source": "form:intake", "date": "2026-02-01"}, "appliedOn": "2026-01-31"}
    facts = law.load().facts_from_json(told, "file:person.json", date(2026, 3, 1))
    assert (facts["hours"].source, facts["hours"].on) == ("form:intake", date(2026, 2, 1))
    assert (facts["applied_on"].source, facts["applied_on"].on) == ("file:person.json", date(2026, 3, 1))


def test_null_is_the_same_as_left_out(law: Any) -> None:
    assert law.load().facts_from_json({"hours": None, "appliedOn": {"value": None}}, "test") == {}


def test_a_field_of_a_record_may_be_left_out(law: Any) -> None:
    facts = law.load().facts_from_json({"stays": [{"days": 3}]}, "test")
    assert facts["stays"].value == ({"days": 3, "place": None},)
