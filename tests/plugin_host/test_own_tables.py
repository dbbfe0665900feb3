"""A plugin with tables: its own lineage and version table, the walls around its rows, and life without it."""

from datetime import date
from types import ModuleType

import pytest
from flask import Flask
from seminars.models import Guest, Seminar
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.app import create_app
from core.kernel.database import db, raw_sql_allowed
from core.kernel.guard import WrongTenantError, owned_tables
from core.kernel.ids import new_id
from core.kernel.migrations import behind, upgrade
from core.kernel.scope import NoTenantScopeError, platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.lineages import all_lineages
from core.testing.database import TestServer, settings_for
from core.testing.factories import MadeTenant, make_tenant, signed_in


def seminar_of(tenant: MadeTenant, title: str = "Health and care") -> Seminar:
    with tenant_scope(tenant.id), unit_of_work():
        seminar = Seminar(id=new_id(), title=title, held_on=date(2026, 12, 1))
        db.session.add(seminar)
    return seminar


def test_the_plugin_has_its_own_version_table(mini: Flask) -> None:
    with raw_sql_allowed():
        rows = db.session.execute(text("SELECT version_num FROM alembic_version_seminars")).scalars().all()
    assert rows == ["0001"]
    assert [line.name for line in all_lineages()] == ["core", "seminars"]


def test_the_guard_knows_the_plugins_tables(mini: Flask) -> None:
    assert {"seminars_seminar", "seminars_guest"} <= owned_tables()
    with pytest.raises(NoTenantScopeError):
        db.session.scalars(select(Seminar)).all()


def test_a_tenant_sees_only_its_own_seminars(mini: Flask) -> None:
    one, two = make_tenant("seminars.village"), make_tenant("seminars.village")
    seminar_of(one, "Theirs")
    seminar_of(two, "Ours")
    with tenant_scope(two.id):
        assert db.session.scalars(select(Seminar.title)).all() == ["Ours"]


def test_a_guest_cannot_be_linked_to_the_seminar_of_another_tenant(mini: Flask) -> None:
    one, two = make_tenant("seminars.village"), make_tenant("seminars.village")
    seminar = seminar_of(one)
    with pytest.raises(IntegrityError, match="foreign key"), tenant_scope(two.id), unit_of_work():
        db.session.add(Guest(seminar_id=seminar.id, name="Ola Prøve"))


def test_a_relationship_stays_inside_its_tenant(mini: Flask) -> None:
    one, two = make_tenant("seminars.village"), make_tenant("seminars.village")
    seminar = seminar_of(one)
    with tenant_scope(one.id), unit_of_work():
        db.session.add(Guest(seminar_id=seminar.id, name="Ola Prøve"))
    with tenant_scope(one.id):
        loaded = db.session.scalars(select(Seminar)).one()
        assert [guest.name for guest in loaded.guests] == ["Ola Prøve"]
    with tenant_scope(two.id):
        db.session.add(loaded)
        db.session.expire(loaded, ["guests"])
        assert loaded.guests == []
        db.session.expunge(loaded)


def test_a_relationship_is_not_followed_without_a_scope(mini: Flask) -> None:
    one = make_tenant("seminars.village")
    seminar = seminar_of(one)
    db.session.add(seminar)
    with pytest.raises(NoTenantScopeError):
        len(seminar.guests)
    db.session.expunge(seminar)


def test_a_loaded_object_is_not_written_for_another_tenant(mini: Flask) -> None:
    one, two = make_tenant("seminars.village"), make_tenant("seminars.village")
    seminar = seminar_of(one)
    with pytest.raises(WrongTenantError), tenant_scope(two.id), unit_of_work():
        db.session.add(seminar)
        seminar.title = "Taken"


def test_clearing_a_relationship_does_not_blank_the_key(mini: Flask) -> None:
    one = make_tenant("seminars.village")
    seminar = seminar_of(one)
    with tenant_scope(one.id), unit_of_work():
        db.session.add(Guest(seminar_id=seminar.id, name="Ola Prøve"))
    with tenant_scope(one.id), pytest.raises(IntegrityError, match="not-null"), unit_of_work():
        loaded = db.session.scalars(select(Seminar)).one()
        loaded.guests.clear()


def test_the_pages_of_a_plugin_that_is_off_answer_404(mini: Flask) -> None:
    on, off = make_tenant("seminars.village"), make_tenant("norway.municipality")
    assert signed_in(mini, on.admin_email).get(f"/t/{on.slug}/seminars/").status_code == 200
    assert signed_in(mini, off.admin_email).get(f"/t/{off.slug}/seminars/").status_code == 404


def test_the_seminar_of_another_tenant_answers_404(mini: Flask) -> None:
    one, two = make_tenant("seminars.village"), make_tenant("seminars.village")
    seminar = seminar_of(one)
    browser = signed_in(mini, two.admin_email)
    assert browser.get(f"/t/{two.slug}/seminars/{seminar.id}").status_code == 404


def test_a_plugin_that_goes_leaves_the_others_working(admin_url: str, seminars: ModuleType) -> None:
    server = TestServer(admin_url)
    try:
        settings = settings_for(admin_url, server.new_database())
        with create_app(settings, {"seminars": lambda: seminars}).app_context():
            upgrade(settings.database_url_owner, all_lineages())
            tenant = make_tenant("seminars.village")
            seminar_of(tenant)
        without = create_app(settings)
        without.config["WTF_CSRF_ENABLED"] = False
        with without.app_context():
            upgrade(settings.database_url_owner, all_lineages())
            assert behind(settings.database_url, all_lineages()) == []
            other = make_tenant("norway.municipality")
        assert without.test_client().get("/").status_code == 200
        assert signed_in(without, other.admin_email).get(f"/t/{other.slug}/seminars/").status_code == 404
        back = create_app(settings, {"seminars": lambda: seminars})
        with back.app_context(), platform_scope("see that the rows stayed"):
            assert [row.title for row in db.session.scalars(select(Seminar))] == ["Health and care"]
    finally:
        server.stop()
