"""Aims of an agreement type, which the parties rate: declared in its files, and refused where wrong."""

from pathlib import Path

import pytest

from tests.agreements.test_declarations import TEXT, TYPE, changed, load, refusal

AIMS = "aims: [{key: trust}, {key: pace}]\n"
AIM_TEXTS = "aims:\n  trust: {text: Partene stoler på hverandre.}\n  pace: {text: Det går fort nok.}\n"
EVALUATED = changed(TYPE, "    kind: meeting\n", "    kind: evaluation\n")


def test_aims_have_one_sentence_in_each_language(tmp_path: Path) -> None:
    kind = load(tmp_path, EVALUATED + AIMS, TEXT + AIM_TEXTS)
    assert [aim.key for aim in kind.aims] == ["trust", "pace"]
    assert kind.text("nb").aim("pace").text == "Det går fort nok."


@pytest.mark.parametrize(
    ("kind", "text", "where", "problem"),
    [
        (EVALUATED + AIMS, TEXT, "nb.yaml:1: aims.trust", "the text is missing"),
        (EVALUATED, TEXT + AIM_TEXTS, "aims.trust", "type.yaml does not declare this"),
        (TYPE + AIMS, TEXT + AIM_TEXTS, f"type.yaml:{TYPE.count(chr(10)) + 1}: aims", "kind evaluation"),
        (EVALUATED + AIMS.replace("pace", "trust"), TEXT, "aims[1].key", "used twice"),
        (EVALUATED + AIMS, TEXT + AIM_TEXTS.replace("text:", "txt:"), "aims.trust.text", "Missing data"),
    ],
    ids=["no text", "undeclared", "no evaluation", "twice", "misspelt"],
)
def test_a_wrong_aim_is_named_with_its_place(
    tmp_path: Path, kind: str, text: str, where: str, problem: str
) -> None:
    said = str(refusal(tmp_path, kind, text))
    assert where in said
    assert problem in said
