"""The explorer: a question in the address, its answer with reasons, two cases side by side, nothing kept."""

import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.rules.context import Switches
from core.rules.evaluate import evaluate
from core.rules.rule_set import RuleSet
from core.rules.texts import LANGUAGES
from core.tenancy import service as tenancy
from core.tenancy.models import TenantPlugin
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted
from plugins.no_introduction.law import regime
from tests.law.pages import SET, Ask, findings, links, names


def test_the_sets_of_the_modules_that_are_on_are_listed(adviser: FlaskClient, tenant: MadeTenant) -> None:
    page = page_of(adviser.get(f"/t/{tenant.slug}/rules")).root
    assert regime.RULE_SET.title.en in page.text
    links = {one.attributes["href"] for one in page.all("a")}
    assert {f"/t/{tenant.slug}/rules/{SET}", f"/t/{tenant.slug}/rules/{SET}/law"} <= links


def test_what_is_known_is_answered_while_a_fact_for_the_rest_is_missing(ask: Ask) -> None:
    page = ask("no_introduction.decisions", **{"as-of": "2026-12-07", "noticeArrivedOn": "2026-12-04"})
    assert "Answered as far as it goes" in page.text
    assert "More facts are needed" in page.text
    (card,) = [one for one in page.all("div") if "law-conclusion" in one.attributes.get("class", "").split()]
    assert "28 December 2026" in card.text


def test_an_answer_that_is_met_asks_for_nothing_that_nobody_asked_about(ask: Ask) -> None:
    given = {"permitType": "S28", "permitDecisionDate": "2022-01-01", "as-of": "2026-11-27"}
    page = ask("no_introduction.social_studies", **given)
    assert "75" in page.text
    assert "To answer, these facts are needed" not in page.text
    assert not [one for one in page.all("span") if one.text == "Missing"]


def test_without_facts_the_page_asks_for_those_that_are_needed(ask: Ask) -> None:
    page = ask()
    assert "More facts are needed" in page.text
    assert "permitDecisionDate" in names(page)
    decision = regime.RULE_SET.law.facts["permit_decision_date"].title.en
    assert decision in findings(page)["NO-REG-01"]


def test_a_fact_decides_and_because_says_so(ask: Ask) -> None:
    page = ask(permitDecisionDate="2021-01-01")
    text = findings(page)["NO-REG-01"]
    assert "Met" in text
    assert "1 January 2021" in text
    cells = {one.text for one in next(page.all("article", id="NO-REG-01")).all("td")}
    value = regime.RULE_SET.law.parameters["integration_act_from"].values[0]
    assert any(value.reference in one for one in cells)
    assert any("typed here" in one for one in cells)
    answer = regime.RULE_SET.value.choices["INTEGRATION_ACT"].en
    assert answer in page.text


def test_every_finding_of_the_engine_stands_on_the_page(ask: Ask) -> None:
    page = ask()
    assert sorted(findings(page)) == sorted(regime.RULE_SET.own_rules)


def test_facts_that_do_not_matter_are_put_away(ask: Ask) -> None:
    page = ask(permitDecisionDate="2021-01-01")
    away = next(one for one in page.all("details") if "do not matter" in one.text)
    assert {"appliedFromAbroad", "arrivalDate"} <= names(away)
    page = ask(permitDecisionDate="2020-12-31", appliedFromAbroad="yes")
    away = [one for one in page.all("details") if "do not matter" in one.text]
    assert not any("arrivalDate" in names(one) for one in away)


def test_the_day_chooses_the_rules_as_they_stood(ask: Ask) -> None:
    given = {"permitType": "S34", "permitDecisionDate": "2022-03-11"}
    before = findings(ask(**given, **{"as-of": "2022-06-14"}))["NO-REG-02"]
    after = findings(ask(**given, **{"as-of": "2022-06-15"}))["NO-REG-02"]
    assert "Does not apply" in before
    assert "Met" in after


def test_the_link_makes_the_same_page_again(ask: Ask, adviser: FlaskClient, tenant: MadeTenant) -> None:
    given = {"permitDecisionDate": "2020-12-20", "appliedFromAbroad": "yes", "as-of": "2026-11-27"}
    page = ask(**given)
    link = urlsplit(page.first("input", id="question-link").attributes["value"])
    again = page_of(adviser.get(f"{link.path}?{link.query}")).root
    assert findings(again) == findings(page)
    assert again.first("input", name="permitDecisionDate").attributes["value"] == "2020-12-20"
    assert again.first("input", name="as-of").attributes["value"] == "2026-11-27"


def test_a_link_without_a_day_names_the_day_on_which_it_was_made(ask: Ask) -> None:
    page = ask()
    assert "as-of=" in page.first("input", id="question-link").attributes["value"]


