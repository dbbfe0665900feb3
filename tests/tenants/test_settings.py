from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from core.documents import service as documents
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of

MUNICIPALITY = "norway.municipality"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant(MUNICIPALITY)


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def settings_of(tenant: MadeTenant) -> str:
    return f"/t/{tenant.slug}/settings"


def picture(width: int = 60, height: int = 20, kind: str = "PNG") -> bytes:
    stored = BytesIO()
    Image.new("RGB", (width, height), (10, 90, 80)).save(stored, kind)
    return stored.getvalue()


def upload(browser: FlaskClient, tenant: MadeTenant, content: bytes, name: str = "logo.png") -> TestResponse:
    return browser.post(f"{settings_of(tenant)}/logo", data={"logo": (BytesIO(content), name)})


def logo_url(browser: FlaskClient, tenant: MadeTenant) -> str:
    page = page_of(browser.get(settings_of(tenant)))
    return next(one.attributes["src"] for one in page.root.first("main").all("img"))


def card_of(tenant: MadeTenant) -> tenancy.TenantCard:
    return tenancy.by_ids([tenant.id])[tenant.id]


@pytest.mark.parametrize("role", ["access.reader", "access.adviser", "access.leader"])
def test_only_administrators_see_and_change_the_settings(app: Flask, tenant: MadeTenant, role: str) -> None:
    browser = signed_in(app, make_member(tenant, role))
    page_of(browser.get(settings_of(tenant)), 403)
    for path in ("", "/modules", "/logo", "/logo/remove"):
        assert browser.post(f"{settings_of(tenant)}{path}", data={"language": "da"}).status_code == 403
    page_of(upload(browser, tenant, picture()), 403)
    assert (card_of(tenant).language, card_of(tenant).logo_id) == ("nb", None)
    assert "Settings" not in browser.get(f"/t/{tenant.slug}/people").get_data(as_text=True)


def test_an_unverified_tenant_reads_what_that_means(app: Flask) -> None:
    unverified = make_tenant(MUNICIPALITY, confirmed=False)
    page = page_of(signed_in(app, unverified.admin_email).get(settings_of(unverified)))
    assert "Not confirmed yet" in page.text
    assert "nothing is sent to other parties" in page.text


def test_language_is_changed(admin: FlaskClient, tenant: MadeTenant) -> None:
    assert admin.post(settings_of(tenant), data={"language": "da"}).status_code == 303
    assert card_of(tenant).language == "da"


def test_the_word_for_the_office_is_asked_where_the_kind_has_one(app: Flask) -> None:
    danish = make_tenant("denmark.municipality")
    browser = signed_in(app, danish.admin_email)
    changed = {"language": "da", "office_word": "Beskæftigelsescenter"}
    assert browser.post(settings_of(danish), data=changed).status_code == 303
    assert page_of(browser.get(settings_of(danish))).value("office_word") == "Beskæftigelsescenter"
    for bad in ("", "x" * 61, "a\0b"):
        page = page_of(browser.post(settings_of(danish), data={"language": "da", "office_word": bad}), 422)
        assert page.error("office_word")


def test_the_word_for_the_office_is_not_asked_elsewhere(admin: FlaskClient, tenant: MadeTenant) -> None:
    with pytest.raises(LookupError):
        page_of(admin.get(settings_of(tenant))).value("office_word")
    admin.post(settings_of(tenant), data={"language": "nb", "office_word": "sneaked in"})
    assert card_of(tenant).office_word == ""


@pytest.mark.parametrize("language", ["", "sv", "nb\0", "<script>"])
def test_an_unknown_language_is_refused(admin: FlaskClient, tenant: MadeTenant, language: str) -> None:
    page = page_of(admin.post(settings_of(tenant), data={"language": language}), 422)
    assert page.error("language")


def modules_on(browser: FlaskClient, tenant: MadeTenant) -> set[str]:
    page = page_of(browser.get(settings_of(tenant)))
    ticked = page.root.all("input", name="modules")
    return {one.attributes["value"] for one in ticked if "checked" in one.attributes}


def test_modules_are_switched_off_and_on_again(admin: FlaskClient, tenant: MadeTenant) -> None:
    assert modules_on(admin, tenant) == {"no_work_training", "no_introduction"}
    admin.post(f"{settings_of(tenant)}/modules", data={"modules": ["no_introduction"]})
    assert modules_on(admin, tenant) == {"no_introduction"}
    admin.post(f"{settings_of(tenant)}/modules", data={})
    assert modules_on(admin, tenant) == set()
    for _ in range(2):
        admin.post(f"{settings_of(tenant)}/modules", data={"modules": ["no_work_training"]})
    assert modules_on(admin, tenant) == {"no_work_training"}


