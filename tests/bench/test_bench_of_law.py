"""The benchmark of the law compares what answers the same; OpenFisca itself is never brought by a test."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from core.rules.evaluate import evaluate
from tests.bench import openfisca
from tests.bench.floor_law import FORMULAS, in_short
from tests.bench.measuring import DifferentPagesError
from tests.bench.night import Night, Share, answer_people
from tests.bench.openfisca import refuse_unlike_answers, said_of_openfisca
from tests.bench.participant import all_sets, facts_for
from tests.bench.people import AS_OF, PERMITS, person

MANY: Final = 300


def test_the_formulas_answer_as_the_rules_do() -> None:
    for key, number in ((key, number) for key in FORMULAS for number in range(MANY)):
        facts = facts_for(key, person(number))
        result = evaluate(all_sets()[key], facts, AS_OF, strict=True)
        plain = {name: given.value for name, given in facts.items()}
        assert in_short(key, result.value) == FORMULAS[key](plain, AS_OF), f"{key}, person {number}"


def test_the_people_are_of_all_kinds_and_the_same_every_time() -> None:
    people = [person(number) for number in range(MANY)]
    assert people == [person(number) for number in range(MANY)]
    assert people != [person(number, seed=2) for number in range(MANY)]
    assert {one["permitType"] for one in people} == set(PERMITS)
    groups = {FORMULAS["target_group"](_plain(one), AS_OF) for one in people}
    assert groups == {"RIGHT_AND_DUTY", "RIGHT_ONLY", "DISCRETIONARY", "NONE"}


def _plain(whole: dict[str, Any]) -> dict[str, Any]:
    return {name: given.value for name, given in facts_for("target_group", whole).items()}


def test_every_rule_set_answers_about_everybody(tmp_path: Path) -> None:
    file = tmp_path / "0.jsonl"
    file.write_text("".join(json.dumps(person(number)) + "\n" for number in range(3)))
    share = answer_people(file)
    assert (share.people, share.answers) == (3, 3 * len(all_sets()))
    assert share.unknown < share.answers


def test_a_small_night_says_how_long_a_large_one_takes() -> None:
    shares = (Share(60, 900, 0, 0, 1.0, 50), Share(40, 600, 0, 0, 2.0, 50))
    night = Night(shares, seconds=6)
    assert (night.people, night.busy, night.minutes_for(1000)) == (100, 30, 1)


ANSWER: Final = ["RIGHT_AND_DUTY", 24, 0, "2028-01-31", 22758.169921875]


@pytest.mark.parametrize("place", range(5))
def test_an_answer_of_openfisca_that_differs_ends_the_comparison(place: int) -> None:
    here = in_short("target_group", ANSWER[0]), (24, 0, AS_OF.replace(2028, 1, 31)), 22758.17
    refuse_unlike_answers(0, here, ANSWER)
    wrong = [*ANSWER]
    wrong[place] = ("NONE", 36, 12, "2028-01-30", 22758.19)[place]
    with pytest.raises(DifferentPagesError, match="person 0"):
        refuse_unlike_answers(0, here, wrong)


def test_where_openfisca_cannot_be_had_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openfisca, "make_environment", _no_network)
    assert list(said_of_openfisca(3)) == ["OpenFisca is not compared: no network"]


def _no_network(folder: Path, wanted: str) -> Iterator[Path]:
    raise openfisca.NoOpenFiscaError("no network")
