"""What a reader of the explorer sees first: what says something, what is asked for, and of which day."""

from flask.testing import FlaskClient

from core.law.files import files_mark
from core.testing.factories import MadeTenant
from core.testing.pages import Element, page_of
from plugins.no_introduction.law import regime
from tests.law.pages import SET, Ask, findings

PLAN = "no_introduction.plan"


def test_what_a_plan_has_is_ticked_and_nothing_is_typed_in_codes(ask: Ask) -> None:
    page = ask(PLAN, **{"planContents.FINAL_GOAL": "yes"})
    ticked = [one for one in page.all("input", type="checkbox") if "checked" in one.attributes]
    assert [one.attributes["name"] for one in ticked] == ["planContents.FINAL_GOAL"]
    known = page.first("select", name="planContents").first("option", value="known")
    assert "selected" in known.attributes, "what is ticked is known"
    text = ask(PLAN, planContents="FINAL_GOAL", status=422).text
    assert "Choose one of the alternatives" in text


def test_nothing_ticked_is_unknown_until_it_is_said_to_be_nothing(ask: Ask) -> None:
    asked = {"permitDecisionDate": "2025-01-01", "permitType": "S28", "planDate": "2026-11-27"}
    wanted = "To answer, these facts are needed"
    assert wanted in ask(PLAN, **asked).text
    assert "final goal" in ask(PLAN, **asked, planContents="known").text


def test_facts_that_only_other_rules_read_are_folded_until_one_is_typed(ask: Ask) -> None:
    duration = "no_introduction.duration"
    assert "open" not in others(ask(duration)).attributes
    assert "open" in others(ask(duration, programmeStart="2026-03-02")).attributes


def others(page: Element) -> Element:
    return next(one for one in page.all("details") if "Facts that only other rules read" in one.text)


def test_findings_that_say_nothing_yet_are_put_away_with_their_count(ask: Ask) -> None:
    page = ask(permitDecisionDate="2021-01-01")
    folded = {one.first("summary").text: one for one in page.all("details")}
    away = next(one for summary, one in folded.items() if "not apply" in summary)
    assert len(list(away.all("article"))) == int(away.first("summary").text.split()[0])
    assert "NO-REG-01" not in {one.attributes["id"] for one in away.all("article")}


def test_another_day_says_whether_the_rules_of_today_answer_the_same(ask: Ask, adviser: FlaskClient) -> None:
    given = {"permitType": "S28", "eduLevel": "VGS_PLUS", "gsuEducationMet": "no", "as-of": "2022-01-31"}
    page = ask("no_introduction.education", **given)
    assert "This is how the rules stood on 31 January 2022." in page.text
    assert "The rules of today answer differently." in page.text
    compared = next(one for one in page.all("a") if one.text == "Compare both days")
    table = page_of(adviser.get(compared.attributes["href"])).root.first("table").text
    assert "31 January 2022" in table
    same = ask(permitDecisionDate="2021-01-01", **{"as-of": "2025-12-31"}).text
    assert "The rules of today answer the same." in same
    assert "as far as is known today" in ask(permitDecisionDate="2021-01-01", **{"as-of": "2040-01-01"}).text
    assert "The rules of today" not in ask(permitDecisionDate="2021-01-01").text


def test_two_reasons_not_to_apply_are_no_difference(ask: Ask) -> None:
    given = {"permitType": "S28", "permitDecisionDate": "2024-02-05", "eduLevel": "VGS_PLUS", "goal": "WORK"}
    asked = {**given, "offerDate": "2026-03-02", "two-scenarios": "on", "second.offerDate": "2025-12-31"}
    told = findings(ask("no_introduction.duration", **asked))
    assert "Differs" in told["NO-DUR-01"]
    assert "Differs" not in told["NO-DUR-02"], "it applies in neither case"


def test_a_part_of_the_page_comes_with_a_short_address(adviser: FlaskClient, tenant: MadeTenant) -> None:
    asked = {"permitDecisionDate": "2021-01-01", "permitType": "", "as-of": "2026-11-27"}
    path = f"/t/{tenant.slug}/rules/{SET}"
    answer = adviser.get(path, query_string=asked, headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == f"{path}?as-of=2026-11-27&permitDecisionDate=2021-01-01"
    assert "HX-Push-Url" not in adviser.get(path, query_string=asked).headers


def test_what_is_printed_says_what_was_asked_and_of_which_law(ask: Ask) -> None:
    page = ask(permitDecisionDate="2021-01-01", **{"as-of": "2026-11-01"})
    printed = page.first("section", class_="law-print").text
    assert "1 November 2026" in printed
    assert "1 January 2021" in printed
    assert files_mark(regime.RULE_SET) in printed


def test_the_row_that_is_added_takes_the_focus(ask: Ask, laboratory: str) -> None:
    row = ask(laboratory, **{"add-row": "absences"}).first("fieldset", id="field-absences-row-1")
    assert "data-focus" in row.attributes
    button = ask(laboratory).first("button", name="add-row")
    assert button.attributes["formaction"].endswith("#field-absences-row-1")
