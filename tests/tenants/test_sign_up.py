from io import BytesIO
from itertools import count
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.access import service as access
from core.access.models import Account
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.scope import platform_scope, tenant_scope
from core.tenancy import service as tenancy
from core.tenancy.kinds import kind_of
from core.tenancy.models import Tenant
from core.testing.factories import PASSWORD, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import Page, page_of

MUNICIPALITY = "norway.municipality"
FORM = {
    "number": "312 345 676",
    "name": "Kari Prøve",
    "password": PASSWORD,
    "speaks_for": "on",
}
_addresses = count(1)


def free_place(kind_key: str) -> str:
    kind = kind_of(kind_key)
    assert kind is not None
    taken = set(db.session.scalars(select(Tenant.place_code).where(Tenant.kind == kind_key)))
    return next(place.code for place in kind.places if place.code not in taken)


@pytest.fixture(autouse=True)
def place(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """A municipality that no other test has left behind as a tenant."""
    code = free_place(MUNICIPALITY)
    monkeypatch.setitem(FORM, "place_code", code)
    return code


def filled(**changes: str) -> dict[str, str]:
    return FORM | {"email": f"kari{next(_addresses)}@fjordvik.example"} | changes


def tenant_with(place_code: str) -> Tenant | None:
    return db.session.scalar(select(Tenant).where(Tenant.place_code == place_code))


def test_a_visitor_chooses_among_the_kinds_of_each_country(client: FlaskClient) -> None:
    page = page_of(client.get("/sign-up"))
    assert [one.text for one in page.root.first("main").all("h2")] == ["Denmark", "Norway"]
    assert f"/sign-up/{MUNICIPALITY}" in page.links()
    assert "/sign-up/denmark.region" in page.links()


@pytest.mark.parametrize(("language", "heading"), [("nb", "Norge"), ("da", "Danmark")])
def test_kinds_and_countries_speak_the_visitors_language(
    client: FlaskClient, language: str, heading: str
) -> None:
    page = page_of(client.get("/sign-up", headers={"Accept-Language": language}))
    assert heading in [one.text for one in page.root.all("h2")]


def test_all_places_of_the_official_list_are_offered_under_their_county(client: FlaskClient) -> None:
    page = page_of(client.get(f"/sign-up/{MUNICIPALITY}"))
    place = page.root.first("select", name="place_code")
    groups = {
        group.attributes["label"]: [one.text for one in group.all("option")]
        for group in place.all("optgroup")
    }
    assert sum(map(len, groups.values())) == 357
    assert list(groups)[-1] == "Østfold"
    assert groups["Agder"][-1] == "Åseral"


def test_a_danish_municipality_is_asked_for_its_word_for_the_jobcentre(client: FlaskClient) -> None:
    page = page_of(client.get("/sign-up/denmark.municipality"))
    assert page.value("office_word") == "jobcenter"
    assert len(list(page.root.first("select", name="place_code").all("option"))) == 99


def test_a_city_district_is_asked_for_its_name(client: FlaskClient) -> None:
    page = page_of(client.get("/sign-up/norway.city_district"))
    assert page.root.first("input", name="district")
    with pytest.raises(LookupError):
        page.root.first("input", name="office_word")


def test_an_unknown_kind_is_not_found(client: FlaskClient) -> None:
    page_of(client.get("/sign-up/atlantis.municipality"), 404)
    page_of(client.post("/sign-up/atlantis.municipality", data=filled()), 404)


def test_signing_up_makes_an_unverified_tenant_with_one_administrator(
    client: FlaskClient, place: str
) -> None:
    form = filled()
    answer = client.post(f"/sign-up/{MUNICIPALITY}", data=form)
    assert (answer.status_code, answer.location) == (303, "/check-your-mail")
    assert form["email"] in page_of(client.get("/check-your-mail")).text
    tenant = tenant_with(place)
    assert tenant is not None
    assert (tenant.number, tenant.confirmed_at, tenant.country) == ("312345676", None, "NO")
    account = access.account_by_email(form["email"])
    assert account is not None
    assert account.confirmed_at is None
    ((card, roles),) = access.my_tenants(account.id)
    assert (card.id, roles) == (tenant.id, ("access.administrator",))


def test_the_whole_way_from_the_form_to_the_first_page(client: FlaskClient) -> None:
    form = filled(password="blåbær under grønne trapper")
    client.post(f"/sign-up/{MUNICIPALITY}", data=form)
    sign_in = {"email": form["email"], "password": form["password"]}
    assert "Confirm your e-mail address first" in page_of(client.post("/sign-in", data=sign_in), 422).text
    (letter,) = letters_to(form["email"])
    assert client.get(letter.path).location == "/sign-in"
    assert client.post("/sign-in", data=sign_in).location == "/tenants"
    home = client.get("/tenants").location
    assert "not confirmed your organisation" in client.get(f"{home}settings").get_data(as_text=True)


def test_the_mail_speaks_the_visitors_language(app: Flask, client: FlaskClient) -> None:
    form = filled()
    client.post("/language", data={"language": "nb"})
    client.post(f"/sign-up/{MUNICIPALITY}", data=form)
    (letter,) = letters_to(form["email"])
    assert form["name"] in letter.body


def errors_of(page: Page) -> set[str]:
    names = ("place_code", "district", "number", "office_word", "name", "email", "password", "speaks_for")
    return {name for name in names if page.error(name)}


def test_an_empty_form_says_what_is_missing_beside_each_field(client: FlaskClient) -> None:
    page = page_of(client.post(f"/sign-up/{MUNICIPALITY}", data={}), 422)
    assert errors_of(page) == {"place_code", "number", "name", "email", "password", "speaks_for"}
    summary = page.root.first("div", class_="ds-error-summary")
    controls = [*page.root.all("input"), *page.root.all("select")]
    ids = {one.attributes.get("id") for one in controls}
    assert {link.attributes["href"][1:] for link in summary.all("a")} <= ids


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (MUNICIPALITY, "place_code", "9999"),
        (MUNICIPALITY, "place_code", "0301' OR 1=1"),
        (MUNICIPALITY, "number", "312345677"),
        (MUNICIPALITY, "number", "9" * 500),
        (MUNICIPALITY, "number", "<script>alert(1)</script>"),
        (MUNICIPALITY, "number", "31234\x005676"),
        (MUNICIPALITY, "name", " "),
        (MUNICIPALITY, "name", "x" * 161),
        (MUNICIPALITY, "name", "Kari\0"),
        (MUNICIPALITY, "email", "kari"),
        (MUNICIPALITY, "email", "kari@\0example.org"),
        (MUNICIPALITY, "email", "a" * 300 + "@example.org"),
        (MUNICIPALITY, "password", "kort"),
        (MUNICIPALITY, "password", "gule fjell\0synger stille"),
        (MUNICIPALITY, "password", "x" * 3000),
        (MUNICIPALITY, "password", "Kari Prøve Kari"),
        (MUNICIPALITY, "speaks_for", ""),
        (MUNICIPALITY, "speaks_for", "perhaps"),
        ("norway.city_district", "district", ""),
        ("norway.city_district", "district", "!!!"),
        ("norway.city_district", "district", "x" * 81),
        ("denmark.municipality", "office_word", ""),
        ("denmark.municipality", "office_word", "x" * 61),
    ],
)
def test_bad_input_is_answered_beside_its_field(
    client: FlaskClient, kind: str, field: str, value: str
) -> None:
    good = {
        MUNICIPALITY: {},
        "norway.city_district": {"place_code": "0301", "district": "Bydel Fjellsida"},
        "denmark.municipality": {"place_code": "0101", "number": "99999993", "office_word": "jobcenter"},
    }
    form = filled(**good[kind]) | {field: value}
    page = page_of(client.post(f"/sign-up/{kind}", data=form), 422)
    assert errors_of(page) == {field}
    assert field == "name" or page.value("name") == "Kari Prøve"
    assert page.value("password") == ""


