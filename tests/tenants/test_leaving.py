"""Taking everything out and leaving, as an administrator meets it."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from core.access import service as access
from core.kernel import clock, jobs
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import closing, exports, life
from core.tenancy import service as tenancy
from core.tenancy.kinds import kind_of
from core.tenancy.service import _plain_key
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from tenants.leaving import archive, service

ASKED = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def browser(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def below(tenant: MadeTenant, path: str) -> str:
    return f"/t/{tenant.slug}/settings/{path}"


def name_of(tenant: MadeTenant) -> str:
    return tenancy.by_ids([tenant.id])[tenant.id].name


def leave(browser: FlaskClient, tenant: MadeTenant, name: str | None = None) -> int:
    answer = browser.post(below(tenant, "closing"), data={"name": name or name_of(tenant)})
    return answer.status_code


def make_archives() -> None:
    """What the worker does."""
    query = text("SELECT args FROM procrastinate_jobs WHERE task_name = :name AND status = 'todo'")
    for arguments in db.session.scalars(query, {"name": service.MAKE}).all():
        jobs.run(service.MAKE, arguments)


def archive_ids(tenant: MadeTenant) -> list[str]:
    with tenant_scope(tenant.id):
        return [str(one.id) for one in exports.newest()]


def actions(tenant: MadeTenant) -> set[str]:
    with tenant_scope(tenant.id):
        return set(db.session.scalars(select(AuditEntry.action)))


def test_an_archive_is_made_and_fetched_and_both_are_written_down(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    assert browser.post(below(tenant, "data")).status_code == 303
    assert "Is being made" in page_of(browser.get(below(tenant, "data"))).text
    make_archives()
    (link,) = [one for one in page_of(browser.get(below(tenant, "data"))).links() if "/data/" in one]
    answer = browser.get(link)
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={tenant.slug}.zip"
    assert "no-store" in answer.headers["Cache-Control"]
    packed = ZipFile(BytesIO(answer.data))
    assert packed.testzip() is None
    assert json.loads(packed.read("manifest.json"))["tenant"]["address"] == tenant.slug
    assert [one["email"] for one in json.loads(packed.read("people.json"))] == [tenant.admin_email]
    assert name_of(tenant) in packed.read("README.txt").decode()
    assert {"tenant.export_asked", "tenant.export_fetched"} <= actions(tenant)


def test_whoever_answers_for_the_data_is_told_that_it_is_taken_out(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    officer = make_member(tenant, "access.privacy_officer")
    reader = make_member(tenant, "access.reader")
    browser.post(below(tenant, "data"))
    assert len(letters_to(officer)) == len(letters_to(tenant.admin_email)) == 1
    assert letters_to(reader) == []


def test_one_archive_is_made_at_a_time_and_only_the_newest_is_kept(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    browser.post(below(tenant, "data"))
    assert browser.post(below(tenant, "data")).status_code == 409
    make_archives()
    (first,) = archive_ids(tenant)
    browser.post(below(tenant, "data"))
    make_archives()
    (second,) = archive_ids(tenant)
    assert browser.get(below(tenant, f"data/{first}")).status_code == 404
    assert browser.get(below(tenant, f"data/{second}")).status_code == 200


def test_an_archive_that_is_not_ready_cannot_be_fetched(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    browser.post(below(tenant, "data"))
    (waiting,) = archive_ids(tenant)
    assert browser.get(below(tenant, f"data/{waiting}")).status_code == 404


def test_an_archive_is_removed_after_forty_days(app: Flask, tenant: MadeTenant, browser: FlaskClient) -> None:
    browser.post(below(tenant, "data"))
    make_archives()
    with clock.frozen(clock.now() + timedelta(days=39)):
        jobs.run(service.DELETE, {})
        assert len(archive_ids(tenant)) == 1
    with clock.frozen(clock.now() + timedelta(days=41)):
        jobs.run(service.DELETE, {})
        assert archive_ids(tenant) == []


def test_a_large_archive_comes_back_whole(
    app: Flask, tenant: MadeTenant, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PIECE", 100)
    browser.post(below(tenant, "data"))
    make_archives()
    (made,) = archive_ids(tenant)
    assert ZipFile(BytesIO(browser.get(below(tenant, f"data/{made}")).data)).testzip() is None


def test_text_that_begins_like_a_formula_stays_text_in_a_spreadsheet() -> None:
    assert archive._cell("=SUM(A1)") == "'=SUM(A1)"
    assert archive._cell("+47 22 22 22 22").startswith("'")
    assert archive._cell(-5) == "-5"
    assert archive._cell(None) == ""


@pytest.mark.parametrize(
    "role", ["access.leader", "access.adviser", "access.reader", "access.privacy_officer"]
)
def test_only_an_administrator_takes_everything_out_or_leaves(
    app: Flask, tenant: MadeTenant, role: str
) -> None:
    browser = signed_in(app, make_member(tenant, role))
    for path in ("data", "closing"):
        assert browser.get(below(tenant, path)).status_code == 403
        assert browser.post(below(tenant, path), data={"name": name_of(tenant)}).status_code == 403
    assert tenancy.by_ids([tenant.id])[tenant.id].closes_on is None


def test_leaving_asks_who_one_is_when_one_signed_in_long_ago(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        answer = browser.post(below(tenant, "closing"), data={"name": name_of(tenant)})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in/again")
    assert tenancy.by_ids([tenant.id])[tenant.id].closes_on is None


def test_leaving_needs_the_name_written_by_hand(app: Flask, tenant: MadeTenant, browser: FlaskClient) -> None:
    for wrong in ("", "yes", "Another name"):
        answer = browser.post(below(tenant, "closing"), data={"name": wrong})
        assert page_of(answer, 422).error("name")
    assert tenancy.by_ids([tenant.id])[tenant.id].closes_on is None
    assert leave(browser, tenant, f" {name_of(tenant).upper()}  ") == 303


def test_everybody_is_told_and_sees_the_day_on_every_page(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    reader = make_member(tenant, "access.reader")
    assert leave(browser, tenant) == 303
    (letter,) = letters_to(reader)
    assert letter.path == below(tenant, "closing")
    assert leave(browser, tenant) == 409
    home = signed_in(app, reader).get(f"/t/{tenant.slug}/").get_data(as_text=True)
    assert "Everything of your organisation is deleted on" in home
    make_archives()
    assert any("/data/" in link for link in page_of(browser.get(below(tenant, "closing"))).links())


def test_where_a_colleague_may_approve_one_has_to(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    leader = make_member(tenant, "access.leader", "Lise Leder")
    words = {"name": name_of(tenant), "reason": "We merge with our neighbours"}
    asked = browser.post(below(tenant, "closing"), data=words, follow_redirects=True)
    assert "A colleague must approve it first." in asked.text
    assert tenancy.by_ids([tenant.id])[tenant.id].closes_on is None
    colleague = signed_in(app, leader)
    page = page_of(colleague.get(f"/t/{tenant.slug}/approvals"))
    assert "We merge with our neighbours" in page.root.text
    addresses = [one.attributes.get("action", "") for one in page.root.all("form")]
    address = next(one for one in addresses if one.endswith("/decide"))
    colleague.post(address, data={"decision": "approve"})
    assert tenancy.by_ids([tenant.id])[tenant.id].closes_on is not None
    assert {"approval.asked", "approval.approved", "tenant.closing_asked"} <= actions(tenant)


def test_work_goes_on_while_one_waits(app: Flask, tenant: MadeTenant, browser: FlaskClient) -> None:
    leave(browser, tenant)
    assert browser.post(below(tenant, "modules"), data={}).status_code == 303


def test_leaving_is_taken_back(app: Flask, tenant: MadeTenant, browser: FlaskClient) -> None:
    assert browser.post(below(tenant, "closing/take-back")).status_code == 409
    leave(browser, tenant)
    assert browser.post(below(tenant, "closing/take-back")).status_code == 303
    assert tenancy.by_ids([tenant.id])[tenant.id].closes_on is None
    assert len(letters_to(tenant.admin_email)) >= 2
    with clock.frozen(clock.now() + timedelta(days=60)):
        jobs.run(service.DELETE, {})
    assert tenancy.by_ids([tenant.id])
    assert {"tenant.closing_asked", "tenant.closing_taken_back"} <= actions(tenant)


def test_nothing_is_deleted_the_day_before_and_everything_on_the_day(app: Flask, tenant: MadeTenant) -> None:
    with clock.frozen(ASKED):
        browser = signed_in(app, tenant.admin_email)
        assert leave(browser, tenant) == 303
    (day,) = [tenancy.by_ids([tenant.id])[tenant.id].closes_on]
    assert day == (ASKED + timedelta(days=closing.WAITING_DAYS)).date()
    with clock.frozen(datetime(day.year, day.month, day.day, 22, tzinfo=UTC) - timedelta(days=1)):
        jobs.run(service.DELETE, {})
        assert tenancy.by_ids([tenant.id]), "the evening before, on the tenant's own calendar"
    with clock.frozen(datetime(day.year, day.month, day.day, 2, 30, tzinfo=UTC)):
        jobs.run(service.DELETE, {})
        assert tenancy.by_ids([tenant.id]) == {}


def test_the_place_and_the_address_are_free_afterwards(app: Flask, tenant: MadeTenant) -> None:
    with clock.frozen(ASKED):
        leave(signed_in(app, tenant.admin_email), tenant)
    with clock.frozen(ASKED + timedelta(days=31)):
        jobs.run(service.DELETE, {})
    gone = signed_in(app, tenant.admin_email)
    assert gone.get(f"/t/{tenant.slug}/").status_code == 404
    assert gone.get("/tenants").status_code == 200
    place = tenant_place(tenant)
    again = access.found(tenancy.NewTenant("norway.municipality", place, "", "312345676"), tenant.admin_id)
    assert tenancy.by_ids([again])[again].slug == tenant.slug


def tenant_place(tenant: MadeTenant) -> str:
    """The official code of the place whose name became the tenant's address."""
    kind = kind_of("norway.municipality")
    assert kind is not None
    return next(place.code for place in kind.places if _plain_key(place.name) == tenant.slug)


def test_a_suspended_tenant_can_take_its_data_out_and_leave(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    name = name_of(tenant)
    life.suspend(tenant.id, "Unpaid")
    assert browser.post(below(tenant, "data")).status_code == 303
    assert browser.post(below(tenant, "closing"), data={"name": name}).status_code == 303
    assert browser.post(below(tenant, "modules"), data={}).status_code == 403


def test_a_tenant_that_cannot_be_deleted_does_not_keep_the_others(
    app: Flask, tenant: MadeTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_tenant("norway.municipality")
    for one in (tenant, other):
        with tenant_scope(one.id), unit_of_work():
            closing.ask(one.admin_id)
    real = closing.tenant_rows.delete

    def fail_for_the_first(tenant_id: object) -> dict[str, int]:
        if tenant_id == tenant.id:
            raise closing.tenant_rows.RowsLeftError("something is left")
        return real(other.id)

    monkeypatch.setattr(closing.tenant_rows, "delete", fail_for_the_first)
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(service.DeletingFailedError):
        jobs.run(service.DELETE, {})
    assert set(tenancy.by_ids([tenant.id, other.id])) == {tenant.id}
