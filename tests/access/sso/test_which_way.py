"""Which way of signing in counts where, and the glass that may be broken."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.access import service as access
from core.access.models import Account, AccountSession
from core.access.sso.provider import row_in_force
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy
from core.tenancy.models import Tenant
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted
from tests.access.sso.provider import FakeProvider
from tests.access.sso.setting import ADVISER, back, leave, may_break_glass, offer, walk, written

PLACES = ("/account", "/account/name", "/sign-up", "/tenants")


@pytest.fixture
def tenant(app: Flask, provider: FakeProvider) -> MadeTenant:
    made = make_tenant()
    offer(made, provider)
    return made


@pytest.fixture
def strict(app: Flask, provider: FakeProvider) -> Iterator[MadeTenant]:
    made = make_tenant()
    offer(made, provider, enforced=True)
    return made


def come_in(app: Flask, tenant: MadeTenant, provider: FakeProvider, email: str) -> FlaskClient:
    client = app.test_client()
    assert walk(client, tenant, provider, email=email, sub=f"sub of {email}").status_code == 302
    return client


def home(client: FlaskClient, tenant: MadeTenant) -> int:
    return client.get(f"/t/{tenant.slug}/").status_code


def member_of_both(one: MadeTenant, other: MadeTenant) -> str:
    email = make_member(one, ADVISER)
    account = access.account_by_email(email)
    assert account is not None
    with tenant_scope(other.id), unit_of_work():
        access.add_member(account.id, ADVISER)
    return email


def test_a_provider_opens_its_own_tenant_and_no_other(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    """Else whoever runs a provider could invite anybody, say it is them, and read all they may read."""
    other = make_tenant()
    email = member_of_both(tenant, other)
    assert home(signed_in(app, email), other) == 200
    client = come_in(app, tenant, provider, email)
    assert home(client, tenant) == 200
    answer = client.get(f"/t/{other.slug}/")
    assert answer.status_code == 303
    assert "does not count here" in page_of(client.get(answer.location)).text


@pytest.mark.parametrize("path", PLACES)
def test_a_provider_does_not_open_the_account_itself(
    app: Flask, tenant: MadeTenant, provider: FakeProvider, path: str
) -> None:
    client = come_in(app, tenant, provider, member_of_both(tenant, make_tenant()))
    answer = client.get(path)
    if path == "/tenants":
        assert answer.location == f"/t/{tenant.slug}/"
    else:
        assert answer.status_code in {403, 404, 405}
    assert client.post(path, data={"name": "Somebody Else"}).status_code in {403, 404, 405}


def test_an_own_way_and_the_provider_together_open_both(
    app: Flask, strict: MadeTenant, provider: FakeProvider
) -> None:
    other = make_tenant()
    email = member_of_both(strict, other)
    client = signed_in(app, email)
    walk(client, strict, provider, email=email)
    assert home(client, strict) == 200
    assert home(client, other) == 200


def test_where_it_is_enforced_a_password_leads_to_the_button(
    app: Flask, strict: MadeTenant, provider: FakeProvider
) -> None:
    email = make_member(strict, ADVISER)
    client = signed_in(app, email)
    wanted = f"/t/{strict.slug}/people"
    answer = client.get(wanted)
    assert answer.status_code == 303
    page = page_of(client.get(answer.location))
    (button,) = [link for link in page.links() if "/sso?" in link]
    assert unquote(button).endswith(f"next={wanted}")
    walk(client, strict, provider, email=email)
    assert client.get(wanted).status_code == 200


def test_where_it_is_enforced_a_form_is_stopped_too(app: Flask, strict: MadeTenant) -> None:
    client = signed_in(app, strict.admin_email)
    answer = client.post(f"/t/{strict.slug}/settings", data={"language": "nb"})
    assert answer.status_code == 303
    assert "/sso/needed" in answer.location


def test_a_session_of_an_earlier_provider_does_not_count(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    from core.kernel import clock  # noqa: PLC0415

    client = come_in(app, tenant, provider, make_member(tenant, ADVISER))
    with tenant_scope(tenant.id), unit_of_work():
        row = row_in_force()
        assert row is not None
        row.ended_at = clock.now()
    offer(tenant, provider)
    assert home(client, tenant) == 303


def strongly_signed_in(app: Flask, email: str) -> FlaskClient:
    """Signed in as somebody who has shown a passkey."""
    client = signed_in(app, email)
    account = access.account_by_email(email)
    assert account is not None
    with platform_scope("a stronger session for a test"), unit_of_work():
        for row in db.session.query(AccountSession).filter_by(account_id=account.id):
            row.ways = ["passkey"]
    return client


def test_an_administrator_may_break_the_glass_and_it_is_written_down_once(
    app: Flask, strict: MadeTenant
) -> None:
    may_break_glass(strict)
    client = strongly_signed_in(app, strict.admin_email)
    assert home(client, strict) == 200
    assert home(client, strict) == 200
    assert written(strict).count("member.break_glass_used") == 1


def test_the_glass_is_not_broken_with_a_password_alone(app: Flask, strict: MadeTenant) -> None:
    may_break_glass(strict)
    assert home(signed_in(app, strict.admin_email), strict) == 303


def test_an_administrator_who_is_not_named_does_not_come_in(app: Flask, strict: MadeTenant) -> None:
    assert home(strongly_signed_in(app, strict.admin_email), strict) == 303


def test_the_page_to_sign_in_shows_the_way_of_the_tenant_that_one_was_going_to(
    app: Flask, client: FlaskClient, tenant: MadeTenant
) -> None:
    led = client.get(f"/t/{tenant.slug}/people")
    assert led.location.startswith("/sign-in?")
    page = page_of(client.get(led.location))
    assert any(link.startswith(f"/t/{tenant.slug}/sso?") for link in page.links())
    elsewhere = page_of(client.get("/sign-in"))
    assert not any("/sso?" in link for link in elsewhere.links())


def test_the_page_to_sign_in_does_not_depend_on_who_asks(
    app: Flask, client: FlaskClient, tenant: MadeTenant
) -> None:
    make_member(tenant, ADVISER)
    plain = page_of(client.get(f"/sign-in?next=/t/{tenant.slug}/")).text
    for email in (tenant.admin_email, "nobody@example.org"):
        data = {"email": email, "password": "wrong and long enough", "next": f"/t/{tenant.slug}/"}
        assert "has a sign-in of its own" in plain
        assert "has a sign-in of its own" in page_of(client.post("/sign-in", data=data), 422).text


def test_an_organisation_is_found_by_its_name(app: Flask, client: FlaskClient, tenant: MadeTenant) -> None:
    name = tenancy.by_ids([tenant.id])[tenant.id].name
    page = page_of(client.get("/sign-in/organisation", query_string={"name": name[:6]}))
    assert f"/t/{tenant.slug}/" in page.links()
    unconfirmed = make_tenant(confirmed=False)
    for asked in ("%", "_", "no such place at all", unconfirmed.slug):
        found = page_of(client.get("/sign-in/organisation", query_string={"name": asked}))
        assert not any(link.startswith("/t/") for link in found.links()), asked


def test_a_tenant_without_single_sign_on_has_none_of_its_pages(app: Flask, client: FlaskClient) -> None:
    tenant = make_tenant()
    for page in ("", "/callback?state=x&code=y", "/needed", "/connect", "/signed-out"):
        assert client.get(f"/t/{tenant.slug}/sso{page}").status_code == 404


def test_after_signing_out_one_is_told_how_to_sign_out_there_too(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    client = come_in(app, tenant, provider, make_member(tenant, ADVISER))
    answer = client.post("/sign-out")
    assert answer.location == f"/t/{tenant.slug}/sso/signed-out"
    page = page_of(client.get(answer.location))
    assert any(link.startswith(f"{provider.issuer}/end?client_id=") for link in page.links())
    assert home(client, tenant) == 302
    own = signed_in(app, make_member(tenant, ADVISER))
    assert own.post("/sign-out").location == "/"


def test_whoever_must_show_again_who_they_are_does_so_at_the_provider(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:

    email = make_member(tenant, ADVISER)
    client = come_in(app, tenant, provider, email)
    left = leave(client, tenant, "?again=1&next=/tenants")
    assert left.asked["prompt"] == "login"
    now = int(clock.now().timestamp())
    provider.speak_of(left.asked["nonce"], sub=f"sub of {email}", auth_time=now)
    assert back(client, tenant, left.state).location == "/tenants"
    old = leave(client, tenant, "?again=1")
    provider.speak_of(old.asked["nonce"], sub=f"sub of {email}", auth_time=now - 7200)
    assert "did not ask you" in page_of(back(client, tenant, old.state), 400).text
    other = leave(client, tenant, "?again=1")
    provider.speak_of(other.asked["nonce"], sub="somebody else", auth_time=now)
    assert "two different people" in page_of(back(client, tenant, other.state), 400).text


def test_where_a_second_factor_is_asked_for_the_provider_of_the_tenant_answers_for_it(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    """And that of another tenant does not, although the session knows it too."""
    other = make_tenant()
    email = member_of_both(tenant, other)
    for one in (tenant, other):
        with platform_scope("ask for a second factor in a test"), unit_of_work():
            db.session.get_one(Tenant, one.id).second_factor = "everybody"
    assert home(come_in(app, tenant, provider, email), tenant) == 200
    both = signed_in(app, email)
    assert walk(both, tenant, provider, email=email, sub=f"sub of {email}").status_code == 302
    assert home(both, tenant) == 200
    assert home(both, other) in {302, 303}


def test_a_tenant_without_single_sign_on_pays_nothing_for_it(app: Flask, tenant: MadeTenant) -> None:
    plain = make_tenant()
    client = signed_in(app, plain.admin_email)
    home(client, plain)
    with counted() as sent:
        home(client, plain)
    assert not [one for one in sent if "access_identity_provider" in one or "break_glass" in one]


def test_nobody_becomes_a_member_of_anything_by_an_account_without_a_password(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    """An account that a provider made opens by no password until a mail has shown whose address it is."""
    client = app.test_client()
    walk(client, tenant, provider, groups=["Readers"])
    answer = app.test_client().post("/sign-in", data={"email": "kari@example.org", "password": ""})
    assert answer.status_code == 422
    made = access.account_by_email("kari@example.org")
    assert isinstance(made, Account)
    assert made.password is None
