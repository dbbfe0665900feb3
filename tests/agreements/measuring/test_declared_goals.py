"""What an agreement type may say of its goals, and what the bundled types say."""

from pathlib import Path

import pytest

from core.agreements.declarations import DeclarationError, load_type
from core.agreements.measuring.measures import COUNTS, MEASURES
from core.agreements.types import AgreementType
from tests.agreements.test_declared_types import KINDS

PACT = Path(__file__).parents[1] / "pact"
GOAL = "  - {key: hired, section: purpose, unit: percent, target: 70, period_months: 12, required: true}\n"
WORDS = "  hired: {title: Ansatte"
SECOND = "  - {key: second, section: purpose, unit: count, target: 1, period_months: 12, parent: hired}\n"


def loaded(folder: Path, goals: str) -> AgreementType:
    """The small type of the tests with other goals, each with words of its own."""
    edition = folder / "pact" / "2026-1"
    edition.mkdir(parents=True)
    kind, text = ((PACT / name).read_text(encoding="utf-8") for name in ("type.yaml", "nb.yaml"))
    goal = next(line for line in kind.splitlines(keepends=True) if "key: hired" in line)
    words = next(line for line in text.splitlines(keepends=True) if line.startswith(WORDS))
    keys = [one.partition(",")[0].rpartition(" ")[2] for one in goals.splitlines()]
    (edition / "type.yaml").write_text(kind.replace(goal, goals), encoding="utf-8")
    spoken = "".join(words.replace("hired", key, 1) for key in keys)
    (edition / "nb.yaml").write_text(text.replace(words, spoken), encoding="utf-8")
    return load_type(edition, "trial")


@pytest.mark.parametrize(
    ("goals", "place", "sentence"),
    [
        (
            GOAL.replace("unit: percent, target: 70", "qualitative: true, unit: count"),
            ".qualitative",
            "neither",
        ),
        (GOAL.replace("unit: percent, ", ""), "goals[0]", "unit and target, or qualitative"),
        (GOAL.replace("target: 70, ", ""), "goals[0]", "unit and target, or qualitative"),
        (
            GOAL.replace("unit: percent, target: 70", "qualitative: true, measure: a.b"),
            "goals[0].measure",
            "not counted",
        ),
        (
            GOAL.replace("unit: percent", "unit: percent, meetings: [council]"),
            "goals[0].meetings",
            "name the",
        ),
        (
            GOAL.replace("unit: percent", "unit: percent, measure: a.b, meetings: [ball]"),
            "goals[0].meetings[0]",
            "not declared",
        ),
        (GOAL.replace("unit: percent", "unit: percent, measure: ab"), "goals[0].measure", "a dot and a key"),
        (
            GOAL.replace("unit: percent", "unit: percent, parent: hired"),
            "goals[0].parent",
            "before its sub-goals",
        ),
        (SECOND + GOAL, "goals[0].parent", "before its sub-goals"),
        (
            GOAL
            + SECOND
            + SECOND.replace("key: second", "key: third").replace("parent: hired", "parent: second"),
            "goals[2].parent",
            "a sub-goal itself",
        ),
    ],
)
def test_a_goal_that_contradicts_itself_is_named_with_its_place(
    tmp_path: Path, goals: str, place: str, sentence: str
) -> None:
    with pytest.raises(DeclarationError) as refused:
        loaded(tmp_path, goals)
    assert place in str(refused.value)
    assert sentence in str(refused.value)


def test_a_goal_can_be_described_and_have_sub_goals(tmp_path: Path) -> None:
    described = "  - {key: warm, section: purpose, qualitative: true, period_months: 12, parent: hired}\n"
    kind = loaded(tmp_path, GOAL + described)
    assert (kind.goal("warm").unit, kind.goal("warm").unit_key, kind.goal("warm").parent) == (
        None,
        "described",
        "hired",
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_bundled_goal_counts_in_the_unit_of_its_measure_or_says_what_it_waits_for(
    kind: AgreementType,
) -> None:
    units = {one.key: one.unit for one in MEASURES}
    assert set(units) == set(COUNTS)
    for goal in kind.goals:
        waits = {text.goal(goal.key).waits_for for text in kind.texts}
        if goal.measure in units:
            assert (goal.unit_key, waits) == (units[goal.measure], {""})
        else:
            assert goal.qualitative or all(waits), goal.key


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if not kind.is_with_a_person], ids=lambda kind: kind.key
)
def test_every_bundled_type_between_organisations_has_a_counted_and_a_described_goal(
    kind: AgreementType,
) -> None:
    assert any(one.measure.startswith("agreements.") for one in kind.goals)
    assert any(one.qualitative for one in kind.goals)
