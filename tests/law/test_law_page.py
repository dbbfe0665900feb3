"""The law as we read it: whole, with the reference of every rule and value, its cases, and ready to print."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.kernel import clock
from core.law import sets, wording
from core.law.files import files_mark
from core.law.known import worked_cases
from core.law.reading.page import law_of
from core.rules.rule_set import RuleSet
from core.testing.factories import MadeTenant
from core.testing.pages import Element, page_of
from core.testing.statements import counted
from plugins.no_introduction.law import rule_sets
from tests.law import lab

Read = Callable[..., Element]
FOLDER = Path(__file__).parent
CSS = Path(__file__).parents[2] / "core" / "web" / "static" / "law.css"


@pytest.fixture
def read(adviser: FlaskClient, tenant: MadeTenant) -> Read:
    """The page of a rule set."""

    def page(key: str, status: int = 200, **shown: str) -> Element:
        path = f"/t/{tenant.slug}/rules/no_introduction.{key}/law"
        return page_of(adviser.get(path, query_string=shown), status).root

    return page


def test_every_rule_value_and_case_of_every_set_stands_on_its_page(read: Read) -> None:
    for rule_set in rule_sets():
        page = read(rule_set.key)
        text = page.text
        anchors = {one.attributes.get("id") for one in page.all("article")}
        assert set(rule_set.own_rules) <= anchors
        for rule_id in rule_set.own_rules:
            for version in rule_set.rules[rule_id]:
                assert normal(version.statement.en) in text
                assert normal(version.reference) in text
        for key, parameter in rule_set.own_parameters.items():
            assert page.first("tr", id=f"value-{key}").text.startswith(wording.label(parameter.title))
            for one in parameter.values:
                assert normal(unescape(str(wording.value(one.value, parameter.type)))) in text
                assert normal(one.reference) in text
        for case in worked_cases(rule_set):
            assert case.id in text


def normal(text: str) -> str:
    return " ".join(text.split())


def test_pending_law_is_shown_as_pending(read: Read) -> None:
    page = read("regime")
    for switch in regime().law.switches.values():
        assert "Pending: not in force" in page.first("article", id=switch.key).text


def regime() -> RuleSet:
    return next(one for one in rule_sets() if one.key == "regime")


def test_the_picture_has_a_mark_for_every_line_of_its_table(read: Read) -> None:
    page = read("regime")
    drawing = next(page.all("svg", class_="timeline"))
    leads = {one.attributes["href"].removeprefix("#") for one in drawing.all("a")}
    lines = {
        one.attributes["id"] for one in page.all("tr") if one.attributes.get("id", "").startswith("day-")
    }
    assert leads == lines
    assert len(lines) > 3


def test_what_a_version_was_chosen_by_and_when_it_applied_is_said_in_words(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "rule_sets_in_force", lambda _host: {"no_introduction.lab": lab.RULE_SET})
    page = read("lab")
    text = page.first("article", id="LAB-01").text
    assert "From 1 January 2024 to 31 December 2025" in text
    assert "began" in text
    assert "Medium" in text
    assert "Serious" in text
    assert "Somebody has to look at this." in page.first("article", id="LAB-02").text
    assert "husordenen § 9" in page.text


def test_the_version_of_today_is_marked(app: Flask) -> None:
    one = law_of(regime(), date(2026, 11, 27)).rules[1]
    assert [version.is_now for version in one.versions] == [False, False, True]
    one = law_of(regime(), date(2024, 7, 1)).rules[1]
    assert [version.is_now for version in one.versions] == [False, True, False]


def test_an_old_confirmation_is_marked(app: Flask) -> None:
    (key, parameter) = next(iter(regime().own_parameters.items()))
    confirmed = parameter.values[0].confirmed_on
    mark = key, parameter.values[0].valid_from
    assert mark not in law_of(regime(), confirmed).old
    assert mark in law_of(regime(), confirmed + timedelta(days=400)).old


def test_it_prints_on_a4_without_its_links(read: Read) -> None:
    page = read("regime")
    assert any("law" in one.attributes.get("href", "") for one in page.all("link"))
    style = CSS.read_text("utf-8").partition("@media print")[2]
    assert "A4" in style
    assert ".law-contents" in style
    today = clock.today("UTC")
    assert str(today.year) in page.text
    assert files_mark(regime()) in page.text


def test_the_mark_is_another_when_a_file_of_the_law_is(tmp_path: Path) -> None:
    texts = tmp_path / "lab.yaml"
    texts.write_text((FOLDER / "lab.yaml").read_text("utf-8"), "utf-8")
    before = files_mark(replace(lab.RULE_SET, folder=tmp_path))
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.yaml").write_text("cases: []", "utf-8")
    assert files_mark(replace(lab.RULE_SET, folder=tmp_path)) == before
    texts.write_text(texts.read_text("utf-8").replace("§ 2", "§ 3"), "utf-8")
    assert files_mark(replace(lab.RULE_SET, folder=tmp_path)) != before


def test_cases_stand_folded_with_their_rule_and_their_count(read: Read) -> None:
    page = read("duration")
    folded = page.first("article", id="NO-DUR-12").first("details", id="cases-NO-DUR-12")
    cases = [one for one in folded.all("li") if one.attributes.get("id", "").startswith("case-")]
    assert folded.first("summary").text == f"{len(cases)} worked cases"
    assert "open" not in folded.attributes
    assert "open" in read("duration", cases="unfolded").first("details", id="cases-NO-DUR-12").attributes
    assert not list(read("duration", cases="none").all("details", id="cases-NO-DUR-12"))


def test_each_case_leads_to_the_explorer_which_answers_as_it_says(read: Read, adviser: FlaskClient) -> None:
    case = read("duration").first("li", id="case-DUR-12-first-day")
    answer = page_of(adviser.get(case.first("a").attributes["href"])).root
    assert "12 months" in answer.first("div", class_="ds-card law-conclusion").text


def test_only_the_rules_of_a_day_are_shown(read: Read) -> None:
    page = read("regime", show="on", day="2024-06-30")
    text = page.first("article", id="NO-REG-02").text
    assert "In force on 30/06/2024" in text
    assert "other version" not in text
    assert not list(page.all("article", id="NO-REG-04")), "it began in 2026"
    assert page.first("input", name="day").attributes["value"] == "2024-06-30"


def test_only_what_changes_from_a_day_on_is_shown(read: Read) -> None:
    page = read("regime", show="since", day="2026-01-01")
    shown = {one.attributes["id"] for one in page.all("article") if "law-rule" in one.attributes["class"]}
    assert shown == {"NO-REG-02", "NO-REG-04"}
    assert "day-1" not in {one.attributes.get("id") for one in page.all("tr")}
    values = read("benefit", show="since", day="2026-05-01").first(
        "table", class_="ds-table cards law-table law-values"
    )
    years = [one.text[:10] for one in values.all("td", data_label="Valid from")]
    assert years == ["01/05/2025", "01/05/2026"], "what it replaces stands before it"
    assert "Nothing changes" in read("education", show="since", day="2100-01-01").text


def test_a_day_that_cannot_be_read_is_named_and_everything_is_shown(read: Read) -> None:
    page = read("regime", status=422, show="on", day="soon")
    assert "Write a date" in page.first("p", id="field-day-error").text
    assert page.first("input", name="day").attributes["value"] == "soon"
    assert list(page.all("article", id="NO-REG-04"))


def test_what_a_rule_builds_on_leads_to_the_set_where_it_stands(read: Read) -> None:
    hrefs = {one.attributes["href"] for one in read("duration").first("article", id="NO-DUR-01").all("a")}
    assert "#NO-DUR-16" in hrefs
    assert any(one.endswith("/no_introduction.regime/law#NO-REG-01") for one in hrefs)


def test_the_page_asks_the_database_no_more_than_the_list(adviser: FlaskClient, tenant: MadeTenant) -> None:
    home = f"/t/{tenant.slug}/rules"
    with counted() as of_list:
        adviser.get(home)
    with counted() as of_page:
        adviser.get(f"{home}/no_introduction.benefit/law")
    assert len(of_page) <= len(of_list) + 2, "the days of pending law and local practice, and nothing else"
