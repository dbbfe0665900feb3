"""Files of a law: what is missing or misspelt is an error that names file, line and field."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.parameters import DatedValue, Parameter, old_confirmations
from core.rules.texts import Text
from core.rules.value_types import ValueType
from core.rules.yaml_lines import DeclarationError

PLAIN = Text("verdi", "value")
MODE = """type: choice
    choices: {ALL: {nb: alle, en: all}, SOME: {nb: noen, en: some}}
    default: ALL"""
NUMBER = """type: integer
    default: 1
    at_least: 1
    at_most: limit"""


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("parameters/grant.yaml", "reference: § 1, ", "", r"values\[0\].reference: is missing"),
        ("parameters/grant.yaml", "    unit: hours per week\n", "", r"parameters.limit.unit: is missing"),
        (
            "parameters/grant.yaml",
            "value: 30",
            "value: many",
            r"values\[0\].value: expected a number \(hours per week\) such as 29.5, got \"many\"",
        ),
        (
            "parameters/grant.yaml",
            "confidence: H",
            "confidence: X",
            r"confidence: must be one of H, L, M, not X",
        ),
        ("parameters/grant.yaml", "valid_from: 2024-01-01", "valid_from: 1.1.2024", "must be a date such as"),
        (
            "grant.yaml",
            "title: {nb: Timer, en: Hours}",
            "title: {nb: Timer}",
            r"rules\[0\].title.en: is missing",
        ),
        ("grant.yaml", "reference: § 1", "referense: § 1", r"rules\[0\].reference: is missing"),
        (
            "grant.yaml",
            "confidence: H",
            "confidence: H\n    sevirity: warning",
            "sevirity: is not a field here",
        ),
        ("grant.yaml", "id: GRANT-01", "id: GRANT-02", "no function is marked with GRANT-02"),
        (
            "grant.yaml",
            "flags: [DOUBT]",
            "flags: [DOUBTS]",
            "the flag DOUBTS, which the file does not explain",
        ),
        ("grant.yaml", "selected_by: applied_on", "selected_by: applied", "neither fact nor rule"),
        ("grant.yaml", '"{hours} er', '"{hours er', "braces do not match"),
        ("grant.yaml", "default: ALL", "default: NONE", 'expected one of ALL, SOME, got "NONE"'),
        (
            "grant.yaml",
            "default: ALL",
            "default: ALL\n    at_least: 1",
            "belongs to a setting that is a number",
        ),
        ("grant.yaml", MODE, "type: text", "of a setting must be one of boolean, choice"),
        ("grant.yaml", MODE, NUMBER.replace("limit", "most"), "bounded by most, which is no parameter"),
        ("grant.yaml", MODE, NUMBER.replace("limit", "1.5"), "must be a whole number or the key of"),
    ],
)
def test_an_error_says_what_to_mend(law: Any, file: str, old: str, new: str, told: str) -> None:
    law.change(file, old, new)
    with pytest.raises(DeclarationError, match=told) as caught:
        law.load()
    assert caught.value.file.endswith(file)
    assert caught.value.line > 1


def test_a_setting_is_bounded_by_what_the_law_says_on_the_day(law: Any) -> None:
    law.change("grant.yaml", MODE, NUMBER)
    rule_set = law.load()
    setting, parameters = rule_set.law.settings["MODE"], rule_set.law.parameters
    assert setting.bounds(parameters, date(2026, 4, 30)) == (1, 30)
    assert setting.bounds(parameters, date(2026, 5, 1)) == (1, Fraction(75, 2))
    assert setting.bounds(parameters, date(2023, 12, 31)) == (1, None)


def test_two_versions_of_a_rule_are_never_in_force_on_one_day(law: Any) -> None:
    text = (law.folder / "grant.yaml").read_text(encoding="utf-8")
    law.write("grant.yaml", text + text[text.index("  - id: GRANT-01") :])
    with pytest.raises(DeclarationError, match="two versions of GRANT-01 are in force on one day"):
        law.load()


def test_a_key_is_declared_once(law: Any) -> None:
    law.write("facts.yaml", "facts: {hours: {type: integer, title: {nb: t, en: h}, meaning: {nb: t, en: h}}}")
    with pytest.raises(DeclarationError, match="declares again what a shared file or a used set has: hours"):
        law.load()


def dated(day: date, known: date | None = None, confirmed: date = date(2026, 1, 1)) -> DatedValue:
    return DatedValue(day.isoformat(), day, "§", "H", confirmed, known or day)


@given(st.lists(st.dates(), unique=True, max_size=8), st.dates())
def test_a_day_has_the_newest_value_that_has_begun(starts: list[date], day: date) -> None:
    parameter = Parameter("p", PLAIN, ValueType("text"), tuple(dated(one) for one in sorted(starts)))
    begun = [one for one in starts if one <= day]
    found = parameter.on(day)
    assert (found and found.valid_from) == (max(begun) if begun else None)


def test_a_value_that_was_not_yet_public_leaves_the_older_one() -> None:
    old, new = dated(date(2025, 5, 1)), dated(date(2026, 5, 1), date(2026, 5, 22))
    parameter = Parameter("p", PLAIN, ValueType("money"), (old, new))
    assert parameter.on(date(2026, 5, 10)) == new
    assert parameter.on(date(2026, 5, 10), known_on=date(2026, 5, 21)) == old
    assert parameter.on(date(2026, 5, 10), known_on=date(2026, 5, 22)) == new


def test_a_confirmation_is_old_after_thirteen_months() -> None:
    parameter = Parameter(
        "p", PLAIN, ValueType("money"), (dated(date(2020, 1, 1), confirmed=date(2025, 10, 27)),)
    )
    assert list(old_confirmations({"p": parameter}, date(2026, 11, 27))) == []
    assert [key for key, _ in old_confirmations({"p": parameter}, date(2026, 11, 28))] == ["p"]


def test_a_value_that_no_longer_applies_needs_no_confirmation() -> None:
    values = (dated(date(2020, 1, 1), confirmed=date(2020, 1, 1)), dated(date(2026, 1, 1)))
    parameter = Parameter("p", PLAIN, ValueType("money"), values)
    assert list(old_confirmations({"p": parameter}, date(2026, 11, 27))) == []
