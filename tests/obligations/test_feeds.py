"""Calendar feeds: what a link holds, for how long, and what its owner may see."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from core.access.models import Membership
from core.agreements.models import Agreement
from core.agreements.overview import service as overview
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.feeds import service
from core.obligations.feeds.models import Feed
from core.tenancy.models import Tenant
from core.testing.agreements import content
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.roles import make_member_with, make_unit, put_in_units
from core.testing.statements import counted

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
STARTS, ENDS = date(2026, 11, 30), date(2027, 11, 30)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


def promised(title: str, starts: date = STARTS, ends: date = ENDS) -> UUID:
    agreement_id = complete_draft(title)
    with unit_of_work():
        obligations.make_for_agreement(agreement_id, content(title=title), starts, ends)
    return agreement_id


def fetched(app: Flask, tenant: MadeTenant, token: str) -> list[vobject.base.Component]:
    answer = app.test_client().get(f"/t/{tenant.slug}/calendar/{token}/deadlines.ics")
    assert answer.status_code == 200
    return list(vobject.readOne(answer.get_data(as_text=True)).contents.get("vevent", []))


def status(app: Flask, tenant: MadeTenant, token: str) -> int:
    return app.test_client().get(f"/t/{tenant.slug}/calendar/{token}/deadlines.ics").status_code


@pytest.fixture
def adviser(app: Flask, tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser")


@pytest.fixture
def token(app: Flask, tenant: MadeTenant, adviser: str) -> str:
    """The link of an adviser with one agreement, among those of others."""
    with acting(app, tenant):
        promised("En annens")
    with acting(app, tenant, adviser):
        promised("Min egen")
        return service.make("mine")


def test_promises_are_events_of_a_whole_day_with_title_agreement_and_address(
    app: Flask, tenant: MadeTenant, token: str
) -> None:
    events = fetched(app, tenant, token)
    first = events[0]
    assert len(events) == 4
    assert (first.dtstart.value, first.dtend.value) == (date(2027, 5, 31), date(2027, 6, 1))
    assert first.summary.value == "Møte i styringsgruppen"
    assert first.description.value.startswith("Min egen\n")
    assert f"/t/{tenant.slug}/agreements/" in first.url.value


def test_an_event_keeps_its_id_and_each_has_its_own(app: Flask, tenant: MadeTenant, token: str) -> None:
    ids = [[one.uid.value for one in fetched(app, tenant, token)] for _time in range(2)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 4


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_day_on_which_the_clock_changes_is_that_day(
    app: Flask, tenant: MadeTenant, adviser: str, change: date
) -> None:
    with acting(app, tenant, adviser):
        promised("Min egen")
        row = db.session.scalars(select(obligations.Obligation)).first()
        row.due_on = change
        db.session.commit()
        made = service.make("mine")
    for hour in (0, 1, 2, 23):
        with clock.frozen(datetime(change.year, change.month, change.day, hour, 30, tzinfo=UTC)):
            assert change in {one.dtstart.value for one in fetched(app, tenant, made)}


def test_an_answer_is_kept_by_nobody_and_sets_no_cookie(app: Flask, tenant: MadeTenant, token: str) -> None:
    answer = app.test_client().get(f"/t/{tenant.slug}/calendar/{token}/deadlines.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers


def test_only_the_hash_of_a_link_is_kept_and_the_page_shows_it_once(app: Flask, tenant: MadeTenant) -> None:
    browser = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/calendar"
    page = page_of(browser.post(url, data={"what": "mine"}))
    shown = page.root.first("input", id="calendar-link").attributes["value"]
    secret = shown.split("/")[-2]
    assert status(app, tenant, secret) == 200
    assert secret not in browser.get(url).get_data(as_text=True)
    with acting(app, tenant):
        assert secret not in [one.token_hash for one in db.session.scalars(select(Feed))]


def test_a_link_that_was_stopped_does_not_work(app: Flask, tenant: MadeTenant) -> None:
    browser: FlaskClient = signed_in(app, tenant.admin_email)
    with acting(app, tenant):
        token = service.make("mine")
        (feed,) = service.my_feeds()
    assert status(app, tenant, token) == 200
    assert browser.post(f"/t/{tenant.slug}/calendar/{feed.id}/stop").status_code == 303
    assert status(app, tenant, token) == 404


def test_nobody_stops_or_sees_the_link_of_a_colleague(app: Flask, tenant: MadeTenant, token: str) -> None:
    with acting(app, tenant):
        feed_id = db.session.scalars(select(Feed.id)).one()
        assert service.my_feeds() == []
    answer = signed_in(app, tenant.admin_email).post(f"/t/{tenant.slug}/calendar/{feed_id}/stop")
    assert answer.status_code == 404
    assert status(app, tenant, token) == 200


def _change_membership(tenant: MadeTenant, adviser: str, **values: object) -> None:
    with tenant_scope(tenant.id), unit_of_work():
        rows = db.session.scalars(select(Membership).where(Membership.account_id != tenant.admin_id))
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)


def test_a_role_that_is_lost_leaves_the_calendar_empty(
    app: Flask, tenant: MadeTenant, adviser: str, token: str
) -> None:
    _change_membership(tenant, adviser, roles=["norway.no_such_role"])
    assert fetched(app, tenant, token) == []


def test_a_membership_that_has_ended_closes_the_link(
    app: Flask, tenant: MadeTenant, adviser: str, token: str
) -> None:
    _change_membership(tenant, adviser, ended_at=NOW)
    assert status(app, tenant, token) == 404


def test_a_suspended_organisation_closes_its_links(app: Flask, tenant: MadeTenant, token: str) -> None:
    with platform_scope("a test suspends a tenant"), unit_of_work():
        db.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(suspended_at=NOW))
    assert status(app, tenant, token) == 404


def test_an_agreement_that_is_no_longer_mine_leaves_my_calendar(
    app: Flask, tenant: MadeTenant, adviser: str, token: str
) -> None:
    with acting(app, tenant), unit_of_work():
        for row in db.session.scalars(select(Agreement)):
            row.adviser_id = tenant.admin_id
    assert fetched(app, tenant, token) == []


def test_a_calendar_of_a_unit_has_its_agreements_only_as_far_as_one_may_see(
    app: Flask, tenant: MadeTenant
) -> None:
    unit = make_unit(app, tenant)
    with acting(app, tenant):
        overview.put_in_unit(promised("I enheten"), unit)
        promised("Utenfor")
    colleague = make_member_with(app, tenant, "unit:agreement:read", units=(unit,))
    with acting(app, tenant, colleague):
        token = service.make(f"unit:{unit}")
    texts = {one.description.value.split("\n")[0] for one in fetched(app, tenant, token)}
    assert texts == {"I enheten"}
    put_in_units(app, tenant, colleague)
    assert fetched(app, tenant, token) == []


def test_a_calendar_of_one_agreement_has_that_one(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        wanted = promised("Denne")
        promised("Ikke denne")
        token = service.make(f"agreement:{wanted}")
    assert {one.description.value.split("\n")[0] for one in fetched(app, tenant, token)} == {"Denne"}


def test_what_one_may_not_see_cannot_be_followed(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        hidden = promised("Skjult")
    outsider = make_member_with(app, tenant, "own:agreement:read")
    answer = signed_in(app, outsider).post(f"/t/{tenant.slug}/calendar", data={"what": f"agreement:{hidden}"})
    assert answer.status_code == 422


def test_the_eleventh_link_is_refused_with_a_sentence(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        for _number in range(service.MOST):
            service.make("mine")
    answer = signed_in(app, tenant.admin_email).post(
        f"/t/{tenant.slug}/calendar", data={"what": "mine"}, headers={"Cookie": "language=en"}
    )
    assert "10 calendar links" in page_of(answer, 409).error("what")


def test_the_list_says_when_a_link_was_last_fetched(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        token = service.make("mine")
        assert service.my_feeds()[0].fetched_at is None
    fetched(app, tenant, token)
    with acting(app, tenant):
        assert service.my_feeds()[0].fetched_at == NOW


def test_a_fetch_asks_no_more_when_there_is_more(app: Flask, tenant: MadeTenant, token: str) -> None:
    def asked() -> int:
        with counted() as sent:
            fetched(app, tenant, token)
        return len(sent)

    fetched(app, tenant, token)
    few = asked()
    with acting(app, tenant):
        for number in range(3):
            promised(f"Avtale {number}")
        with unit_of_work():
            mine = db.session.scalars(select(Agreement.adviser_id).where(Agreement.title == "Min egen")).one()
            for row in db.session.scalars(select(Agreement)):
                row.adviser_id = mine
    assert asked() == few
