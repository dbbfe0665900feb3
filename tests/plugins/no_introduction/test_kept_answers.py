"""What the rules answered about a plan or a contract is kept, and stays when the law changes."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from core.agreements.amending import service as amending
from core.agreements.by_law.models import LawAnswer
from core.agreements.by_law.service import answers, has_answers
from core.agreements.drafts import service as drafts
from core.agreements.models import Agreement
from core.agreements.personal import answers as about_people
from core.agreements.personal.erasing import erase, expired
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.gathering import service as gatherings
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.host import Contribution
from core.plugin_host.privacy import Outcome, PersonKey
from core.rules.stored import StoredAnswer, read_stored
from core.tenancy.kinds import host
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.rollback import as_worker
from core.testing.statements import counted
from tests.plugins.no_introduction.conftest import CONTRACT, NOW, PLAN, whole
from tests.plugins.no_introduction.test_law_changes import COPY, change, copy_of_the_law

YONAS = PersonKey(emails=frozenset({"yonas@example.org"}), words=frozenset({"Yonas Øvelse"}))
ADVISER = PersonKey(emails=frozenset({"municipality@example.org"}))


def sent(type_key: str) -> UUID:
    agreement_id = whole(type_key)
    signing.send(agreement_id)
    return agreement_id


def sign_together(agreement_id: UUID) -> None:
    case = open_case(agreement_id)
    table = gatherings.begin(agreement_id, "Introduksjonssenteret")
    for one in case.requests:
        gatherings.sign_at(table, one.id, name=one.name, role=one.role_title, sha256=case.version.sha256)


def kept(agreement_id: UUID) -> list[tuple[str, StoredAnswer]]:
    query = select(LawAnswer).where(LawAnswer.agreement_id == agreement_id).order_by(LawAnswer.asked_at)
    return [(row.occasion, read_stored(row.answer)) for row in db.session.scalars(query)]


@pytest.fixture
def new_law(inside: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same rules in new words, by a change of a file alone."""
    folder = copy_of_the_law(tmp_path)
    change(folder / "plan.yaml", "\n  - id: NO-PLN-01", "nb: Planens innhold", "nb: Nytt innhold i planen")
    change(folder / "plan.yaml", "\n  - id: NO-PLN-01", "en: Contents of the plan", "en: New contents")
    sys.path.insert(0, str(folder.parent))
    try:
        changed = import_module(f"{COPY}.plan").RULE_SET
        others = [one for one in host().declared("register_rule_sets") if one.value[1].key != "plan"]
        declared = [*others, Contribution("no_introduction", ("no_introduction.plan", changed))]
        yield monkeypatch.setitem(host()._declared, "register_rule_sets", declared)
    finally:
        sys.path.remove(str(folder.parent))
        for name in [one for one in sys.modules if one.split(".")[0] == COPY]:
            del sys.modules[name]


def test_the_answer_is_kept_when_a_plan_is_sent_and_once_only_while_it_is_the_same(inside: None) -> None:
    plan = sent(PLAN)
    sign_together(plan)

    ((occasion, answer),) = kept(plan)
    assert (occasion, answer.rule_set, answer.as_of) == ("sent", "no_introduction.plan", date(2027, 1, 15))
    assert answer.status == "unknown"
    assert {one.rule_id: one.status for one in answer.findings}["NO-PLN-01"] == "met"
    contents = next(one for one in answer.trail if (one.kind, one.name) == ("fact", "plan_contents"))
    assert (
        answer.sources[contents.source].en
        == "the agreement: clauses that are in, and fields that are filled in"
    )
    assert answer.words["LONG_TERM_GOAL"].nb == "langsiktig mål"


def test_a_contract_is_asked_about_again_when_all_have_signed(inside: None) -> None:
    contract = sent(CONTRACT)
    sign_together(contract)

    (first, before), (second, after) = kept(contract)
    assert (first, before.status, before.value["missing"]) == (
        "sent",
        "not_met",
        ("MUNICIPALITY", "PARTICIPANT"),
    )
    assert (second, after.status, after.value["missing"]) == ("in_force", "met", ())


def test_a_draft_that_is_taken_back_and_sent_again_has_an_answer_for_each_version(inside: None) -> None:
    plan = sent(PLAN)
    signing.withdraw(plan)
    drafts.save_value(plan, "drawn_up_on", "2026-12-15")
    drafts.save_value(plan, "mapping_on", "2026-12-01")
    signing.send(plan)

    assert [answer.as_of for _occasion, answer in kept(plan)] == [date(2027, 1, 15), date(2026, 12, 15)]
    found = answers(plan)
    assert [(one.number, one.answer.as_of.isoformat()) for one in (*found.newest, *found.earlier)] == [
        (2, "2026-12-15"),
        (1, "2027-01-15"),
    ]


def test_a_change_that_is_told_has_an_answer_about_its_own_version(inside: None) -> None:
    plan = sent(PLAN)
    sign_together(plan)
    draft = amending.begin(plan, "Ny leder")
    person = {
        "name": "Nye Øvelse",
        "role_title": "",
        "email": "ny@example.org",
        "phone": "",
        "authority": False,
    }
    drafts.save_contact(draft, "leader", person)
    amending.tell(draft)

    assert [(one.occasion, one.number) for one in answers(plan).newest] == [("notice", 2)]
    assert [(one.occasion, one.number) for one in answers(plan).earlier] == [("sent", 1)]