def test_the_day_before_a_change_is_a_link_away(ask: Ask) -> None:
    page = ask(permitType="S34", permitDecisionDate="2022-03-11")
    hrefs = [one.attributes.get("href", "") for one in page.all("a")]
    assert any("as-of=2022-06-14" in one and "permitType=S34" in one for one in hrefs)
    assert any("as-of=2022-06-15" in one for one in hrefs)
    assert any("permitDecisionDate=2025-12-31" in one for one in hrefs), "the date that selects is moved"


def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(ask: Ask) -> None:
    page = ask(status=422, permitDecisionDate="yesterday", permitType="S34")
    assert "Write a date" in page.first("p", id="field-permitDecisionDate-error").text
    assert page.first("input", name="permitDecisionDate").attributes["value"] == "yesterday"
    chosen = next(one for one in page.first("select", name="permitType").all("option", value="S34"))
    assert "selected" in chosen.attributes
    assert findings(page) == {}


def test_what_the_rules_do_not_ask_for_is_told(ask: Ask) -> None:
    assert "do not ask for: colour" in ask(colour="red").text


def test_two_cases_stand_side_by_side_and_their_differences_are_said_in_words(ask: Ask) -> None:
    page = ask(
        **{
            "two-scenarios": "on",
            "permitDecisionDate": "2021-01-01",
            "second.permitDecisionDate": "2020-12-31",
            "second.appliedFromAbroad": "no",
        }
    )
    told = findings(page)
    assert "Differs between the cases" in told["NO-REG-01"]
    assert "Differs" not in told["NO-REG-06"]
    assert "1 January 2021" in told["NO-REG-01"]
    assert "31 December 2020" in told["NO-REG-01"]
    table = next(one for one in page.all("table") if "What differs between the cases" in one.text)
    assert regime.RULE_SET.law.facts["permit_decision_date"].title.en.capitalize() in table.text
    assert "second.permitDecisionDate" in names(page)


def test_the_second_case_may_be_another_day(ask: Ask) -> None:
    given = {"permitType": "S34", "permitDecisionDate": "2022-03-11", "as-of": "2022-06-14"}
    page = ask(**given, **{"two-scenarios": "on", "second.as-of": "2022-06-15"})
    assert "Differs" in findings(page)["NO-REG-02"]


def test_pending_law_can_be_tried_and_says_so(ask: Ask) -> None:
    key = next(iter(regime.RULE_SET.law.switches))
    off = findings(ask(**{"as-of": "2027-01-01"}))["NO-REG-05"]
    on = ask(**{"as-of": "2027-01-01", f"switch.{key}": "2027-01-01"})
    assert "Not met" in off
    assert "tried here" in findings(on)["NO-REG-05"]
    assert "Not met" not in findings(on)["NO-REG-05"]


def test_a_flag_is_something_for_a_person_and_never_a_no(ask: Ask, laboratory: str) -> None:
    page = ask(laboratory, hours="29,5", sick="yes", began="2025-01-01")
    text = findings(page)["LAB-02"]
    assert "A person has to look at this" in text
    assert "Somebody has to look at this." in text
    assert "Not met" not in text
    assert "29.5 hours per week" in page.text


def test_what_a_rule_reads_twice_is_told_once(ask: Ask, laboratory: str) -> None:
    card = ask(laboratory, hours="3").first("article", id="LAB-02")
    assert [one.text for one in card.all("th", scope="row")].count("Fact: count") == 1


def test_rows_are_added_without_a_script(ask: Ask, laboratory: str) -> None:
    given = {"began": "2025-01-01", "absences.0.firstDay": "2025-02-01"}
    assert "absences.1.firstDay" in names(ask(laboratory, **given))
    assert "absences.2.firstDay" not in names(ask(laboratory, **given))
    assert "absences.2.firstDay" in names(ask(laboratory, **given, **{"add-row": "absences"}))
    assert "1 absences." in findings(ask(laboratory, **given))["LAB-01"]


def test_a_row_that_lacks_something_says_which_field(ask: Ask, laboratory: str) -> None:
    page = ask(laboratory, status=422, **{"absences.0.days": "2"})
    assert "Fill in this field" in page.first("p", id="field-absences-0-firstDay-error").text


def test_a_setting_is_tried_with_what_is_assumed_beside_it(ask: Ask, laboratory: str) -> None:
    given = {"began": "2025-01-01", "absences": "known"}
    page = ask(laboratory, **given)
    assert "assumed: nothing is decided" in findings(page)["LAB-01"]
    assert page.first("select", name="setting.MODE").first("option", value="").text == "As assumed"
    assert "tried here" in findings(ask(laboratory, **given, **{"setting.MODE": "SOME"}))["LAB-01"]


