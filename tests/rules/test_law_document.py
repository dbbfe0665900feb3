"""The page about a law: what it shows of a rule, its values and its cases."""

from typing import Any

import pytest

from core.rules.document import document
from core.rules.yaml_lines import DeclarationError
from tests.rules.test_law_kit import CASES

LEFT_OUT = """
    not_functions:
      - id: GRANT-09
        title: {nb: Hvem som svarer, en: Who answers}
        reason: It is organised locally | by each.
    """


@pytest.fixture
def with_cases(law: Any) -> Any:
    (law.folder / "cases" / "grant").mkdir(parents=True)
    law.write("cases/grant/all.yaml", CASES)
    return law


def page_of(law: Any) -> str:
    return document("Grants", {"grants.grant": law.load()})


def test_a_rule_is_shown_with_its_validity_its_basis_and_the_cases_that_name_it(with_cases: Any) -> None:
    page = page_of(with_cases)
    assert "### GRANT-01 " in page
    assert "- from 2024-01-01 by `appliedOn`; § 1; confidence H" in page
    assert "Cases: below, day-before" in page
    assert "More cases of the set, which name no rule: 3" in page


def test_a_value_is_shown_for_each_date(with_cases: Any) -> None:
    rows = [
        line for line in page_of(with_cases).splitlines() if "2026-05-01 |" in line or "2024-01-01 |" in line
    ]
    assert [row.split(" | ")[2] for row in rows] == ["30", "37.5"]


def test_what_is_no_function_is_listed_with_its_reason(with_cases: Any) -> None:
    with_cases.write("not_functions.yaml", LEFT_OUT)
    assert "| GRANT-09 | Who answers · *Hvem som svarer* | It is organised locally \\| by each. |" in page_of(
        with_cases
    )


def test_a_rule_is_not_both_declared_and_left_out(with_cases: Any) -> None:
    with_cases.write("not_functions.yaml", LEFT_OUT.replace("GRANT-09", "GRANT-01"))
    with pytest.raises(DeclarationError, match="GRANT-01 is declared already"):
        page_of(with_cases)
