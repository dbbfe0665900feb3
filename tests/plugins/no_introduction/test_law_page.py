"""The page about the law of the introduction programme, and whether the source is covered whole."""

import re
from itertools import chain
from pathlib import Path

import pytest

from core.rules.cases import cases_of
from core.rules.not_functions import not_functions
from core.testing.law_document import page_of
from plugins.no_introduction.law import rule_sets

PAGE = Path(__file__).parents[3] / "docs" / "law" / "no-introduction.md"
SOURCE_IDS = (Path(__file__).parent / "source_ids.txt").read_text(encoding="utf-8").split()
WORKED_EXAMPLES = [f"E{number:02}" for number in range(1, 46)]


@pytest.fixture(scope="module")
def page() -> str:
    return page_of("no_introduction")


def test_the_page_is_what_the_files_of_the_law_say(page: str) -> None:
    if PAGE.read_text(encoding="utf-8") != page:
        command = "python -m core.testing.law_document no_introduction > docs/law/no-introduction.md"
        pytest.fail(f"the law has changed since its page was written; run: {command}", pytrace=False)


def test_the_page_can_be_read_in_a_browser(page: str) -> None:
    assert len(page.encode()) < 250 * 1024


def test_every_rule_of_the_source_is_declared_or_listed_with_a_reason() -> None:
    listed = {one.id for one in not_functions(rule_sets()) if one.reason}
    declared = set(chain.from_iterable(one.own_rules for one in rule_sets()))
    assert len(SOURCE_IDS) == 225
    assert set(SOURCE_IDS) - declared - listed == set()
    assert declared - set(SOURCE_IDS) == set()


def test_every_rule_of_the_source_stands_on_the_page(page: str) -> None:
    headings = set(re.findall(r"^(?:### |\| )(NO-[A-Z]+-\d\d) ", page, re.MULTILINE))
    assert set(SOURCE_IDS) - headings == set()


def test_every_worked_example_of_the_source_has_a_case_by_its_name() -> None:
    names = {case.id.partition("-")[0] for one in rule_sets() for case in cases_of(one)}
    assert set(WORKED_EXAMPLES) - names == set()


def test_each_rule_set_is_in_the_fixed_table_with_value_and_facts(page: str) -> None:
    table = page.partition("## The rule sets: value and facts")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.split(" | ")] for line in table.splitlines() if line.startswith("| `")
    ]
    assert [row[0] for row in rows] == [f"| `no_introduction.{one.key}`" for one in rule_sets()]
    assert all(len(row) == 4 and all(row) for row in rows)
