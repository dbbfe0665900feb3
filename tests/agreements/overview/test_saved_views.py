"""Saved views: one's own, those shared with everybody, and nobody else's."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access import service as access
from core.access.models import Membership
from core.agreements.finding.models import SavedView
from core.agreements.overview import saved
from core.agreements.personal.declared import VIEWS
from core.agreements.personal.views import expired
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def client(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


@pytest.fixture
def colleague(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser")


def kept(
    app: Flask, tenant: MadeTenant, name: str = "Mine", *, shared: bool = False, email: str = ""
) -> UUID:
    with acting(app, tenant, email):
        return saved.save(name, {"status": ["sent"]}, shared=shared)


def test_a_view_is_kept_from_the_list_and_leads_back_to_it(tenant: MadeTenant, client: FlaskClient) -> None:
    url = f"/t/{tenant.slug}/agreements"
    answer = client.post(f"{url}?q=bil&status=sent&page=3&type=", data={"name": "Biler"})
    assert (answer.status_code, answer.location) == (303, f"{url}?q=bil&status=sent")
    assert f'href="{url}?q=bil&amp;status=sent"' in client.get(url).text


def test_a_view_without_a_name_comes_back_with_what_was_asked_for(
    tenant: MadeTenant, client: FlaskClient
) -> None:
    answer = client.post(f"/t/{tenant.slug}/agreements?q=bil", data={"name": " "})
    page_of(answer, 422)
    assert 'value="bil"' in answer.text


def test_a_view_of_somebody_else_is_neither_seen_nor_reached(
    app: Flask, tenant: MadeTenant, client: FlaskClient, colleague: str
) -> None:
    view_id = kept(app, tenant, "Bare min", email=colleague)
    assert "Bare min" not in client.get(f"/t/{tenant.slug}/agreements").text
    for verb in ("rename", "delete"):
        answer = client.post(f"/t/{tenant.slug}/agreements/views/{view_id}/{verb}", data={"name": "Tatt"})
        assert answer.status_code == 404
    with tenant_scope(tenant.id):
        assert db.session.scalars(select(SavedView.name)).one() == "Bare min"


def test_a_shared_view_is_seen_by_all_and_changed_by_who_may(
    app: Flask, tenant: MadeTenant, colleague: str
) -> None:
    view_id = kept(app, tenant, "Felles", shared=True)
    with acting(app, tenant, colleague):
        assert [(one.name, one.may_change) for one in saved.views()] == [("Felles", False)]
        with pytest.raises(Refused):
            saved.delete(view_id)
        with pytest.raises(Refused):
            saved.save("Også felles", {}, shared=True)
    with acting(app, tenant):
        saved.rename(view_id, "Alles")
        saved.delete(view_id)
        assert saved.views() == []


def test_two_views_do_not_share_a_name(app: Flask, tenant: MadeTenant) -> None:
    view_id = kept(app, tenant, "Mine")
    kept(app, tenant, "Andre")
    with acting(app, tenant):
        with pytest.raises(Invalid):
            saved.save("mine", {}, shared=False)
        with pytest.raises(Invalid):
            saved.rename(view_id, "ANDRE")
        saved.rename(view_id, "MINE")


def test_nobody_keeps_views_without_end(
    app: Flask, tenant: MadeTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    kept(app, tenant, "En")
    with pytest.raises(Conflict):
        kept(app, tenant, "To")


def test_a_view_of_something_that_is_gone_says_so(
    app: Flask, tenant: MadeTenant, client: FlaskClient
) -> None:
    with acting(app, tenant):
        saved.save("Borte", {"type": ["gone.type"]}, shared=False)
    page = client.get(f"/t/{tenant.slug}/agreements/views").text
    assert "ds-alert" in page
    assert "Avtaletype" in page or "Type of agreement" in page
    kept(app, tenant, "Hel")
    assert client.get(f"/t/{tenant.slug}/agreements?type=gone.type").status_code == 200


def test_a_name_that_cannot_be_used_comes_back_beside_its_view(
    app: Flask, tenant: MadeTenant, client: FlaskClient
) -> None:
    view_id = kept(app, tenant, "Mine")
    answer = client.post(f"/t/{tenant.slug}/agreements/views/{view_id}/rename", data={"name": "x" * 81})
    assert answer.status_code == 422
    assert "x" * 81 in answer.text


def test_views_of_another_tenant_do_not_exist(app: Flask, tenant: MadeTenant) -> None:
    view_id = kept(app, make_tenant("norway.municipality"), shared=True)
    with acting(app, tenant):
        assert saved.views() == []
        with pytest.raises(NotFound):
            saved.rename(view_id, "Min")


def test_views_that_only_somebody_saw_who_has_left_go_after_their_period(
    app: Flask, tenant: MadeTenant, colleague: str
) -> None:
    kept(app, tenant, "Bare min", email=colleague)
    kept(app, tenant, "Min egen")
    with tenant_scope(tenant.id), unit_of_work():
        account = access.account_by_email(colleague)
        assert account
        query = select(Membership).where(Membership.account_id == account.id)
        db.session.scalars(query).one().ended_at = clock.now()
    later = {months: clock.now() + timedelta(days=31 * months) for months in (1, 4)}
    with acting(app, tenant), unit_of_work():
        assert expired(later[1], [], [VIEWS]) == []
        [gone] = expired(later[4], [], [VIEWS])
    with tenant_scope(tenant.id):
        assert (gone.count, list(db.session.scalars(select(SavedView.name)))) == (1, ["Min egen"])