def test_a_file_instead_of_text_is_refused(client: FlaskClient) -> None:
    form: dict[str, Any] = filled() | {"name": (BytesIO(b"x"), "name.txt")}
    page_of(client.post(f"/sign-up/{MUNICIPALITY}", data=form, content_type="multipart/form-data"), 422)


def test_a_script_in_the_form_comes_back_as_text(client: FlaskClient) -> None:
    page = page_of(
        client.post(f"/sign-up/{MUNICIPALITY}", data=filled(name="<script>x</script>", number="")), 422
    )
    assert page.value("name") == "<script>x</script>"


def test_a_municipality_that_is_a_tenant_is_not_signed_up_again(client: FlaskClient) -> None:
    client.post(f"/sign-up/{MUNICIPALITY}", data=filled())
    second = filled()
    page = page_of(client.post(f"/sign-up/{MUNICIPALITY}", data=second), 409)
    assert "already uses Fotfeste. Ask its administrator to invite you." in page.error("place_code")
    assert page.value("email") == second["email"]
    assert "/confirm" in page.links()
    assert access.account_by_email(second["email"]) is None
    assert letters_to(second["email"]) == []


def test_a_form_sent_twice_makes_one_tenant(client: FlaskClient) -> None:
    form = filled()
    assert client.post(f"/sign-up/{MUNICIPALITY}", data=form).status_code == 303
    assert client.post(f"/sign-up/{MUNICIPALITY}", data=form).status_code == 409
    assert len(letters_to(form["email"])) == 1


