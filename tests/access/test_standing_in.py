"""Deputies and acting on behalf: what one reaches, for how long, and what is written down."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.access import service as access
from core.access.scopes import Reach
from core.access.standing_in import service
from core.agreements.catalogue import types_on_offer
from core.agreements.drafts import service as drafts
from core.agreements.signing import service as signing
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to

FIRST, LAST = date(2026, 12, 21), date(2026, 12, 23)
BEFORE = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def away(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser", "Anne Borte")


@pytest.fixture
def deputy(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser", "Dan Vikar")


def membership(app: Flask, tenant: MadeTenant, email: str) -> UUID:
    with acting(app, tenant, email):
        return access.require_member().membership_id


def account(email: str) -> UUID:
    found = access.account_by_email(email)
    assert found
    return found.id


@pytest.fixture
def period(app: Flask, tenant: MadeTenant, away: str, deputy: str) -> UUID:
    """A deputy for three days before Christmas, set by whoever is away."""
    deputy_id = membership(app, tenant, deputy)
    with clock.frozen(BEFORE), acting(app, tenant, away):
        mine = access.require_member().membership_id
        return service.set_deputy(mine, deputy_id, first_day=FIRST, last_day=LAST, reason="Holiday")


@pytest.mark.parametrize(
    ("instant", "stands_in"),
    [
        ("2026-12-20T22:59:59+00:00", False),
        ("2026-12-20T23:00:00+00:00", True),
        ("2026-12-23T22:59:59+00:00", True),
        ("2026-12-23T23:00:00+00:00", False),
    ],
)
def test_a_deputy_stands_in_from_the_first_local_day_through_the_last(
    app: Flask, tenant: MadeTenant, away: str, deputy: str, period: UUID, instant: str, stands_in: bool
) -> None:
    with clock.frozen(datetime.fromisoformat(instant)), acting(app, tenant, deputy):
        member = access.require_member()
        assert (account(away) in member.stands_for) is stands_in
        assert member.account_id in member.stands_for


def test_what_a_deputy_does_is_written_down_with_both_names(
    app: Flask, tenant: MadeTenant, away: str, deputy: str, period: UUID
) -> None:
    thing = new_id()
    with clock.frozen(datetime(2026, 12, 22, 9, tzinfo=UTC)), acting(app, tenant, deputy):
        access.require("agreement:write", of=Reach(own=frozenset({account(away)})))
        with unit_of_work():
            audit.record("thing.done", "thing", thing)
    with tenant_scope(tenant.id):
        line = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.subject_id == thing)).one()
    assert (line.actor_id, line.on_behalf_of, line.reason) == (account(deputy), account(away), "Holiday")


def test_a_deputy_gets_no_right_that_the_own_role_lacks(
    app: Flask, tenant: MadeTenant, away: str, deputy: str
) -> None:
    with acting(app, tenant, deputy):
        mine = access.require_member().membership_id
    admin = membership(app, tenant, tenant.admin_email)
    with acting(app, tenant):
        service.set_deputy(
            admin, mine, first_day=clock.today("Europe/Oslo"), last_day=date(2027, 1, 1), reason=""
        )
    with acting(app, tenant, deputy):
        assert tenant.admin_id in access.require_member().stands_for
        with pytest.raises(Refused):
            access.require("people:manage")


def test_an_adviser_sets_a_deputy_for_nobody_else(
    app: Flask, tenant: MadeTenant, away: str, deputy: str
) -> None:
    other, mine = membership(app, tenant, away), membership(app, tenant, deputy)
    with acting(app, tenant, deputy), pytest.raises(Refused):
        service.set_deputy(other, mine, first_day=FIRST, last_day=LAST, reason="")


def test_a_member_of_another_tenant_is_no_deputy(app: Flask, tenant: MadeTenant) -> None:
    other = make_tenant("norway.municipality")
    foreign = membership(app, other, other.admin_email)
    mine = membership(app, tenant, tenant.admin_email)
    with acting(app, tenant), pytest.raises(NotFound):
        service.set_deputy(mine, foreign, first_day=FIRST, last_day=LAST, reason="")


def test_a_period_that_cannot_be_is_refused_with_its_field(
    app: Flask, tenant: MadeTenant, deputy: str
) -> None:
    mine, other = membership(app, tenant, tenant.admin_email), membership(app, tenant, deputy)
    cases = {
        "deputy.self": (mine, FIRST, LAST),
        "deputy.period": (other, LAST, FIRST),
        "deputy.too_long": (other, FIRST, FIRST + timedelta(days=400)),
    }
    with clock.frozen(BEFORE), acting(app, tenant):
        for code, (who, first, last) in cases.items():
            with pytest.raises(Invalid) as refused:
                service.set_deputy(mine, who, first_day=first, last_day=last, reason="")
            assert refused.value.code == code
            assert refused.value.fields


def test_two_deputies_do_not_meet_in_one_period(
    app: Flask, tenant: MadeTenant, away: str, deputy: str, period: UUID
) -> None:
    mine, other = membership(app, tenant, away), membership(app, tenant, deputy)
    with clock.frozen(BEFORE), acting(app, tenant, away):
        with pytest.raises(Conflict):
            service.set_deputy(mine, other, first_day=LAST, last_day=LAST, reason="")
        day_after = LAST + timedelta(days=1)
        service.set_deputy(mine, other, first_day=day_after, last_day=day_after, reason="")


def test_the_deputy_is_told_and_the_page_shows_and_stops_it(
    app: Flask, tenant: MadeTenant, away: str, deputy: str, period: UUID
) -> None:
    assert "Anne Borte" in letters_to(deputy)[-1].body
    with clock.frozen(datetime(2026, 12, 22, 9, tzinfo=UTC)):
        browser = signed_in(app, deputy)
        home = browser.get(f"/t/{tenant.slug}/").text
        assert "You stand in for Anne Borte." in home
        assert "Holiday" in browser.get(f"/t/{tenant.slug}/standing-in").text
        browser.post(f"/t/{tenant.slug}/standing-in/{period}/end")
        assert "You stand in for" not in browser.get(f"/t/{tenant.slug}/").text


def test_somebody_not_concerned_cannot_stop_it(app: Flask, tenant: MadeTenant, period: UUID) -> None:
    other = make_member(tenant, "access.adviser")
    with acting(app, tenant, other):
        assert service.lines() == []
        with pytest.raises(NotFound):
            service.end(period)


def test_a_deputy_sees_the_drafts_and_gets_the_mails_of_whoever_is_away(
    app: Flask, tenant: MadeTenant, away: str, deputy: str, period: UUID
) -> None:
    with clock.frozen(datetime(2026, 12, 15, 9, tzinfo=UTC)), acting(app, tenant, away):
        drafts.begin(drafts.Beginning(types_on_offer()[0].key, "Begun before the holiday", {}))
        refused = complete_draft("Refused in the holiday")
        link = signing.send(refused)[0]
    home = f"/t/{tenant.slug}/"
    assert "Begun before the holiday" not in signed_in(app, deputy).get(home).text
    with clock.frozen(datetime(2026, 12, 22, 9, tzinfo=UTC)):
        assert "Begun before the holiday" in signed_in(app, deputy).get(home).text
        with tenant_scope(tenant.id):
            signing.refuse(signing.key_of_link(link.token), "No room this year")
    for reader in (away, deputy):
        assert "No room this year" in letters_to(reader)[-1].body


@pytest.fixture
def leader(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.leader", "Lise Leder")


def test_acting_on_behalf_marks_every_line_for_an_hour(
    app: Flask, tenant: MadeTenant, away: str, leader: str
) -> None:
    thing, now = new_id(), clock.now()
    with acting(app, tenant, away):
        absent, absent_account = access.require_member().membership_id, access.require_member().account_id
    with clock.frozen(now), acting(app, tenant, leader):
        service.act_for(absent, "Sick, and the letter must go today")
        doing = access.require_member().account_id
    for passed, marked in ((59, absent_account), (60, None)):
        with clock.frozen(now + timedelta(minutes=passed)), acting(app, tenant, leader):
            access.require("agreement:read")
            with unit_of_work():
                audit.record(f"thing.{passed}", "thing", thing)
        with tenant_scope(tenant.id):
            query = select(audit.AuditEntry).where(audit.AuditEntry.action == f"thing.{passed}")
            line = db.session.scalars(query).one()
        assert line.on_behalf_of == marked
        assert line.actor_id == doing
    assert "Sick, and the letter must go today" in letters_to(away)[-1].body


def test_only_a_role_that_says_so_acts_on_behalf_and_for_one_at_a_time(
    app: Flask, tenant: MadeTenant, away: str, deputy: str, leader: str
) -> None:
    first, second = membership(app, tenant, away), membership(app, tenant, deputy)
    with acting(app, tenant, deputy), pytest.raises(Refused):
        service.act_for(first, "Because")
    with acting(app, tenant, leader):
        service.act_for(first, "Because")
        access.require_member()
        with pytest.raises(Conflict):
            service.act_for(second, "Because")


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(
    app: Flask, tenant: MadeTenant, away: str, leader: str
) -> None:
    browser, address = signed_in(app, leader), f"/t/{tenant.slug}/standing-in"
    refused = browser.post(address, data={"reason": "Course in Bodø", "first_day": "yesterday"})
    assert refused.status_code == 422
    assert "Course in Bodø" in refused.text
    absent = str(membership(app, tenant, away))
    assert browser.post(f"{address}/on-behalf", data={"colleague": absent}).status_code == 422
    begun = browser.post(
        f"{address}/on-behalf", data={"colleague": absent, "why": "Sick"}, follow_redirects=True
    )
    assert "You act on behalf of Anne Borte." in begun.text
