from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.access.approvals import service as approvals
from core.agreements.drafts import service as drafts
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.kernel import clock
from core.kernel.ids import new_id
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted

TYPE = "no_work_training.intention_agreement"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def inside(app: Flask, tenant: MadeTenant) -> Iterator[None]:
    with acting(app, tenant):
        yield


def home(app: Flask, tenant: MadeTenant, email: str = "") -> str:
    browser = signed_in(app, email or tenant.admin_email)
    browser.set_cookie("language", "en")
    answer = browser.get(f"/t/{tenant.slug}/")
    assert answer.status_code == 200
    return answer.text


def sent(title: str) -> Any:
    agreement_id = complete_draft(title, type_key=TYPE)
    return agreement_id, signing.send(agreement_id)


def sign_all(agreement_id: Any, links: Any) -> None:
    for link in links:
        sha256 = open_case(agreement_id).version.sha256
        signing.sign(signing.key_of_link(link.token), name="Ola", role="leder", sha256=sha256)


def test_an_empty_home_says_what_to_do_first(app: Flask, tenant: MadeTenant) -> None:
    page = home(app, tenant)
    assert "Nothing needs attention now" in page
    assert f"/t/{tenant.slug}/agreements/new" in page
    assert f"/t/{tenant.slug}/people" in page


def test_a_reader_is_not_offered_what_the_role_does_not_allow(app: Flask, tenant: MadeTenant) -> None:
    page = home(app, tenant, make_member(tenant, "access.reader"))
    assert "agreements/new" not in page
    assert "Invite colleagues" not in page


def test_a_question_that_waits_for_a_second_person_is_shown_to_those_who_may_answer(
    app: Flask, tenant: MadeTenant
) -> None:
    leader = make_member(tenant, "access.leader")
    with acting(app, tenant, leader):
        approvals.ask("tests.paint", "house", new_id(), reason="It is grey")
    page = page_of(signed_in(app, tenant.admin_email).get(f"/t/{tenant.slug}/"))
    assert "1 colleague waits for your yes or no" in page.text
    assert f"/t/{tenant.slug}/approvals" in page.links()
    assert "Nothing needs attention now" not in page.text
    for other in (leader, make_member(tenant, "access.adviser")):
        assert "yes or no" not in home(app, tenant, other)


def test_whoever_reads_no_agreements_finds_what_the_role_opens(app: Flask, tenant: MadeTenant) -> None:
    officer = signed_in(app, make_member(tenant, "access.privacy_officer"))
    page = page_of(officer.get(f"/t/{tenant.slug}/"))
    assert "What you can open here" in page.text
    assert "agreements" not in " ".join(page.links())
    for below in ("people", "audit", "privacy", "approvals", "standing-in"):
        assert f"/t/{tenant.slug}/{below}" in page.links()
    assert {officer.get(link).status_code for link in page.links()} == {200}
    assert "What you can open here" not in home(app, tenant)


def test_my_draft_is_listed_with_how_much_is_missing_and_others_are_not(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    drafts.begin(drafts.Beginning(TYPE, "Uferdig avtale", {}))
    complete_draft("Ferdig skrevet", type_key=TYPE)
    page = home(app, tenant)
    assert "Uferdig avtale" in page
    assert "things are missing" in page
    assert "Ready to send" in page
    assert "Uferdig avtale" not in home(app, tenant, make_member(tenant, "access.adviser"))


def test_what_a_party_refused_is_listed(app: Flask, tenant: MadeTenant, inside: None) -> None:
    _id, links = sent("Avslått avtale")
    signing.refuse(signing.key_of_link(links[0].token), "Nei.")
    page = home(app, tenant)
    assert "Refused" in page
    assert "Avslått avtale" in page


def test_what_waits_for_me_is_listed_at_once_and_for_others_after_a_week(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    _id, links = sent("Venter på signatur")
    assert "Venter på signatur" not in home(app, tenant)
    with clock.frozen(clock.now() + timedelta(days=8)):
        page = home(app, tenant)
    assert "Not signed after a week" in page
    assert "Venter på signatur" in page
    assert len(links) == 2


def test_late_promises_and_agreements_about_to_end_are_listed(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    agreement_id, links = sent("I kraft")
    sign_all(agreement_id, links)
    assert "Next 60 days" not in home(app, tenant)
    with clock.frozen(clock.now() + timedelta(days=150)):
        assert "Next 60 days" in home(app, tenant)
    with clock.frozen(clock.now() + timedelta(days=320)):
        page = home(app, tenant)
    assert "Late" in page
    assert "About to end" in page


def statements(browser: FlaskClient, url: str) -> int:
    with counted() as sent_statements:
        assert browser.get(url).status_code == 200
    return len(sent_statements)


def test_home_takes_at_most_seventeen_statements_however_much_there_is(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    counts = []
    for number in range(3):
        agreement_id, links = sent(f"I kraft {number}")
        sign_all(agreement_id, links)
        sent(f"Ute {number}")
        drafts.begin(drafts.Beginning(TYPE, f"Utkast {number}", {}))
        with clock.frozen(clock.now() + timedelta(days=320)):
            browser = signed_in(app, tenant.admin_email)
            counts.append(statements(browser, f"/t/{tenant.slug}/"))
    assert len(set(counts)) == 1
    assert counts[0] <= 17
