"""Work passes from one colleague to another: all of it, with a reason, or nothing."""

from uuid import UUID

import pytest
from flask import Flask

from core.access import service as access
from core.access.handing_over import service
from core.agreements import parts
from core.agreements.drafts import service as drafts
from core.kernel.errors import Conflict, Invalid, Refused
from core.plugin_host.host import Contribution, Host
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def giver(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser", "Gina Gir")


@pytest.fixture
def taker(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser", "Tor Tar")


@pytest.fixture
def agreement(app: Flask, tenant: MadeTenant, giver: str) -> UUID:
    with acting(app, tenant, giver):
        return complete_draft("Avtale om arbeid")


def ids(app: Flask, tenant: MadeTenant, email: str) -> tuple[UUID, UUID]:
    with acting(app, tenant, email):
        member = access.require_member()
        return member.membership_id, member.account_id


def test_the_page_shows_what_moves_and_moves_it(
    app: Flask, tenant: MadeTenant, giver: str, taker: str, agreement: UUID
) -> None:
    (from_id, _giver), (to_id, to_account) = ids(app, tenant, giver), ids(app, tenant, taker)
    browser, address = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/people/{from_id}/work"
    assert "Avtale om arbeid" in browser.get(address).text
    assert browser.post(address, data={"to": str(to_id)}).status_code == 422
    answer = browser.post(address, data={"to": str(to_id), "reason": "New job"}, follow_redirects=True)
    assert "1 thing is moved." in answer.text
    assert "has no open work" in answer.text
    with acting(app, tenant):
        assert parts.load(agreement).agreement.adviser_id == to_account


def test_what_was_cancelled_stays(app: Flask, tenant: MadeTenant, giver: str, agreement: UUID) -> None:
    with acting(app, tenant, giver):
        drafts.discard(agreement, "Wrong type")
    from_id, _account = ids(app, tenant, giver)
    with acting(app, tenant):
        assert service.waiting(from_id)[1] == []


def test_an_adviser_moves_nobodys_work_and_nobody_takes_over_from_themselves(
    app: Flask, tenant: MadeTenant, giver: str, taker: str, agreement: UUID
) -> None:
    (from_id, _giver), (to_id, _taker) = ids(app, tenant, giver), ids(app, tenant, taker)
    with acting(app, tenant, taker), pytest.raises(Refused):
        service.hand_over(from_id, to_id, "Because")
    with acting(app, tenant), pytest.raises(Invalid):
        service.hand_over(from_id, from_id, "Because")


def test_a_room_that_cannot_move_its_part_leaves_everything_where_it_was(
    app: Flask, tenant: MadeTenant, giver: str, taker: str, agreement: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    (from_id, from_account), (to_id, _taker) = ids(app, tenant, giver), ids(app, tenant, taker)
    asked = Host.ask

    def fails(host: Host, plugin: str, hook_name: str, **arguments: object) -> Contribution:
        if (plugin, hook_name) == ("persons", "hand_over_work"):
            return Contribution(plugin, error="broken")
        return asked(host, plugin, hook_name, **arguments)

    monkeypatch.setattr(Host, "ask", fails)
    with acting(app, tenant), pytest.raises(Conflict, match="Nothing was moved"):
        service.hand_over(from_id, to_id, "Because")
    with acting(app, tenant):
        assert parts.load(agreement).agreement.adviser_id == from_account
