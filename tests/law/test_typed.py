"""What is typed in an address is read by the type of its fact, and what cannot be read is named."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from core.law.asking_for_tenant import Terms
from core.law.decided import Practice
from core.law.explorer.asked import Asked, answer_to, as_json, read_question
from core.law.explorer.typed import Typed
from core.rules.question import Question, question_from_json
from tests.law.lab import RULE_SET

TODAY = date(2026, 11, 27)
TERMS = Terms({}, Practice({}))


def asked(**given: str) -> Asked:
    return read_question(RULE_SET, given, TODAY, TERMS)


def facts(**given: str) -> dict[str, Any]:
    question = asked(**given)
    assert not question.typed.errors
    return {key: one.value for key, one in question.first.facts.items()}


@pytest.mark.parametrize(
    ("given", "fact", "value"),
    [
        ({"hours": "29,5"}, "hours", Fraction(59, 2)),
        ({"hours": "2/3"}, "hours", Fraction(2, 3)),
        ({"paid": "12 345.50"}, "paid", Fraction(24691, 2)),
        ({"count": " 12 "}, "count", 12),
        ({"sick": "yes"}, "sick", True),
        ({"sick": "no"}, "sick", False),
        ({"words": "one, two,"}, "words", ("one", "two")),
        ({"note": "later"}, "note", "later"),
        ({"began": "2026-01-31"}, "began", date(2026, 1, 31)),
        ({"home.rooms": "3"}, "home", {"rooms": 3}),
        ({"absences": "known"}, "absences", ()),
    ],
)
def test_every_type_is_read(app: Flask, given: dict[str, str], fact: str, value: Any) -> None:
    assert facts(**given) == {fact: value}


def test_what_is_empty_is_unknown_and_not_false(app: Flask) -> None:
    assert facts(sick="", hours=" ", **{"absences.0.days": ""}) == {}


def test_rows_that_are_filled_count_wherever_they_stand(app: Flask) -> None:
    rows = {"absences.0.firstDay": "2026-02-01", "absences.3.firstDay": "2026-03-01", "absences.3.days": "2"}
    assert facts(**rows)["absences"] == (
        {"first_day": date(2026, 2, 1), "days": None},
        {"first_day": date(2026, 3, 1), "days": 2},
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hours", "many"),
        ("hours", "1/0"),
        ("count", "2.5"),
        ("sick", "perhaps"),
        ("began", "31.01.2026"),
        ("began", "0001-01-01"),
        ("as-of", "today"),
        ("note", "x" * 501),
        ("setting.MODE", "NONE"),
        ("absences.0.firstDay", "soon"),
    ],
)
def test_what_cannot_be_read_is_named_and_kept(app: Flask, name: str, text: str) -> None:
    question = asked(**{name: text, "count": "2.5" if name == "count" else "3"})
    assert list(question.typed.errors) == [name]
    assert question.typed.taken[name] == text


def test_a_row_without_what_it_needs_is_named_at_the_empty_field(app: Flask) -> None:
    question = asked(**{"absences.0.days": "2"})
    assert list(question.typed.errors) == ["absences.0.firstDay"]


def test_what_the_rules_do_not_know_is_told(app: Flask) -> None:
    given = {"hours": "3", "colour": "red", "shape": ""}
    assert read_question(RULE_SET, given, TODAY, TERMS).unknown_names(given) == ["colour"]


def test_the_second_case_is_the_first_with_what_differs(app: Flask) -> None:
    question = asked(
        **{"two-scenarios": "on", "hours": "3", "sick": "yes", "second.hours": "4", "second.sick": "unknown-"}
    )
    assert question.second is not None
    assert {key: one.value for key, one in question.second.facts.items()} == {"hours": 4}
    assert "second" not in question.alone()


def test_the_question_as_json_is_read_by_the_command_as_the_same_question(app: Flask) -> None:
    question = asked(
        **{
            "hours": "2/3",
            "sick": "yes",
            "began": "2025-03-01",
            "absences.0.firstDay": "2026-02-01",
            "home.rooms": "2",
            "setting.MODE": "SOME",
            "known-on": "2026-01-01",
        }
    )
    read = question_from_json(RULE_SET, as_json(question.first), "explorer", Question())
    assert answer_to(RULE_SET, read) == answer_to(RULE_SET, question.first)


@given(st.dictionaries(st.sampled_from(["hours", "count", "began", "sick", "absences.0.days"]), st.text()))
def test_nothing_that_is_typed_breaks_the_reading(given: dict[str, str]) -> None:
    typed = Typed(given)
    for key, one in RULE_SET.law.facts.items():
        value = typed.value(one.json_key, one.type)
        assert value is None or one.type.parse(value) is not None, key
