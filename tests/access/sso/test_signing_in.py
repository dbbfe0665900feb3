"""Coming in by the organisation's own sign-in: who gets in, as whom, and with what role."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.access import directory, invitations, members
from core.access import service as access
from core.access.models import Account
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted
from tests.access.sso.provider import FakeProvider
from tests.access.sso.setting import (
    ADMINISTRATOR,
    ADVISER,
    READER,
    back,
    identities,
    leave,
    offer,
    roles_of,
    walk,
    written,
)

KARI = "kari@example.org"


@pytest.fixture
def tenant(app: Flask, provider: FakeProvider) -> MadeTenant:
    made = make_tenant()
    offer(made, provider)
    return made


def account(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email))


def is_in(client: FlaskClient, tenant: MadeTenant) -> bool:
    return client.get(f"/t/{tenant.slug}/").status_code == 200


def test_the_button_leads_to_the_provider_with_everything_that_protects_the_way(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    left = leave(client, tenant)
    assert left.address == f"{provider.issuer}/authorize"
    assert left.asked["redirect_uri"] == f"http://localhost/t/{tenant.slug}/sso/callback"
    assert left.asked["response_type"] == "code"
    assert left.asked["code_challenge_method"] == "S256"
    assert len(left.asked["code_challenge"]) == 43
    assert len(left.state) >= 40
    assert len(left.asked["nonce"]) >= 40


def test_somebody_new_with_a_role_comes_in_at_once(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    answer = walk(client, tenant, provider, groups=["Advisers", "Football"])
    assert answer.location == f"/t/{tenant.slug}/"
    assert is_in(client, tenant)
    assert roles_of(tenant, KARI) == [ADVISER]
    made = account(KARI)
    assert made is not None
    assert made.password is None
    assert made.confirmed_at is None, "nobody has shown us that the address is theirs"
    assert {"identity.connected", "member.added"} <= set(written(tenant))


def test_the_code_is_exchanged_with_the_secret_and_the_verifier(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(client, tenant, provider, groups=["Readers"])
    (asked,) = provider.asked
    assert asked["code"] == "a-code"
    assert len(asked["code_verifier"]) >= 43
    assert asked["redirect_uri"].endswith("/sso/callback")
    assert "client_secret" not in asked, "it goes in the header where the provider takes it there"


def test_one_comes_back_to_the_page_one_was_going_to_and_to_no_other_site(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    wanted = f"/t/{tenant.slug}/people"
    assert walk(client, tenant, provider, f"?next={wanted}", groups=["Readers"]).location == wanted
    evil = walk(client, tenant, provider, "?next=https://evil.example/", groups=["Readers"])
    assert evil.location == f"/t/{tenant.slug}/"


def test_somebody_without_a_role_gets_a_page_that_says_so(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    answer = walk(client, tenant, provider, groups=["Football"])
    page = page_of(client.get(answer.location))
    assert "ask an administrator" in page.text
    assert account(KARI) is None
    assert identities(tenant) == []
    assert not is_in(client, tenant)


def test_everybody_else_gets_the_role_that_the_tenant_has_decided(
    client: FlaskClient, app: Flask, provider: FakeProvider
) -> None:
    tenant = make_tenant()
    offer(tenant, provider, default_role=READER)
    walk(client, tenant, provider)
    assert roles_of(tenant, KARI) == [READER]


def test_roles_follow_the_provider_at_each_sign_in(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(app.test_client(), tenant, provider, groups=["Advisers"])
    walk(app.test_client(), tenant, provider, groups=["Readers", "Advisers"])
    assert roles_of(tenant, KARI) == [ADVISER, READER]
    walk(app.test_client(), tenant, provider, groups=["Readers"])
    assert roles_of(tenant, KARI) == [READER]
    assert written(tenant).count("member.roles_changed") == 2


def test_whom_the_provider_puts_out_is_out_and_comes_in_again_when_it_says_so(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(app.test_client(), tenant, provider, groups=["Advisers"])
    refused = walk(app.test_client(), tenant, provider, groups=[])
    assert refused.status_code == 403
    assert "has not given you a role" in page_of(refused, 403).text
    assert roles_of(tenant, KARI) is None
    walk(app.test_client(), tenant, provider, groups=["Readers"])
    assert roles_of(tenant, KARI) == [READER]


def test_whom_a_colleague_put_out_the_provider_does_not_let_in_again(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(app.test_client(), tenant, provider, groups=["Advisers"])
    with acting(app, tenant):
        (membership,) = directory.search(words=KARI).people
        members.end_membership(membership.membership_id)
    assert walk(app.test_client(), tenant, provider, groups=["Advisers"]).status_code == 403
    assert roles_of(tenant, KARI) is None


def test_a_role_that_a_colleague_gave_stays(app: Flask, tenant: MadeTenant, provider: FakeProvider) -> None:
    email = make_member(tenant, READER)
    walk(app.test_client(), tenant, provider, email=email, groups=["Advisers"])
    assert roles_of(tenant, email) == [READER, ADVISER]
    walk(app.test_client(), tenant, provider, email=email, groups=[])
    assert roles_of(tenant, email) == [READER]


def test_the_last_administrator_is_not_put_out(app: Flask, provider: FakeProvider) -> None:
    tenant = make_tenant()
    offer(tenant, provider)
    walk(app.test_client(), tenant, provider, email=tenant.admin_email, groups=["Admins"])
    walk(app.test_client(), tenant, provider, email=tenant.admin_email, groups=[])
    assert roles_of(tenant, tenant.admin_email) == [ADMINISTRATOR]


def test_a_member_whose_address_the_provider_has_verified_is_known_again(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    email = make_member(tenant, ADVISER)
    client = app.test_client()
    walk(client, tenant, provider, email=email)
    assert is_in(client, tenant)
    (identity,) = identities(tenant)
    known = account(email)
    assert known is not None
    assert identity.account_id == known.id


@pytest.mark.parametrize("verified", [False, None, "yes", 1])
def test_an_address_that_is_not_verified_opens_no_account(
    app: Flask, tenant: MadeTenant, provider: FakeProvider, verified: object
) -> None:
    email = make_member(tenant, ADVISER)
    client = app.test_client()
    answer = walk(client, tenant, provider, email=email, email_verified=verified, groups=["Admins"])
    assert "/sso/connect" in answer.location
    assert not is_in(client, tenant)
    assert identities(tenant) == []


def test_another_claim_than_the_address_counts_as_unverified(app: Flask, provider: FakeProvider) -> None:
    tenant = make_tenant()
    offer(tenant, provider, email_claim="preferred_username")
    email = make_member(tenant, ADVISER)
    answer = walk(app.test_client(), tenant, provider, preferred_username=email)
    assert "/sso/connect" in answer.location


def test_an_account_elsewhere_is_never_opened_by_an_address_alone(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    victim = make_tenant().admin_email
    client = app.test_client()
    answer = walk(client, tenant, provider, email=victim, groups=["Admins"])
    assert "/sso/connect" in answer.location
    assert not is_in(client, tenant)
    assert roles_of(tenant, victim) is None


def test_whoever_is_invited_comes_in_with_the_role_of_the_invitation(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    with acting(app, tenant):
        invitations.invite(KARI, "Kari", READER, lambda token: token)
    client = app.test_client()
    walk(client, tenant, provider)
    assert is_in(client, tenant)
    assert roles_of(tenant, KARI) == [READER]
    with acting(app, tenant):
        assert invitations.open_invitations() == []


def test_an_account_is_connected_by_its_owner(app: Flask, tenant: MadeTenant, provider: FakeProvider) -> None:
    email = make_member(tenant, ADVISER, "Vera Skriver")
    client = signed_in(app, email)
    answer = walk(client, tenant, provider, email_verified=False, email="other@example.org")
    page = page_of(client.get(answer.location))
    assert "Vera Skriver" in page.text
    assert identities(tenant) == [], "nothing is connected until the owner says so"
    done = client.post(f"/t/{tenant.slug}/sso/connect")
    assert done.status_code == 303
    assert len(identities(tenant)) == 1
    another = app.test_client()
    walk(another, tenant, provider, email_verified=False, email="other@example.org")
    assert is_in(another, tenant)


def test_connecting_needs_an_own_way_of_signing_in(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(client, tenant, provider, groups=[])
    answer = client.post(f"/t/{tenant.slug}/sso/connect")
    assert answer.location.endswith("/sso/needed")
    assert identities(tenant) == []


def test_what_waits_to_be_connected_is_not_readable_in_the_cookie(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(client, tenant, provider, sub="01017012345", groups=[])
    with client.session_transaction() as cookie:
        assert "01017012345" not in str(dict(cookie))
        assert KARI not in str(dict(cookie))


def test_a_subject_is_not_stored_in_the_clear(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(client, tenant, provider, sub="01017012345", groups=["Readers"])
    (identity,) = identities(tenant)
    assert identity.subject == "01017012345"
    assert "01017012345" not in identity.subject_key


def test_a_closed_account_stays_closed(app: Flask, tenant: MadeTenant, provider: FakeProvider) -> None:
    walk(app.test_client(), tenant, provider, groups=["Advisers"])
    with unit_of_work():
        closed = account(KARI)
        assert closed is not None
        closed.active = False
    assert walk(app.test_client(), tenant, provider, groups=["Advisers"]).status_code == 403


def test_what_the_token_lacks_is_asked_for(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    provider.userinfo = {"sub": "person-1", "groups": ["Advisers"], "email": "evil@example.org"}
    walk(client, tenant, provider)
    assert roles_of(tenant, KARI) == [ADVISER]


def test_what_is_said_of_somebody_else_is_refused(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    provider.userinfo = {"sub": "somebody else", "groups": ["Admins"]}
    answer = walk(client, tenant, provider)
    assert "two different people" in page_of(answer, 400).text


def test_a_group_inside_another_claim_is_found(client: FlaskClient, provider: FakeProvider) -> None:
    tenant = make_tenant()
    offer(tenant, provider, roles_claim="realm_access.roles")
    walk(client, tenant, provider, realm_access={"roles": ["Advisers"]})
    assert roles_of(tenant, KARI) == [ADVISER]


def test_the_number_of_statements_does_not_grow_with_the_groups(
    app: Flask, tenant: MadeTenant, provider: FakeProvider
) -> None:
    walk(app.test_client(), tenant, provider, groups=["Advisers"])
    with counted() as few:
        walk(app.test_client(), tenant, provider, groups=["Advisers"])
    with counted() as many:
        walk(app.test_client(), tenant, provider, groups=["Advisers", *map(str, range(400))])
    assert len(many) == len(few)


def test_one_who_cancels_is_told_that_nothing_has_changed(
    client: FlaskClient, tenant: MadeTenant, provider: FakeProvider
) -> None:
    left = leave(client, tenant)
    answer = back(client, tenant, left.state, code="", error="access_denied")
    assert "Nothing has changed" in page_of(answer, 400).text
    assert access.account_by_email(KARI) is None
