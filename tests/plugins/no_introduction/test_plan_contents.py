"""What the law wants in a plan or contract, by the day it is drawn up and by regime."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sdk import AgreementFacts
from plugins.no_introduction.plan_contents import findings
from plugins.no_introduction.required_contents import FIRST_DAY, contents, required

PLAN, CONTRACT = "no_introduction.integration_plan", "no_introduction.integration_contract"
FOUR_OF_SECTION_34 = {"final_goal", "duration", "elements", "complaint"}
BOUNDARIES = sorted(
    {day for one in contents() for window in one.windows for day in (window.begins, window.ends) if day}
)


def keys(document: str, regime: str, day: str) -> set[str]:
    return {one.content.key for one in required(document, regime, date.fromisoformat(day))}


def whole(document: str, regime: str, day: str) -> AgreementFacts:
    """A plan or contract that says everything."""
    mine = [one for one in contents() if one.document == document]
    values = {key: "noe" for one in mine for key in one.values} | {"drawn_up_on": day, "regime": regime}
    return AgreementFacts(
        type_key=PLAN if document == "plan" else CONTRACT,
        status="draft",
        language="nb",
        values=values,
        clauses=frozenset(one.clause for one in mine),
        starts_on=date(2026, 2, 2),
        ends_on=date(2027, 2, 1),
    )


def test_the_long_term_goal_moved_from_the_contract_to_the_plan_with_2026() -> None:
    assert "contract_long_term_goal" in keys("contract", "ordinary", "2025-12-31")
    assert "long_term_goal" not in keys("plan", "ordinary", "2025-12-31")
    assert "contract_long_term_goal" not in keys("contract", "ordinary", "2026-01-01")
    assert "long_term_goal" in keys("plan", "ordinary", "2026-01-01")


def test_the_reasons_speak_of_the_norwegian_goal_from_2026() -> None:
    assert "norwegian_reasons" not in keys("plan", "ordinary", "2025-12-31")
    assert {"work_reasons", "norwegian_reasons"} <= keys("plan", "ordinary", "2026-01-01")


def test_a_plan_under_section_34_had_four_contents_and_no_contract_until_2026() -> None:
    assert keys("plan", "section_34", "2025-12-31") == FOUR_OF_SECTION_34
    assert keys("contract", "section_34", "2025-12-31") == set()
    assert keys("plan", "section_34", "2022-06-14") == set()


def test_from_2026_section_34_asks_for_all_but_social_studies() -> None:
    ordinary, section_34 = (keys("plan", regime, "2026-01-01") for regime in ("ordinary", "section_34"))

    assert ordinary - section_34 == {"social_studies_extent", "guidance"}
    assert section_34 - ordinary == {"no_social_studies"}
    assert keys("contract", "section_34", "2026-01-01") == keys("contract", "ordinary", "2026-01-01")


def test_a_missing_content_names_itself_and_its_paragraph_in_every_language() -> None:
    facts = whole("plan", "ordinary", "2026-02-02")
    lacking = replace(
        facts, values={key: one for key, one in facts.values.items() if key != "long_term_goal"}
    )

    (found,) = [one for one in findings(lacking) if one.status != "met"]

    assert (found.key, found.status, found.severity) == (
        "no_introduction.NO-PLN-01.long_term_goal",
        "not_met",
        "stop",
    )
    assert found.message.nb == "Mangler: langsiktig mål (integreringsloven § 15 tredje ledd)"
    assert found.message.da == "Mangler: langsigtet mål (integreringsloven § 15 tredje ledd)"
    assert found.message.en == "Missing: long-term goal (Integration Act, section 15, third paragraph)"


def test_what_was_typed_does_not_count_when_its_clause_was_left_out() -> None:
    facts = whole("plan", "ordinary", "2026-02-02")
    without = replace(facts, clauses=facts.clauses - {"norwegian.social_studies"})

    assert [one.key for one in findings(without) if one.status == "not_met"] == [
        "no_introduction.NO-PLN-01.social_studies_extent"
    ]


def test_the_duration_needs_the_first_day_and_not_only_the_last() -> None:
    facts = replace(whole("plan", "ordinary", "2026-02-02"), starts_on=None)

    assert [one.key for one in findings(facts) if one.status == "not_met"] == [
        "no_introduction.NO-PLN-01.duration"
    ]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "unknown"),
        ({"drawn_up_on": "2026-02-02"}, "unknown"),
        ({"drawn_up_on": "2020-12-31", "regime": "ordinary"}, "unknown"),
        ({"drawn_up_on": "2022-06-14", "regime": "section_34"}, "not_applicable"),
    ],
)
def test_what_cannot_be_judged_is_a_flag_and_never_a_stop(values: dict[str, str], status: str) -> None:
    (found,) = findings(AgreementFacts(type_key=PLAN, status="draft", language="nb", values=values))

    assert (found.status, found.severity) == (status, "warning")


def test_other_agreements_are_not_judged() -> None:
    other = AgreementFacts(type_key="no_introduction.nav_cooperation", status="draft", language="nb")
    assert findings(other) == []


@given(
    st.dates(FIRST_DAY, date(2030, 12, 31)) | st.sampled_from([*BOUNDARIES]),
    st.sampled_from(["ordinary", "section_34"]),
    st.sampled_from(["plan", "contract"]),
)
def test_on_every_day_a_whole_document_passes_and_no_content_is_asked_twice(
    day: date, regime: str, document: str
) -> None:
    for one in (day, day - timedelta(days=1)):
        wanted = [item.content.key for item in required(document, regime, one)]
        assert len(wanted) == len(set(wanted))
    assert {one.status for one in findings(whole(document, regime, day.isoformat()))} <= {
        "met",
        "not_applicable",
    }


def test_every_window_has_a_rule_a_reference_and_a_word_for_its_confidence() -> None:
    windows = [window for one in contents() for window in one.windows]

    assert all(one.rule.startswith("NO-") and one.reference.nb and one.reference.en for one in windows)
    assert {one.confidence for one in windows} <= {"H", "M"}
    assert {one.severity for one in windows} == {"stop", "warning"}