def test_the_answer_for_programs_holds_the_question(adviser: FlaskClient, tenant: MadeTenant) -> None:
    given = {"permitDecisionDate": "2021-01-01", "as-of": "2026-11-27"}
    answer = adviser.get(f"/t/{tenant.slug}/rules/{SET}/answer.json", query_string=given)
    told = json.loads(answer.text)
    assert told["question"]["facts"] == {"permitDecisionDate": "2021-01-01"}
    assert told["question"]["asOf"] == "2026-11-27"
    assert told["answer"]["value"] == "INTEGRATION_ACT"
    assert told["answer"]["ruleSet"] == SET
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_question_that_cannot_be_read_has_no_answer_for_programs(
    adviser: FlaskClient, tenant: MadeTenant
) -> None:
    path = f"/t/{tenant.slug}/rules/{SET}/answer.json?permitDecisionDate=x"
    answer = adviser.get(path)
    assert answer.status_code == 422
    assert list(json.loads(answer.text)["errors"]) == ["permitDecisionDate"]


def test_nothing_is_stored_and_nothing_is_kept_by_the_browser(
    adviser: FlaskClient, tenant: MadeTenant
) -> None:
    with counted() as sent:
        answer = adviser.get(f"/t/{tenant.slug}/rules/{SET}?permitDecisionDate=2021-01-01")
    assert not [one for one in sent if one.lstrip().upper().startswith("INSERT")]
    assert answer.headers["Cache-Control"] == "no-store"
    with tenant_scope(tenant.id):
        actions = set(db.session.scalars(select(AuditEntry.action)))
    assert not any("rule" in one or "law" in one for one in actions)


def test_rules_of_a_module_that_is_off_are_not_there(adviser: FlaskClient, tenant: MadeTenant) -> None:
    with tenant_scope(tenant.id):
        on = tenancy.plugins_switched_on()
        for row in db.session.scalars(select(TenantPlugin).where(TenantPlugin.plugin == "no_introduction")):
            row.on_until = row.on_from
        db.session.commit()
    assert "no_introduction" in on
    for path in ("", "/law", "/answer.json"):
        assert adviser.get(f"/t/{tenant.slug}/rules/{SET}{path}").status_code == 404
    page = page_of(adviser.get(f"/t/{tenant.slug}/rules")).root
    assert "There are no rules here" in page.text
    assert not any(one.attributes.get("href", "").endswith("/rules") for one in page.first("nav").all("a"))


def test_only_some_look_up_the_rules(app: Flask, tenant: MadeTenant) -> None:
    path = f"/t/{tenant.slug}/rules/{SET}"
    stranger = signed_in(app, make_tenant("norway.municipality").admin_email)
    assert stranger.get(path).status_code == 404
    officer = signed_in(app, make_member(tenant, "access.privacy_officer"))
    assert officer.get(path).status_code == 403
    reader = signed_in(app, make_member(tenant, "access.reader"))
    assert reader.get(path).status_code == 200


def test_a_county_has_the_rules_from_its_first_day_and_can_switch_them_off(app: Flask) -> None:
    county = make_tenant("norway.county")
    coordinator = signed_in(app, make_member(county, "norway.regional_coordinator"))
    home = f"/t/{county.slug}/"
    assert f"{home}rules" in links(page_of(coordinator.get(home)).root.first("nav"))
    assert f"{home}rules" in page_of(coordinator.get(home)).links(), "a first step, beside the menu"
    listed = page_of(coordinator.get(f"{home}rules")).root
    assert {f"{home}rules/{SET}", f"{home}rules/{SET}/law"} <= links(listed)
    with acting(app, county):
        tenancy.choose_plugins([])
    assert coordinator.get(f"{home}rules/{SET}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language_and_marks_the_laws_own(
    ask: Ask, adviser: FlaskClient, language: str
) -> None:
    adviser.post("/language", data={"language": language})
    page = ask(permitDecisionDate="2021-01-01")
    title = regime.RULE_SET.title
    heading = page.first("h1")
    assert heading.text == title.in_language(language)
    marked = [one.attributes.get("lang") for one in heading.all("span")]
    assert marked == ([] if getattr(title, language) else ["nb"])
    choice = page.first("select", name="permitType").first("option", value="S28")
    assert choice.attributes.get("lang") == (None if language in {"nb", "en"} else "nb")


def test_a_page_asks_the_database_a_fixed_number_of_times(adviser: FlaskClient, tenant: MadeTenant) -> None:
    home = f"/t/{tenant.slug}/rules"
    with counted() as of_list:
        adviser.get(home)
    with counted() as of_question:
        adviser.get(
            f"{home}/no_introduction.target_group?two-scenarios=on&permitType=S28&second.permitType=S34"
        )
    assert len(of_question) <= len(of_list) + 2, "the days of pending law, what is decided, and nothing else"


def test_the_page_answers_as_the_engine_does(ask: Ask) -> None:
    switches: Switches = {}
    rule_set: RuleSet = regime.RULE_SET
    facts: dict[str, Any] = {"permitType": "S34", "permitDecisionDate": "2022-03-11"}
    result = evaluate(
        rule_set, rule_set.facts_from_json(facts, "form"), date(2026, 11, 27), switches=switches
    )
    told = findings(ask(**facts, **{"as-of": "2026-11-27"}))
    for rule_id, found in result.findings.items():
        assert found.sentence().en in told[rule_id]
