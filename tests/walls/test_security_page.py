"""docs/security.md names tests that exist, and all requirements of the chapters that go line by line."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
}
ANSWERS = {"yes", "in part", "no", "operator", "n/a"}
LEVEL_2 = {
    "V5": "5.1.1 5.2.1 5.2.2 5.2.3 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3",
    "V7": "7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 "
    "7.6.1 7.6.2",
    "V8": "8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1",
    "V16": "16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 "
    "16.5.1 16.5.2 16.5.3",
}
"""The requirements of levels 1 and 2 in the chapters that are answered line by line."""


def rows() -> list[list[str]]:
    lines = re.findall(r"^\| (\d.*) \|$", PAGE, re.MULTILINE)
    return [line.split(" | ") for line in lines]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", PAGE))))
def test_a_test_that_the_page_names_exists(name: str) -> None:
    assert name in TESTS


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/.]+)`", PAGE))))
def test_a_file_that_the_page_names_exists(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("chapter", LEVEL_2)
def test_a_chapter_that_goes_line_by_line_leaves_no_requirement_out(chapter: str) -> None:
    answered = {row[0].partition(" ")[0] for row in rows()}
    assert set(LEVEL_2[chapter].split()) - answered == set()


def test_every_line_has_one_of_the_answers() -> None:
    assert [row for row in rows() if len(row) != 4 or row[2] not in ANSWERS] == []


def test_every_chapter_of_the_standard_is_there() -> None:
    assert {
        int(number)
        for number in re.findall(r"\bV(\d+) ", "\n".join(re.findall(r"^## .*", PAGE, re.MULTILINE)))
    } == set(range(1, 18))