def test_two_sign_ups_at_the_same_moment_are_told_apart_by_the_database(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(f"/sign-up/{MUNICIPALITY}", data=filled())
    monkeypatch.setattr(tenancy, "find_taken", lambda _new: None)
    page = page_of(client.post(f"/sign-up/{MUNICIPALITY}", data=filled()), 409)
    assert "already uses Fotfeste" in page.error("place_code")


def test_the_same_address_twice_at_the_same_moment_makes_one_account(
    app: Flask, client: FlaskClient, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = make_tenant().admin_email
    look = access.account_by_email
    calls = count(1)
    monkeypatch.setattr(
        access, "account_by_email", lambda address: look(address) if next(calls) > 2 else None
    )
    assert client.post(f"/sign-up/{MUNICIPALITY}", data=filled(email=email)).status_code == 303
    assert db.session.scalar(select(func.count()).where(Account.email == email)) == 1
    assert tenant_with(place) is None


def test_two_districts_of_one_city_are_two_tenants_but_one_name_is_one(client: FlaskClient) -> None:
    path = "/sign-up/norway.city_district"
    assert client.post(path, data=filled(place_code="0301", district="Bydel Fjellsida")).status_code == 303
    assert client.post(path, data=filled(place_code="0301", district="Havna")).status_code == 303
    assert client.post(path, data=filled(place_code="0301", district="FJELLSIDA")).status_code == 409


def test_a_known_address_sees_the_same_page_and_gets_a_mail_instead(
    app: Flask, client: FlaskClient, place: str
) -> None:
    email = make_tenant().admin_email
    answer = client.post(f"/sign-up/{MUNICIPALITY}", data=filled(email=email))
    assert (answer.status_code, answer.location) == (303, "/check-your-mail")
    assert email in page_of(client.get("/check-your-mail")).text
    assert tenant_with(place) is None
    (letter,) = letters_to(email)
    assert letter.subject == "You already have an account in Fotfeste"
    assert letter.path == f"/sign-in?next=/sign-up/{MUNICIPALITY}"
    client.post(letter.path, data={"email": email, "password": PASSWORD})
    assert client.get("/tenants").status_code == 302


def test_somebody_signed_in_founds_another_tenant_without_a_second_account(app: Flask) -> None:
    tenant = make_tenant()
    browser = signed_in(app, tenant.admin_email)
    path = "/sign-up/norway.county"
    page = page_of(browser.get(path))
    with pytest.raises(LookupError):
        page.root.first("input", name="password")
    form = {"place_code": free_place("norway.county"), "number": "312345676", "speaks_for": "on"}
    answer = browser.post(path, data=form)
    assert answer.status_code == 303
    assert answer.location.startswith("/t/")
    assert len(access.my_tenants(tenant.admin_id)) == 2
    assert browser.post(path, data=form).status_code == 409


def test_suggested_modules_are_switched_on_from_the_start(app: Flask) -> None:
    tenant = make_tenant(MUNICIPALITY)
    with tenant_scope(tenant.id):
        assert {"no_work_training", "no_introduction"} <= tenancy.plugins_switched_on()


def test_a_failing_number_check_accepts_nothing(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> str:
        raise ValueError("out of order")

    monkeypatch.setattr("stdnum.no.orgnr.is_valid", broken)
    page = page_of(client.post(f"/sign-up/{MUNICIPALITY}", data=filled()), 422)
    assert errors_of(page) == {"number"}


def test_the_audit_says_who_founded_the_tenant(client: FlaskClient) -> None:
    client.post(f"/sign-up/{MUNICIPALITY}", data=filled())
    with platform_scope("read the audit in a test"):
        actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"tenant.signed_up", "member.added"} <= actions


def test_signing_up_is_limited(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["fotfeste_limiter"], "enabled", True)
    answers = [client.post(f"/sign-up/{MUNICIPALITY}", data={}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