def test_an_old_answer_stays_when_the_law_changes_and_a_new_one_has_the_new_words(
    inside: None, request: pytest.FixtureRequest
) -> None:
    old = sent(PLAN)
    request.getfixturevalue("new_law")
    new = sent(PLAN)
    sign_together(old)

    def title(answer: StoredAnswer) -> str:
        return next(one.title.en for one in answer.findings if one.rule_id == "NO-PLN-01")

    assert [(occasion, title(one)) for occasion, one in kept(old)] == [
        ("sent", "Contents of the plan"),
        ("in_force", "New contents"),
    ]
    assert [title(one) for _occasion, one in kept(new)] == ["New contents"]
    (shown,) = answers(old).earlier
    assert shown.answer.findings[0].title == "Contents of the plan"


def test_nobody_changes_an_answer(inside: None) -> None:
    sent(PLAN)
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work():
        db.session.execute(update(LawAnswer).values(occasion="in_force"))
    db.session.rollback()


def test_the_page_shows_the_answer_with_its_reasons_and_the_agreement_leads_there(
    app: Flask, tenant: MadeTenant
) -> None:
    browser = signed_in(app, tenant.admin_email)
    browser.set_cookie("language", "en")
    with clock.frozen(NOW), acting(app, tenant):
        draft, contract = whole(PLAN), sent(CONTRACT)
        sign_together(contract)
    path = f"/t/{tenant.slug}/agreements"

    assert "Checked against the rules" not in browser.get(f"{path}/{draft}").text
    assert f"{path}/{contract}/rules" in browser.get(f"{path}/{contract}").text
    page = asked_seldom(browser, f"{path}/{contract}/rules")
    assert "The contract was signed by both on 15 January 2027, at the same time as the plan." in page
    assert "the agreement: clauses that are in, and fields that are filled in" in page
    assert "the obligations of the municipality, the obligations of the participant" in page
    assert "Earlier answers" in page
    assert "No answer is kept" in browser.get(f"{path}/{draft}/rules").text


def asked_seldom(browser: FlaskClient, path: str) -> str:
    browser.get(path)
    with counted() as statements:
        page = browser.get(path)
    assert page.status_code == 200
    assert len(statements) <= 9
    return page.text


def test_an_agreement_s_page_asks_once_more_for_a_type_with_rules_and_not_at_all_for_others(
    inside: None,
) -> None:
    plan = db.session.scalars(select(Agreement).where(Agreement.id == sent(PLAN))).one()
    with counted() as statements:
        assert has_answers(plan)
        assert not has_answers(Agreement(type_key="no_work_training.intention_agreement"))
    assert len(statements) == 1


def test_the_home_page_looks_pending_law_up_once_however_many_contracts_are_drafts(
    app: Flask, tenant: MadeTenant
) -> None:
    browser = signed_in(app, tenant.admin_email)
    counts = []
    for more in (1, 2):
        with acting(app, tenant):
            for _ in range(more):
                whole(CONTRACT)
        with counted() as statements:
            assert "Plan" in browser.get(f"/t/{tenant.slug}/").text
        counts.append(sum("law_switch" in one for one in statements))
    assert counts == [1, 1]


def test_no_other_tenant_sees_an_answer(app: Flask, tenant: MadeTenant) -> None:
    with clock.frozen(NOW), acting(app, tenant):
        plan = sent(PLAN)
    other = make_tenant("norway.municipality")
    browser = signed_in(app, other.admin_email)

    assert browser.get(f"/t/{other.slug}/agreements/{plan}/rules").status_code == 404
    with tenant_scope(other.id):
        assert kept(plan) == []


def test_the_participant_gets_the_answers_and_the_adviser_does_not(inside: None) -> None:
    plan = sent(PLAN)

    (record,) = about_people.export(YONAS)
    assert (record.data, record.where) == (about_people.ANSWERS, "Plan")
    assert record.values["agreements_law_answer.answer"]["ruleSet"] == "no_introduction.plan"
    assert about_people.export(ADVISER) == []
    assert kept(plan) != []


def test_answers_stay_while_the_plan_is_evidence_and_are_erased_with_it(inside: None) -> None:
    plan = sent(PLAN)
    with as_worker(), unit_of_work():
        assert (about_people.ANSWERS, Outcome.KEEP, 1) in outcomes(YONAS)
    assert len(kept(plan)) == 1

    signing.cancel(plan, "Feil person")
    with as_worker(), unit_of_work():
        assert (about_people.ANSWERS, Outcome.ERASE, 1) in outcomes(YONAS)
    assert kept(plan) == []


def outcomes(who: PersonKey) -> list[tuple[str, Outcome, int]]:
    return [(one.data, one.outcome, one.count) for one in erase(who, dry_run=False)]


def test_ten_years_after_the_last_day_the_answers_are_gone(inside: None) -> None:
    plan = sent(PLAN)
    sign_together(plan)
    later = datetime(2038, 3, 1, tzinfo=UTC)
    for now, left in ((later - timedelta(days=60), 1), (later, 0)):
        with clock.frozen(now), as_worker(), unit_of_work():
            expired(now, [], ["agreements.people"])
        assert len(kept(plan)) == left
