"""The pages of the data-protection officer, from the search to the certificate, and what is due."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access import service as access
from core.access.models import Invitation
from core.access.personal.accounts import ERASED
from core.agreements.models import Agreement, Contact
from core.kernel import clock
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import Retention
from core.plugin_host.wording import Wording
from core.privacy import periods
from core.testing.factories import MadeTenant, make_member, signed_in
from tests.privacy.conftest import NAME, Known, approve_all, run_jobs

WORDS = Wording(nb="x", da="x", en="x")


@pytest.fixture
def browser(app: Flask, known: Known) -> FlaskClient:
    return signed_in(app, known.officer)


def found_inquiry(browser: FlaskClient, known: Known) -> str:
    home = f"/t/{known.tenant.slug}/privacy"
    page = browser.post(f"{home}/search", data={"text": "personvernsen"}).text
    assert NAME in page
    fields = {"account_id": str(known.account_id), "email": known.email}
    answer = browser.post(f"{home}/inquiries", data=fields)
    assert answer.status_code == 303
    return str(answer.location)


def test_from_the_search_to_the_certificate(known: Known, browser: FlaskClient) -> None:
    inquiry = found_inquiry(browser, known)
    assert known.email not in inquiry, "nobody's address stands in the address of a page"
    page = browser.get(inquiry).text
    assert NAME in page
    assert browser.post(f"{inquiry}/export", data={"language": "da"}).status_code == 303
    run_jobs()
    link = re.search(r'href="([^"]+person\.zip)"', browser.get(inquiry).text)
    assert link
    file = browser.get(link[1])
    assert (file.status_code, file.mimetype) == (200, "application/zip")
    assert "attachment" in file.headers["Content-Disposition"]
    plan = browser.get(f"{inquiry}/erase").text
    assert NAME in plan
    without_reason = browser.post(f"{inquiry}/erase", data={"reason": ""})
    assert without_reason.status_code == 422
    asked = browser.post(f"{inquiry}/erase", data={"reason": "Asked for."})
    assert (asked.status_code, asked.location) == (303, f"/t/{known.tenant.slug}/approvals")
    assert run_jobs() == 0, "nothing happens before a second person has said yes"
    assert 'name="reason"' not in browser.get(f"{inquiry}/erase").text, "it is asked for once"
    assert browser.post(f"{inquiry}/erase", data={"reason": "Again."}).status_code == 409
    approve_all(browser.application, known.tenant)
    run_jobs()
    certificate = certificate_on(browser.get(f"/t/{known.tenant.slug}/privacy").text)
    done = browser.get(certificate).text
    assert "Asked for." in done
    assert "Ombudet Selv" in done
    assert admin_name(known) in done
    assert NAME not in done
    assert browser.get(f"{certificate}/certificate.pdf").data.startswith(b"%PDF")
    assert NAME not in browser.get(inquiry).text
    assert browser.get(f"/t/{known.tenant.slug}/privacy").status_code == 200
    assert browser.get(link[1]).status_code == 410, "what was handed out is gone as well"


def certificate_on(page: str) -> str:
    found = re.search(r'href="([^"]+/privacy/erasures/[^"/]+)"', page)
    assert found
    return found[1]


def admin_name(known: Known) -> str:
    with platform_scope("read for a test"):
        return access.names_of([known.tenant.admin_id])[known.tenant.admin_id]


def test_a_search_for_two_letters_says_what_to_do(known: Known, browser: FlaskClient) -> None:
    answer = browser.post(f"/t/{known.tenant.slug}/privacy/search", data={"text": "Ka"})
    assert answer.status_code == 422
    assert browser.post(f"/t/{known.tenant.slug}/privacy/search", data={"text": ""}).status_code == 422


def test_a_hold_stops_the_erasure_until_it_is_lifted(known: Known, browser: FlaskClient) -> None:
    inquiry = found_inquiry(browser, known)
    hold = {"reason": "A complaint is being dealt with.", "until": ""}
    assert browser.post(f"{inquiry}/hold", data=hold).status_code == 303
    page = browser.get(f"{inquiry}/erase").text
    assert hold["reason"] in page
    refused = browser.post(f"{inquiry}/erase", data={"reason": "Asked for."})
    assert refused.status_code == 409
    assert run_jobs() == 0
    home = browser.get(f"/t/{known.tenant.slug}/privacy").text
    lift = re.search(r'action="([^"]+/lift)"', home)
    assert lift
    assert browser.post(lift[1]).status_code == 303
    assert browser.post(f"{inquiry}/erase", data={"reason": "Asked for."}).status_code == 303


def test_a_hold_ends_by_itself_after_its_last_day(known: Known, browser: FlaskClient) -> None:
    inquiry = found_inquiry(browser, known)
    today = clock.today("Europe/Oslo")
    browser.post(f"{inquiry}/hold", data={"reason": "Until today.", "until": today.isoformat()})
    assert "Until today." in browser.get(inquiry).text
    with clock.frozen(clock.now() + timedelta(days=1)):
        later = signed_in(browser.application, known.officer)
        assert later.post(f"{inquiry}/erase", data={"reason": "Asked for."}).status_code == 303


def test_an_administrator_has_no_business_here(app: Flask, known: Known) -> None:
    administrator = signed_in(app, known.tenant.admin_email)
    for path in ("", "/record", "/record.csv", "/periods"):
        assert administrator.get(f"/t/{known.tenant.slug}/privacy{path}").status_code == 403


@pytest.mark.parametrize("language", ["nb", "da", "en"])
def test_the_record_of_processing_is_there_in_three_languages(
    known: Known, browser: FlaskClient, language: str
) -> None:
    browser.post("/language", data={"language": language})
    home = f"/t/{known.tenant.slug}/privacy/record"
    titles = {"nb": "Kontoer og tilgang", "da": "Konti og adgang", "en": "Accounts and access"}
    assert titles[language] in browser.get(home).text
    assert titles[language] in browser.get(f"{home}.csv").text
    assert browser.get(f"{home}.pdf").data.startswith(b"%PDF")


def test_invitations_go_by_themselves_on_the_day_and_not_before(app: Flask, known: Known) -> None:
    with tenant_scope(known.tenant.id):
        expires = db.session.scalars(select(Invitation.expires_at)).one()
    period = Retention(WORDS, months=6)
    due = next(
        expires + timedelta(days=n)
        for n in range(170, 200)
        if period.cut_off(expires + timedelta(days=n)) >= expires
    )
    for at, left in ((due - timedelta(days=1), 1), (due, 0)):
        with clock.frozen(at), tenant_scope(known.tenant.id):
            periods.let_go_in_tenant()
            assert len(db.session.scalars(select(Invitation)).all()) == left


def test_an_agreement_of_ten_years_ago_waits_for_a_click(
    app: Flask, known: Known, browser: FlaskClient
) -> None:
    ended = clock.today("Europe/Oslo") - timedelta(days=2)
    with tenant_scope(known.tenant.id), unit_of_work():
        agreement = db.session.scalars(select(Agreement).where(Agreement.id == known.draft)).one()
        agreement.activated_at, agreement.ends_on = clock.now() - timedelta(days=9), ended
    due = ended.replace(year=ended.year + 10)
    home = f"/t/{known.tenant.slug}/privacy/periods"
    then = clock.now().replace(year=due.year, month=due.month, day=due.day, hour=12)
    with clock.frozen(then - timedelta(days=1)):
        assert 'value="agreements.people"' not in signed_in(app, known.officer).get(home).text
    with clock.frozen(then):
        officer = signed_in(app, known.officer)
        assert 'value="agreements.people"' in officer.get(home).text
        with tenant_scope(known.tenant.id):
            periods.let_go_in_tenant()
            assert NAME in set(db.session.scalars(select(Contact.name))), "nothing goes without a click"
        assert officer.post(home, data={"key": "agreements.people"}).status_code == 303
        run_jobs()
        with tenant_scope(known.tenant.id):
            assert set(db.session.scalars(select(Contact.name))) == {""}
        assert officer.post(home, data={"key": "agreements.people"}).status_code == 409


def test_old_mails_and_unused_accounts_go_by_themselves(app: Flask, tenant: MadeTenant) -> None:
    make_member(tenant, "access.reader")
    with platform_scope("count for a test"):
        assert db.session.scalars(select(OutgoingMail)).all() == []
    with platform_scope("make a person who belongs nowhere"), unit_of_work():
        lonely = access.new_account("lonely@example.org", "Ensom Person", "gule fjell synger stille").id
        db.session.add(OutgoingMail(recipient="lonely@example.org", subject="Hei", body="Hei"))
    now = clock.now()
    for days, name in ((80, "Ensom Person"), (100, ERASED)):
        with clock.frozen(now + timedelta(days=days)):
            periods.let_go_on_platform()
            with platform_scope("read for a test"):
                assert access.names_of([lonely]) == {lonely: name}
    with platform_scope("count for a test"):
        assert db.session.scalars(select(OutgoingMail)).all() == []


def test_an_unknown_inquiry_is_not_found(known: Known, browser: FlaskClient) -> None:
    nobody = UUID(int=7)
    home = f"/t/{known.tenant.slug}/privacy"
    assert browser.get(f"{home}/inquiries/{nobody}").status_code == 404
    assert browser.get(f"{home}/erasures/{nobody}").status_code == 404
    assert browser.post(f"{home}/inquiries", data={"email": "nobody@example.org"}).status_code == 422
