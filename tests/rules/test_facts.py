"""Facts from JSON: each wrong one is named, with what was expected and what was given."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.rules.facts import WrongFactsError


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("appliedOn", "1.6.2026", "appliedOn: expected a date such as 2026-01-31, got '1.6.2026'"),
        ("appliedOn", 20260601, "appliedOn: expected a date such as 2026-01-31, got 20260601"),
        ("hours", "many", "hours: expected a number, got 'many'"),
        ("hours", True, "hours: expected a number, got True"),
        ("hours", "1/0", "hours: expected a number, got '1/0'"),
        ("stays", {"days": 1}, "stays: expected a list, got {'days': 1}"),
        ("stays", [{"days": 1}, {"days": "2"}], "stays[1].days: expected a whole number, got '2'"),
        ("stays", [{"place": "A"}], "stays[0].days: expected a whole number, got None"),
        (
            "stays",
            [{"days": 1, "name": "A"}],
            "stays[0].name: expected only the fields days, place, got 'name'",
        ),
        ("hour", 1, "hour: expected a fact that the rule set knows, got 'hour'"),
        ("hours", {"value": 1, "form": "x"}, "hours: expected only value, source and date, got 'form'"),
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
