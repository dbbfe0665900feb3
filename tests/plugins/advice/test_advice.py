"""What the agreement plugins find: met, not met, and unknown when a fact is missing."""

from collections.abc import Callable

import pytest

from core.sdk import AgreementFacts, Finding
from plugins.dk_company_centre import advice as company
from plugins.no_introduction import advice as introduction
from plugins.no_work_training import advice as training


def facts(type_key: str, **values: str) -> AgreementFacts:
    return AgreementFacts(type_key=type_key, status="draft", language="nb", values=values)


@pytest.mark.parametrize(
    ("find", "values", "status"),
    [
        (training.capacity, {"participants_per_year": "12", "openings_per_year": "12"}, "met"),
        (training.capacity, {"participants_per_year": "12", "openings_per_year": "11"}, "not_met"),
        (training.capacity, {"participants_per_year": "12"}, "unknown"),
        (training.capacity, {"openings_per_year": "12"}, "unknown"),
        (introduction.early_contact, {"early_weeks": "13"}, "met"),
        (introduction.early_contact, {"early_weeks": "14"}, "not_met"),
        (introduction.early_contact, {}, "unknown"),
        (company.mentors_for_places, {"place_count": "8", "mentor_count": "2"}, "met"),
        (company.mentors_for_places, {"place_count": "9", "mentor_count": "2"}, "not_met"),
        (company.mentors_for_places, {"place_count": "9"}, "unknown"),
        (company.mentors_for_places, {"place_count": "9", "mentor_count": "0"}, "unknown"),
    ],
)
def test_a_finding_follows_from_the_facts(
    find: Callable[[AgreementFacts], Finding], values: dict[str, str], status: str
) -> None:
    finding = find(facts("any", **values))
    assert finding.status == status
    assert finding.severity == "warning"
    assert all((finding.message.nb, finding.message.da, finding.message.en))


@pytest.mark.parametrize("plugin", [training, introduction, company])
def test_advice_is_given_for_the_plugins_own_agreements_only(plugin: object) -> None:
    own = AgreementFacts(type_key=plugin.TYPE, status="active", language="nb")  # type: ignore[attr-defined]
    other = AgreementFacts(type_key="other.type", status="active", language="nb")
    assert plugin.next_steps(own)  # type: ignore[attr-defined]
    assert plugin.next_steps(other) == []  # type: ignore[attr-defined]