@pytest.mark.parametrize("module", ["denmark", "dk_company_centre", "norway", "access", "x\0", "<script>"])
def test_only_suggested_modules_can_be_chosen(admin: FlaskClient, tenant: MadeTenant, module: str) -> None:
    page = page_of(admin.post(f"{settings_of(tenant)}/modules", data={"modules": [module]}), 422)
    assert page.error("modules")
    assert modules_on(admin, tenant) == {"no_work_training", "no_introduction"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_shown_replaced_and_removed(admin: FlaskClient, tenant: MadeTenant, kind: str) -> None:
    assert upload(admin, tenant, picture(kind=kind)).status_code == 303
    first = logo_url(admin, tenant)
    answer = admin.get(first)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert Image.open(BytesIO(answer.data)).size == (60, 20)
    upload(admin, tenant, picture(90, 30))
    assert logo_url(admin, tenant) != first
    admin.post(f"{settings_of(tenant)}/logo/remove")
    with pytest.raises(StopIteration):
        logo_url(admin, tenant)
    assert admin.post(f"{settings_of(tenant)}/logo/remove").status_code == 303


def test_a_drawing_becomes_a_picture(admin: FlaskClient, tenant: MadeTenant) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9v3H0z" fill="#075"/></svg>'
    )
    assert upload(admin, tenant, drawing, "logo.svg").status_code == 303
    assert admin.get(logo_url(admin, tenant)).data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file"),
        (b"not a picture", "cannot read this file"),
        (b"\x89PNG\r\n\x1a\nbroken", "cannot read this file"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "holds more than a drawing",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (2 * 1024 * 1024), "too large"),
    ],
    ids=["empty", "text", "broken", "script", "big"],
)
def test_a_file_that_is_no_logo_is_refused(
    admin: FlaskClient, tenant: MadeTenant, content: bytes, words: str
) -> None:
    page = page_of(upload(admin, tenant, content), 422)
    assert words in page.error("logo")
    assert card_of(tenant).logo_id is None


def test_a_request_that_is_far_too_large_is_refused(admin: FlaskClient, tenant: MadeTenant) -> None:
    page_of(upload(admin, tenant, b"x" * (5 * 1024 * 1024)), 413)


def test_a_form_without_a_file_asks_for_one(admin: FlaskClient, tenant: MadeTenant) -> None:
    page = page_of(admin.post(f"{settings_of(tenant)}/logo", data={"logo": "a text"}), 422)
    assert page.error("logo") == "Choose a file."


def test_a_logo_is_kept_privately_and_asked_for_again_by_its_fingerprint(
    admin: FlaskClient, tenant: MadeTenant
) -> None:
    upload(admin, tenant, picture())
    url = logo_url(admin, tenant)
    answer = admin.get(url)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "public" not in answer.headers["Cache-Control"]
    again = admin.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_logo_of_another_tenant_is_not_found(app: Flask, admin: FlaskClient, tenant: MadeTenant) -> None:
    other = make_tenant(MUNICIPALITY)
    elsewhere = signed_in(app, other.admin_email)
    upload(elsewhere, other, picture())
    url = logo_url(elsewhere, other)
    assert admin.get(url).status_code == 404
    assert admin.get(url.replace(other.slug, tenant.slug)).status_code == 404
    assert app.test_client().get(url).location.startswith("/sign-in")


def test_a_file_that_is_no_logo_is_not_given_to_every_member(admin: FlaskClient, tenant: MadeTenant) -> None:
    with tenant_scope(tenant.id), unit_of_work():
        stored = documents.store(tenant.id, "signed-agreement", "a.pdf", "application/pdf", b"%PDF-")
    assert admin.get(f"/t/{tenant.slug}/files/{stored.id}").status_code == 404


def test_the_name_changes_with_date_and_person_and_what_was_sent_keeps_its_name(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    address = f"/t/{tenant.slug}/settings"
    assert page_of(browser.post(f"{address}/name", data={"name": " "}), 422).error("name")
    assert browser.post(f"{address}/name", data={"name": "The new name"}).status_code == 303
    assert tenancy.by_ids([tenant.id])[tenant.id].name == "The new name"
    assert tenancy.by_ids([tenant.id])[tenant.id].slug == tenant.slug
    history = page_of(browser.get(f"{address}/history")).text
    assert "renamed the organisation" in history
    reader = signed_in(app, make_member(tenant, "access.reader"))
    assert reader.post(f"{address}/name", data={"name": "Mine"}).status_code == 403
