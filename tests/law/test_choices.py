"""Local practice: what a tenant decides where the law leaves a choice, and what the rules then answer by."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.kernel import clock
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.scope import tenant_scope
from core.law import personal
from core.law.asking_for_tenant import ask
from core.law.catalogue import MissingRuleSetError
from core.law.choices import service
from core.law.choices.periods import periods_of
from core.law.commands import rules
from core.law.decided import counting, read_source
from core.law.models import LawChoice
from core.plugin_host.privacy import PersonKey
from core.rules.result import Result
from core.rules.stored import read_stored, stored
from core.rules.trail import SETTING
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import Element, page_of
from core.testing.statements import counted
from plugins.no_introduction.law import rule_sets
from plugins.no_introduction.law.absence_effect import RULE_SET as ABSENCE

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = NOW.date()
MODE, MONTHS = "no_introduction.ADD_MODE", "no_introduction.REVIEW_MONTHS"
REVIEWS = "no_introduction.reviews"
FACTS = {"planDate": "2026-06-01", "permitDecisionDate": "2026-03-01"}
Post = Callable[..., TestResponse]


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


@pytest.fixture
def decide(app: Flask, tenant: MadeTenant) -> Callable[..., None]:
    """Decide as the administrator of the tenant."""

    def one(key: str, value: Any, first: date = TODAY, reason: str = "Sak 14.") -> None:
        with acting(app, tenant):
            service.decide(key, value, first, reason)

    return one


@pytest.fixture
def post(admin: FlaskClient, tenant: MadeTenant) -> Post:
    def send(key: str = MONTHS, **typed: str) -> TestResponse:
        return admin.post(f"/t/{tenant.slug}/rules/practice/{key}", data=typed)

    return send


def months_between_reviews(as_of: date) -> tuple[int, str, date | None]:
    """The setting as the rules read it in the scope, with where it comes from and since when."""
    result = review(as_of)
    trail = result.findings["NO-REV-02"].trail
    read = next(one for one in trail if (one.kind, one.name) == (SETTING, "REVIEW_MONTHS"))
    return read.value, read.source, read.valid_from


def review(as_of: date) -> Result:
    rule_set = next(one for one in rule_sets() if one.key == "reviews")
    return ask(REVIEWS, rule_set.facts_from_json(FACTS, "test"), as_of)


def page(client: FlaskClient, tenant: MadeTenant, path: str, status: int = 200) -> Element:
    return page_of(client.get(f"/t/{tenant.slug}/rules{path}"), status).root


def test_without_a_decision_the_rules_assume(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        assert months_between_reviews(TODAY) == (3, "default", None)


def test_a_decision_counts_from_its_day_and_the_trail_says_whose_it_is(
    app: Flask, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, date(2026, 12, 1))
    with acting(app, tenant):
        assert months_between_reviews(date(2026, 11, 30))[0] == 3
        told = months_between_reviews(date(2026, 12, 1))
    assert told == (2, "decision 2026-11-27 access.administrator", date(2026, 12, 1))


def test_a_newer_decision_takes_the_place_of_an_older_one_from_its_day(
    app: Flask, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, date(2026, 1, 1))
    with clock.frozen(NOW + timedelta(hours=1)):
        decide(MONTHS, 4, date(2026, 12, 1))
    with clock.frozen(NOW + timedelta(hours=2)):
        decide(MONTHS, None, date(2027, 1, 1))
    with acting(app, tenant):
        asked = (date(2025, 12, 31), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 1))
        assert [months_between_reviews(day)[0] for day in asked] == [3, 2, 4, 3]


def test_what_one_tenant_decides_is_nothing_to_another(
    app: Flask, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    del tenant
    decide(MONTHS, 2)
    with acting(app, make_tenant("norway.municipality")):
        assert months_between_reviews(TODAY)[0] == 3
        assert not any(one.decisions for one in service.every_choice())


def test_a_value_that_the_rules_no_longer_know_is_not_used_and_says_so(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, decide: Callable[..., None]
) -> None:
    decide(MODE, "EXCESS")
    with tenant_scope(tenant.id):
        row = db.session.scalars(select(LawChoice)).one()
        wrong = LawChoice(
            key=MODE, value="GONE", valid_from=TODAY, reason="-", role="", decided_by=row.decided_by
        )
        wrong.decided_at = NOW + timedelta(minutes=1)
        db.session.add(wrong)
        db.session.commit()
    with acting(app, tenant):
        result = ask("no_introduction.absence_effect", {}, TODAY)
    read = [entry.value for one in result.findings.values() for entry in one.trail if entry.kind == SETTING]
    assert set(read) <= {"ALL"}
    assert "no longer among the choices" in page(admin, tenant, f"/practice/{MODE}").text


def test_a_rule_set_of_a_module_that_is_off_cannot_be_asked(app: Flask) -> None:
    with acting(app, make_tenant("denmark.municipality")), pytest.raises(MissingRuleSetError):
        ask(REVIEWS, {}, TODAY)


def test_the_page_shows_every_choice_with_what_is_assumed_and_who_reads_it(
    admin: FlaskClient, tenant: MadeTenant
) -> None:
    shown = {one.attributes["id"]: one.text for one in page(admin, tenant, "/practice").all("article")}
    declared = {key: one for each in rule_sets() for key, one in each.law.settings.items()}
    assert set(shown) == set(declared)
    assert all(one.meaning.en in shown[key] for key, one in declared.items())
    assert "3 months" in shown["REVIEW_MONTHS"]
    assert "NO-REV-02" in shown["REVIEW_MONTHS"]
    assert "Assumed: nothing is decided" in shown["REVIEW_MONTHS"]


def test_an_administrator_decides_on_the_page_and_everybody_reads_why(
    app: Flask, post: Post, admin: FlaskClient, tenant: MadeTenant
) -> None:
    adviser = make_member(tenant, "access.adviser")
    assert post(value="2", valid_from="2026-12-01", reason="Ledermøtet,\nsak 14").status_code == 303
    for reader in (admin, signed_in(app, adviser)):
        text = page(reader, tenant, f"/practice/{MONTHS}").text
        assert "Ledermøtet" in text
        assert "Admin" in text
        assert "From 1 December 2026" in text
        assert "Assumed: nothing is decided" in text
    with clock.frozen(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        shown = page(signed_in(app, adviser), tenant, f"/practice/{MONTHS}")
        assert "Counts today" in shown.text
        assert not list(shown.all("textarea"))


def test_what_has_counted_is_not_decided_anew_for_days_gone_by(
    app: Flask, post: Post, tenant: MadeTenant
) -> None:
    path = f"/t/{tenant.slug}/rules/practice/{MONTHS}"
    assert post(value="2", valid_from="2026-05-11", reason="Sak 1.").status_code == 303
    with clock.frozen(NOW + timedelta(days=1)):
        tomorrow = signed_in(app, tenant.admin_email)
        typed = {"value": "5", "reason": "Sak 2."}
        refused = tomorrow.post(path, data={**typed, "valid_from": "2020-01-01"})
        assert refused.status_code == 422
        assert "Choose today or a later day" in refused.text
        assert "Sak 2." in refused.text
        assert tomorrow.post(path, data={**typed, "valid_from": "2026-11-28"}).status_code == 303
        assert "never: a newer one took its place" not in tomorrow.get(path).text


def test_going_back_to_what_is_assumed_is_a_decision_too(
    post: Post, admin: FlaskClient, tenant: MadeTenant
) -> None:
    typed = {"valid_from": "2026-11-01", "reason": "Sak 14."}
    first = page(admin, tenant, f"/practice/{MODE}")
    assert not list(first.all("button", name="take-back"))
    assert post(MODE, value="EXCESS", **typed).status_code == 303
    assert list(page(admin, tenant, f"/practice/{MODE}").all("button", name="take-back"))
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert post(MODE, **{"take-back": "yes"}, **typed).status_code == 303
    text = page(admin, tenant, f"/practice/{MODE}").text
    assert "no decision of our own" in text
    assert "never: a newer one took its place" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "7"}, "Choose at most 6 months."),
        ({"value": "0"}, "Choose at least 1 month"),
        ({"value": "often"}, "Write a whole number with digits."),
        ({"value": ""}, "Fill in this field."),
        ({"value": "2", "reason": " "}, "Fill in this field."),
        ({"value": "2", "valid_from": "yesterday"}, "Write a date as year-month-day"),
    ],
)
def test_what_cannot_be_decided_is_said_beside_the_field_and_nothing_typed_is_lost(
    post: Post, tenant: MadeTenant, typed: dict[str, str], said: str
) -> None:
    usual = {"valid_from": "2026-12-01", "reason": "Because of the meeting."}
    shown = page_of(post(**(usual | typed)), 422).root
    assert said in shown.text
    form = next(one for one in shown.all("form") if list(one.all("textarea")))
    assert form.first("input", name="value").attributes["value"] == typed["value"]
    with tenant_scope(tenant.id):
        assert db.session.scalars(select(LawChoice)).all() == []


def test_what_is_decided_already_is_not_decided_again(
    app: Flask, tenant: MadeTenant, post: Post, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2)
    again = post(value="2", valid_from="2026-12-01", reason="Again.")
    assert "decided already" in page_of(again, 409).root.text
    with acting(app, tenant):
        with pytest.raises(Conflict):
            service.decide(MODE, None, TODAY, "Nothing to take back.")
        with pytest.raises(Invalid):
            service.decide(MONTHS, 12, TODAY, "Out of bounds.")
        with pytest.raises(NotFound):
            service.decide("no_introduction.NOTHING", 1, TODAY, "Unknown.")


def test_only_who_may_choose_decides(app: Flask, tenant: MadeTenant, adviser: FlaskClient) -> None:
    path = f"/t/{tenant.slug}/rules/practice/{MONTHS}"
    typed = {"value": "2", "valid_from": "2026-12-01", "reason": "Sak 14."}
    assert adviser.get(path).status_code == 200
    assert adviser.post(path, data=typed).status_code == 403
    with acting(app, tenant, make_member(tenant, "access.leader")), pytest.raises(Refused):
        service.decide(MONTHS, 2, TODAY, "Sak 14.")
    stranger = signed_in(app, make_tenant("norway.municipality").admin_email)
    assert stranger.post(path, data=typed).status_code == 404


def test_the_log_says_that_it_was_decided_and_not_what(
    app: Flask, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, reason="Only in the row.")
    with acting(app, tenant):
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "law.choice_made")).one()
        assert service.titles_of([line.subject_id]) == {line.subject_id: "Months between reviews"}
    assert (line.fields, line.reason) == (["reason", "valid_from", "value"], "")


def test_who_decided_gets_the_decision_handed_out_and_an_erasure_leaves_only_the_decision(
    tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, reason="Agreed with Grete Prøve.")
    named = PersonKey(emails=frozenset({"g@example.org"}), words=frozenset({"Grete Prøve"}))
    with tenant_scope(tenant.id):
        (own,) = personal.export(PersonKey(account_id=tenant.admin_id))
        (other,) = personal.export(named)
        assert own.where == other.where == "Months between reviews"
        assert own.values == other.values == {"law_choice.reason": "Agreed with Grete Prøve."}
        assert [one.count for one in personal.erase(named, dry_run=True)] == [1]
        assert personal.export(PersonKey(account_id=uuid4())) == []


def test_a_kept_answer_says_by_itself_that_it_was_decided(
    app: Flask, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2)
    rule_set = next(one for one in rule_sets() if one.key == "reviews")
    with acting(app, tenant):
        result = review(TODAY)
    kept = read_stored(json.loads(json.dumps(stored(rule_set, result, REVIEWS))))
    told = next(one for one in kept.trail if one.name == "REVIEW_MONTHS")
    assert (told.value, told.valid_from) == (2, TODAY)
    assert read_source(told.source) == (TODAY, "access.administrator")


def test_the_explorer_answers_as_decided_and_can_try_another(
    adviser: FlaskClient, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, date(2026, 11, 1))
    as_decided = page(adviser, tenant, f"/{REVIEWS}?planDate=2026-06-01&permitDecisionDate=2026-03-01")
    assert "Decided by your organisation: 2 months." in as_decided.text
    rule = as_decided.first("article", id="NO-REV-02").text
    assert "decided by the organisation on 27 November 2026 (Administrator)" in rule
    tried = page(
        adviser,
        tenant,
        f"/{REVIEWS}?planDate=2026-06-01&permitDecisionDate=2026-03-01&setting.REVIEW_MONTHS=5",
    )
    rule = tried.first("article", id="NO-REV-02").text
    assert "tried here" in rule
    assert "decided by the organisation" not in rule


def test_a_second_case_on_another_day_is_answered_by_what_counts_then(
    adviser: FlaskClient, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, date(2026, 11, 1))
    query = "planDate=2026-06-01&permitDecisionDate=2026-03-01&two-scenarios=on&as-of=2026-10-31"
    told = adviser.get(f"/t/{tenant.slug}/rules/{REVIEWS}/answer.json?{query}&second.as-of=2026-11-01").json
    assert told is not None
    assert told["question"]["settings"] == {}
    assert told["second"]["question"]["settings"] == {"REVIEW_MONTHS": 2}


def test_the_law_page_shows_what_is_decided_here(
    adviser: FlaskClient, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MODE, "EXCESS")
    shown = page(adviser, tenant, f"/no_introduction.{ABSENCE.key}/law")
    links = {one.attributes.get("href") for one in shown.all("a")}
    assert f"/t/{tenant.slug}/rules/practice/{MODE}" in links
    text = shown.text
    assert "Decided here" in text
    assert ABSENCE.law.settings["ADD_MODE"].type.choices["EXCESS"].en in text


def test_a_terminal_asks_as_a_tenant_is_answered(
    app: Flask, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    decide(MONTHS, 2, date(2026, 11, 1))
    lines = [json.dumps({"facts": FACTS, "asOf": day}) for day in ("2026-10-31", "2026-11-01")]

    def months(*options: str) -> list[Any]:
        line = ["evaluate", REVIEWS, "--facts", "-", "--lines", *options]
        answer = app.test_cli_runner().invoke(rules, line, input="\n".join(lines))
        trails = [json.loads(one)["trail"] for one in answer.stdout.splitlines()]
        return [one["value"] for each in trails for one in each if one["name"] == "REVIEW_MONTHS"]

    assert months() == [3, 3]
    assert months("--tenant", tenant.slug) == [3, 2]
    assert months("--tenant", tenant.slug, "--setting", "REVIEW_MONTHS=4") == [4, 4]
    unknown = app.test_cli_runner().invoke(rules, ["evaluate", REVIEWS, "--facts", "-", "--tenant", "nobody"])
    assert "--tenant nobody: no organisation has this address" in unknown.output


def test_more_decisions_cost_no_more_queries(
    admin: FlaskClient, tenant: MadeTenant, decide: Callable[..., None]
) -> None:
    def queries(path: str) -> int:
        with counted() as sent:
            page(admin, tenant, path)
        return len(sent)

    paths = ("/practice", f"/practice/{MONTHS}", f"/{REVIEWS}", f"/{REVIEWS}/law")
    queries("/practice")
    decide(MONTHS, 1)
    before = [queries(path) for path in paths]
    for number in range(2, 6):
        with clock.frozen(NOW + timedelta(minutes=number)):
            decide(MONTHS, number)
            decide(MODE, ("ALL", "EXCESS")[number % 2])
    assert [queries(path) for path in paths] == before
    assert before[0] <= queries("") + 1, "the decisions, and nothing else"


def test_a_setting_is_called_the_same_in_all_rule_sets_of_a_plugin() -> None:
    declared: dict[str, set[int]] = {}
    for each in rule_sets():
        for key, setting in each.law.settings.items():
            declared.setdefault(key, set()).add(id(setting))
    assert [key for key, those in declared.items() if len(those) > 1] == []


DECISIONS = st.lists(st.integers(min_value=0, max_value=12), max_size=8)


@given(DECISIONS, st.integers(min_value=-1, max_value=14))
def test_the_periods_say_the_same_as_the_newest_decision_whose_day_has_come(
    days: list[int], asked: int
) -> None:
    begin = date(2026, 1, 1)
    decisions = [LawChoice(valid_from=begin + timedelta(days=day)) for day in days]
    day = begin + timedelta(days=asked)
    holding = [one for one, period in periods_of(decisions) if period and period.holds(day)]
    found = counting(decisions, day)
    assert holding == ([found] if found else [])
