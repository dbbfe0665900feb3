"""The pages: actions on the agreement's page, and one form for each verb that keeps what was typed."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.models import Agreement
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, signed_in
from tests.agreements.life.conftest import in_force
from tests.agreements.life.steps import NOW


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def signed_id(app: Flask, tenant: MadeTenant, _monday: None) -> UUID:
    with acting(app, tenant):
        return in_force()


@pytest.fixture
def browser(app: Flask, tenant: MadeTenant, signed_id: UUID) -> FlaskClient:
    made = signed_in(app, tenant.admin_email)
    made.set_cookie("language", "en")
    return made


@pytest.fixture
def home(tenant: MadeTenant, signed_id: UUID) -> str:
    return f"/t/{tenant.slug}/agreements/{signed_id}"


def test_the_page_of_an_agreement_in_force_offers_what_can_be_done(browser: FlaskClient, home: str) -> None:
    page = browser.get(home).text
    for verb in ("extend", "shorten", "pause", "end"):
        assert f'href="{home}/{verb}"' in page
    assert f'action="{home}/renew"' in page
    assert "Signed by all" in page


def test_a_reader_sees_the_life_but_none_of_the_actions(
    app: Flask, tenant: MadeTenant, signed_id: UUID, home: str
) -> None:
    reader = signed_in(app, make_member(tenant, "access.reader"))
    page = reader.get(home).text
    assert reader.get(f"{home}/extend").status_code == 403
    assert f"{home}/extend" not in page
    assert f"{home}/renew" not in page


@pytest.mark.parametrize("verb", ["extend", "shorten", "pause", "end"])
def test_each_verb_has_its_own_page(browser: FlaskClient, home: str, verb: str) -> None:
    page = browser.get(f"{home}/{verb}")
    assert page.status_code == 200
    assert f'action="{home}/{verb}"' in page.text


def test_extending_by_the_form_changes_the_last_day(
    browser: FlaskClient, home: str, tenant: MadeTenant
) -> None:
    form = {"last_day": "2029-11-30", "reason": "It goes well.", "agreed": "on"}
    answer = browser.post(f"{home}/extend", data=form, follow_redirects=True)
    assert "The agreement is extended." in answer.text
    assert "It goes well." in answer.text
    with tenant_scope(tenant.id):
        assert str(db.session.scalars(select(Agreement.ends_on)).one()) == "2029-11-30"


def test_what_was_typed_stays_when_something_is_wrong(browser: FlaskClient, home: str) -> None:
    form = {"last_day": "2027-01-01", "reason": "It goes well.", "agreed": "on"}
    answer = browser.post(f"{home}/extend", data=form)
    assert answer.status_code == 422
    assert "Choose a day after the last day that applies now." in answer.text
    assert 'value="2027-01-01"' in answer.text
    assert "It goes well." in answer.text


def test_nothing_is_extended_without_a_reason_and_without_consent(browser: FlaskClient, home: str) -> None:
    answer = browser.post(f"{home}/extend", data={"last_day": "2029-01-01"})
    assert answer.status_code == 422
    assert 'value="2029-01-01"' in answer.text


def test_pausing_and_resuming_by_the_pages(browser: FlaskClient, home: str) -> None:
    form = {"first_day": "2026-11-30", "resumes_on": "", "reason": "Rebuilding."}
    paused = browser.post(f"{home}/pause", data=form, follow_redirects=True).text
    assert "until further notice" in paused
    assert "Resting" in paused
    assert browser.get(f"{home}/resume").status_code == 200
    resumed = browser.post(f"{home}/resume", data={"reason": "Ready."}, follow_redirects=True).text
    assert "The agreement goes on." in resumed
    assert "Resting" not in resumed


def test_ending_by_the_page_says_so(browser: FlaskClient, home: str) -> None:
    form = {"last_day": "2027-02-28", "reason": "The bakery closes."}
    page = browser.post(f"{home}/end", data=form, follow_redirects=True).text
    assert "Under notice" in page
    assert browser.get(f"{home}/extend").status_code == 409


def test_renewing_leads_to_the_new_draft(browser: FlaskClient, home: str) -> None:
    answer = browser.post(f"{home}/renew")
    assert answer.status_code == 303
    assert browser.get(answer.location).status_code == 200
    assert "the new agreement" in browser.get(home).text
