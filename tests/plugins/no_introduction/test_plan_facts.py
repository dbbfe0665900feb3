"""What plans and contracts lack by the rules of law, by the day they are drawn up and by regime."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.evaluate import evaluate
from core.rules.facts import Given
from core.rules.result import Result
from core.sdk import AgreementFacts, ProvidedFacts
from plugins.no_introduction import law
from plugins.no_introduction.plan_facts import PARTIES, provided
from plugins.no_introduction.where_it_stands import contents

PLAN, CONTRACT = "integration_plan", "integration_contract"
DECLARATION = "integration_declaration"
RULE_SETS = {one.key: one for one in law.rule_sets()}
TODAY = date(2026, 11, 27)
SIGNED = {"municipality": TODAY, "programme_participant": TODAY}
BOUNDARIES = sorted(
    {
        one.valid_from
        for key in ("plan", "contract")
        for parameter in RULE_SETS[key].own_parameters.values()
        for one in parameter.values
    }
)


def whole(kind: str, regime: str, day: str) -> AgreementFacts:
    """A plan or contract that says everything."""
    mine = [one for below in contents()[kind].values() for one in below.values()]
    values = {key: "noe" for one in mine for key in one.values} | {"drawn_up_on": day, "regime": regime}
    return AgreementFacts(
        type_key=f"no_introduction.{kind}",
        status="draft",
        language="nb",
        values=values | {"mapping_on": day, "guidance_on": day},
        clauses=frozenset({one.clause for one in mine})
        | {"norwegian.joint", "basis.mapping", "basis.guidance"},
        starts_on=date(2026, 2, 2),
        ends_on=date(2027, 2, 1),
    )


def answered(facts: AgreementFacts, rule_set: str = "", **switches: date) -> Result:
    question = next(one for one in provided(facts) if rule_set in {"", one.rule_set})
    asked = RULE_SETS[question.rule_set]
    read = {one.name: asked.law.facts[one.name].type.parse(one.value) for one in question.facts}
    return evaluate(
        asked,
        {one.name: Given(read[one.name], one.source.en, one.on) for one in question.facts},
        question.as_of or TODAY,
        switches=switches,
        strict=True,
    )


def missing(facts: AgreementFacts) -> set[str]:
    """What the agreement lacks, but for signatures."""
    value = answered(facts).value
    return set(value["missing"]) - set(PARTIES.values()) if value else set()


def empty(kind: str, regime: str, day: str) -> AgreementFacts:
    return AgreementFacts(f"no_introduction.{kind}", "draft", "nb", {"drawn_up_on": day, "regime": regime})


def question(facts: AgreementFacts, rule_set: str) -> ProvidedFacts:
    return next(one for one in provided(facts) if one.rule_set == rule_set)


def test_the_long_term_goal_moved_from_the_contract_to_the_plan_with_2026() -> None:
    before, after = "2025-12-31", "2026-01-01"
    assert "LONG_TERM_GOAL" in missing(empty(CONTRACT, "ordinary", before))
    assert "LONG_TERM_GOAL" not in missing(empty(PLAN, "ordinary", before))
    assert "LONG_TERM_GOAL" not in missing(empty(CONTRACT, "ordinary", after))
    assert "LONG_TERM_GOAL" in missing(empty(PLAN, "ordinary", after))


def test_the_reasons_speak_of_the_norwegian_goal_from_2026() -> None:
    assert "NORWEGIAN_REASONS" not in missing(empty(PLAN, "ordinary", "2025-12-31"))
    assert {"WORK_REASONS", "NORWEGIAN_REASONS"} <= missing(empty(PLAN, "ordinary", "2026-01-01"))


def test_a_plan_under_chapter_6a_had_four_contents_and_no_contract_until_2026() -> None:
    plan = missing(empty(PLAN, "section_34", "2025-12-31"))
    assert plan == {"FINAL_GOAL", "DURATION", "ELEMENTS", "COMPLAINT"}
    assert answered(empty(CONTRACT, "section_34", "2025-12-31")).status == "not_applicable"


def test_from_2026_chapter_6a_asks_for_all_but_social_studies() -> None:
    ordinary, chapter = (missing(empty(PLAN, regime, "2026-01-01")) for regime in ("ordinary", "section_34"))
    assert ordinary - chapter == {"SOCIAL_STUDIES_EXTENT"}
    assert chapter - ordinary == {"NO_SOCIAL_STUDIES"}
    contracts = [missing(empty(CONTRACT, regime, "2026-01-01")) for regime in ("ordinary", "section_34")]
    assert contracts[0] == contracts[1] == {"MUNICIPALITY_DUTIES", "PARTICIPANT_DUTIES"}


def without_clause(facts: AgreementFacts) -> AgreementFacts:
    return replace(facts, clauses=facts.clauses - {"norwegian.social_studies"})


def without_value(facts: AgreementFacts) -> AgreementFacts:
    return replace(facts, values={**facts.values, "long_term_goal": ""})


def without_first_day(facts: AgreementFacts) -> AgreementFacts:
    return replace(facts, starts_on=None)


@pytest.mark.parametrize(
    ("change", "content", "place"),
    [
        (without_clause, "SOCIAL_STUDIES_EXTENT", "norwegian.social_studies"),
        (without_value, "LONG_TERM_GOAL", "long_term_goal"),
        (without_first_day, "DURATION", "duration"),
    ],
)
def test_what_is_missing_leads_to_the_clause_the_field_or_the_days(
    change: Callable[[AgreementFacts], AgreementFacts], content: str, place: str
) -> None:
    lacking = change(whole(PLAN, "ordinary", "2026-02-02"))

    assert missing(lacking) == {content}
    assert question(lacking, "plan").places[content] == place


def test_what_a_draft_cannot_know_is_left_for_a_person() -> None:
    plan = answered(whole(PLAN, "ordinary", "2026-02-02"))

    assert (plan.status, plan.missing) == ("unknown", ("plan_made_with_participant",))
    assert {one.status for one in plan.findings.values()} <= {"met", "unknown", "not_applicable"}


def test_without_a_day_the_rules_of_today_are_asked_and_without_a_regime_nothing_is_decided() -> None:
    facts = whole(PLAN, "ordinary", "2025-12-31")
    undated = replace(facts, values={**facts.values, "drawn_up_on": ""})
    unchosen = replace(facts, values={**facts.values, "regime": ""})

    assert answered(undated).findings["NO-PLN-01"].status == "met"
    assert answered(unchosen).status == "unknown"
    assert question(unchosen, "plan").places["permit_type"] == "regime"


def test_a_plan_shows_the_mapping_the_guidance_and_what_supervision_looks_for() -> None:
    facts = whole(PLAN, "ordinary", "2026-02-02")
    unmapped = replace(facts, values={**facts.values, "mapping_on": "2026-02-03"})
    unguided = replace(facts, clauses=facts.clauses - {"basis.guidance"})

    assert answered(facts, "deadlines").findings["NO-DL-05"].flags == ()
    assert answered(unmapped, "deadlines").findings["NO-DL-05"].status == "not_met"
    assert answered(unguided, "deadlines").findings["NO-DL-05"].flags == ("GUIDANCE_MISSING",)
    assert list(answered(facts, "reviews").findings["NO-REV-04"].value) == ["HANDED_OVER"]


def test_a_disagreement_is_told_by_its_clause_and_wants_both_views() -> None:
    facts = whole(PLAN, "ordinary", "2026-02-02")
    disputed = replace(facts, clauses=facts.clauses | {"view.disagreement"})
    answered_by = replace(disputed, values={**disputed.values, "municipality_view": "noe"})

    found = [answered(one).findings["NO-PLN-08"].status for one in (facts, disputed, answered_by)]
    assert found == ["not_applicable", "not_met", "met"]


def test_the_signatures_make_a_contract_and_a_declaration_whole() -> None:
    day = TODAY.isoformat()
    contract, declaration = whole(CONTRACT, "ordinary", day), whole(DECLARATION, "ordinary", day)
    later = replace(contract, signed={**SIGNED, "municipality": TODAY + timedelta(days=1)})

    assert answered(contract).value["missing"] == ["MUNICIPALITY", "PARTICIPANT"]
    assert answered(replace(contract, signed=SIGNED)).status == "met"
    assert answered(later).status == "not_met"
    assert answered(declaration, DECLARATION_IN_FORCE=TODAY).value["missing"] == ["PARTICIPANT"]
    assert answered(replace(declaration, signed=SIGNED), DECLARATION_IN_FORCE=TODAY).status == "met"


def test_other_agreements_say_nothing_to_the_rules() -> None:
    assert provided(AgreementFacts("no_introduction.nav_cooperation", "draft", "nb")) == []


@given(
    st.dates(date(2021, 1, 1), date(2030, 12, 31)) | st.sampled_from(BOUNDARIES),
    st.sampled_from(["ordinary", "section_34"]),
    st.sampled_from([PLAN, CONTRACT]),
)
@settings(max_examples=60)
def test_on_every_day_a_whole_document_lacks_nothing(day: date, regime: str, kind: str) -> None:
    for one in (day, day - timedelta(days=1)):
        assert missing(whole(kind, regime, one.isoformat())) == set()


def test_every_content_of_the_file_is_one_that_a_rule_asks_for() -> None:
    facts = {key: fact for one in RULE_SETS.values() for key, fact in one.law.facts.items()}
    for below in contents().values():
        for name, codes in below.items():
            assert set(codes) <= set(facts[name].type.choices)
