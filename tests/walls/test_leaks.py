"""Every address below a tenant's own, with the ids of another tenant: nobody learns that the thing exists.

The addresses come from the application itself, so a new one is probed as soon as it is there. By hand one
adds only a new kind of value to `furnished`, and a new address outside the tenants to `PUBLIC`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from seminars.models import Seminar
from sqlalchemy import Connection, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from core.access import invitations
from core.access import service as access
from core.access.models import Membership
from core.agreements import parts as agreement_parts
from core.agreements.models import SignatureRequest, Version
from core.agreements.signing import service as signing
from core.app import create_app
from core.documents import service as documents
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation
from core.tenancy.models import TenantPlugin
from core.testing.contract import NOWHERE
from core.testing.drafts import acting, complete_draft
from core.testing.factories import PASSWORD, MadeTenant, make_tenant, signed_in
from core.testing.rollback import rolled_back

BELOW = "/t/<slug>/"
GARBAGE = "no-such-token-in-the-whole-house"
FORM = {
    "reason": "Because.",
    "title": "Title",
    "name": "Kari Prøve",
    "role": "leader",
    "text": "Text",
    "value": "1",
    "password": PASSWORD,
    "sha256": "0" * 64,
    "revision": "0",
}
"""What is typed into every form, so that a missing word does not hide that the id was not looked up."""

PUBLIC = {
    "/": "the front page",
    "/account": "the signed-in person's own",
    "/assets/<path:name>": "files of the product",
    "/check-your-mail": "says the same to everybody",
    "/confirm": "asks for a new link",
    "/confirm/<token>": "a link that was mailed",
    "/health/live": "for whoever runs the product",
    "/health/ready": "for whoever runs the product",
    "/language": "keeps a choice in a cookie",
    "/mailbox": "on a developer's own machine only",
    "/mailbox/<uuid:mail_id>": "on a developer's own machine only",
    "/reset-password": "asks for a link",
    "/reset-password/<token>": "a link that was mailed",
    "/sign-in": "how everybody enters",
    "/sign-out": "the signed-in person's own",
    "/sign-up": "a new tenant",
    "/sign-up/<kind>": "a new tenant",
    "/tenants": "the signed-in person's own",
}
"""Addresses outside every tenant, with why they need none. Think before adding one."""


def all_rules() -> list[Rule]:
    """Every address of the product with the miniature plugin."""
    import seminars.plugin  # noqa: PLC0415  its folder is on the path since the conftest

    settings = Settings("development", "for-the-list-of-addresses", NOWHERE, NOWHERE, NOWHERE, NOWHERE)
    return sorted(create_app(settings, {"seminars": lambda: seminars.plugin}).url_map.iter_rules(), key=str)


RULES = all_rules()
OURS = [rule for rule in RULES if rule.rule.startswith(BELOW)]
ADDRESSES = sorted(
    (rule.rule, method) for rule in OURS for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
)
WITH_IDS = [(rule, method) for rule, method in ADDRESSES if "<uuid:" in rule]
WITH_TOKENS = [(rule, method) for rule, method in ADDRESSES if "<token>" in rule]


@dataclass(frozen=True)
class Inside:
    """A tenant with something in every drawer: ``examples`` has a value for each argument of an address.

    ``insider`` is signed in as its administrator, who was also asked to sign.
    """

    tenant: MadeTenant
    examples: dict[str, str]
    insider: FlaskClient

    def url(self, rule: str, *, slug: str = "", **replaced: str) -> str:
        """The address with this tenant's values; ``replaced`` takes precedence."""
        made, before = [], ""
        for part in rule.split("/"):
            made.append(self._value(part, before, replaced) if part != "<slug>" else slug or self.tenant.slug)
            before = part
        return "/".join(made)

    def _value(self, part: str, before: str, replaced: dict[str, str]) -> str:
        if not part.startswith("<"):
            return part
        name = part.strip("<>").rpartition(":")[2]
        place = f"{before}/{name}"
        for known in (replaced, self.examples):
            if found := known.get(place) or known.get(name):
                return found
        raise LookupError(
            f"The probe does not know what to put for {place}: add it to `furnished` in {__file__}."
        )


@dataclass(frozen=True)
class House:
    app: Flask
    connection: Connection
    mine: Inside
    theirs: Inside
    stranger: FlaskClient

    def ask(
        self,
        browser: FlaskClient,
        url: str,
        method: str,
        form: dict[str, str] = FORM,
    ) -> TestResponse:
        """Send a request, and undo whatever it did."""
        undone = self.connection.begin_nested()
        try:
            return browser.open(url, method=method, data=form if method != "GET" else None)
        finally:
            undone.rollback()


@pytest.fixture(scope="module")
def probed(house: Any) -> Iterator[House]:
    with rolled_back(house.app, house.admin_url, house.database) as connection, house.app.app_context():
        mine, theirs = furnished(house.app), furnished(house.app)
        stranger = signed_in(house.app, an_account("stranger@example.org"))
        yield House(house.app, connection, mine, theirs, stranger)


def an_account(email: str) -> str:
    with platform_scope("a person for a test"), unit_of_work():
        access.new_account(email, "Ola Prøve", PASSWORD, confirmed=True)
    return email


def furnished(app: Flask) -> Inside:
    """A tenant with an agreement out for signing, a draft, an invitation, a file, a promise and a seminar."""
    tenant = make_tenant("norway.municipality")
    with acting(app, tenant):
        sent = complete_draft()
        links = signing.send(sent)
        token = []
        invitation = invitations.invite(
            f"guest@{tenant.slug}.example",
            "Gjest",
            "access.reader",
            lambda made: token.append(made) or "link",
        )
        keys = agreement_parts.load(sent)
    with tenant_scope(tenant.id), unit_of_work():
        rows = _rows_by_hand(tenant)
        request = db.session.scalars(
            select(SignatureRequest).where(SignatureRequest.agreement_id == sent)
        ).first()
        version = db.session.scalars(select(Version.id).where(Version.agreement_id == sent)).one()
        request.email = tenant.admin_email
        member = db.session.scalars(select(Membership.id)).one()
    examples = {
        "agreement_id": sent,
        "request_id": request.id,
        "version_id": version,
        "membership_id": member,
        "invitation_id": invitation.id,
        **rows,
        "join/token": token[0],
        "sign/token": links[0].token,
        "compose/step": "parties",
        "clauses/key": next(iter(keys.clauses)),
        "contacts/key": next(iter(keys.contacts)),
        "goals/key": next(iter(keys.goals)),
        "meetings/key": next(iter(keys.meetings)),
        "parties/key": next(iter(keys.parties)),
        "values/key": next(iter(keys.values)),
    }
    return Inside(
        tenant, {name: str(value) for name, value in examples.items()}, signed_in(app, tenant.admin_email)
    )


def _rows_by_hand(tenant: MadeTenant) -> dict[str, Any]:
    today = clock.today("UTC")
    seminar = Seminar(id=new_id(), title="Seminar", held_on=today)
    promise = Obligation(
        id=new_id(),
        subject_kind="agreement",
        subject_id=new_id(),
        subject_title="Title",
        key="key",
        index=1,
        kind="meeting",
        title="Meeting",
        nominal_on=today,
        due_on=today,
    )
    logo = documents.store(tenant.id, "logo", "logo.png", "image/png", b"logo")
    db.session.add_all([seminar, promise, TenantPlugin(plugin="seminars")])
    return {"seminar_id": seminar.id, "obligation_id": promise.id, "file_id": logo.id}


@pytest.mark.parametrize(("rule", "method"), WITH_IDS)
def test_an_id_of_another_tenant_answers_404(probed: House, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, slug=probed.mine.tenant.slug)
    for form in (FORM, {}):
        assert probed.ask(probed.mine.insider, url, method, form).status_code == 404


@pytest.mark.parametrize(("rule", "method"), [one for one in WITH_IDS if one[0].count("<uuid:") > 1])
def test_an_id_of_another_tenant_below_one_of_mine_answers_404(probed: House, rule: str, method: str) -> None:
    ids = [part.strip("<>").removeprefix("uuid:") for part in rule.split("/") if part.startswith("<uuid:")]
    for theirs in ids:
        url = probed.mine.url(rule, **{theirs: probed.theirs.examples[theirs]})
        assert probed.ask(probed.mine.insider, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), WITH_IDS)
def test_the_same_address_with_my_own_ids_answers(probed: House, rule: str, method: str) -> None:
    """Without this, an address that never answers would look safe."""
    answer = probed.ask(probed.mine.insider, probed.mine.url(rule), method)
    assert answer.status_code < 500
    assert answer.status_code != 404


@pytest.mark.parametrize(("rule", "method"), ADDRESSES)
def test_a_member_of_one_tenant_gets_404_everywhere_in_another(probed: House, rule: str, method: str) -> None:
    personal = "<token>" in rule
    url = probed.theirs.url(
        rule, **({"token": GARBAGE, "join/token": GARBAGE, "sign/token": GARBAGE} if personal else {})
    )
    assert probed.ask(probed.mine.insider, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), ADDRESSES)
def test_somebody_without_a_tenant_gets_404_everywhere(probed: House, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, **{"join/token": GARBAGE, "sign/token": GARBAGE})
    assert probed.ask(probed.stranger, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), ADDRESSES)
def test_nobody_gets_in_without_signing_in(probed: House, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, **{"join/token": GARBAGE, "sign/token": GARBAGE})
    answer = probed.ask(probed.app.test_client(), url, method)
    if answer.status_code != 404:
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?")


@pytest.mark.parametrize(("rule", "method"), WITH_TOKENS)
@pytest.mark.parametrize(
    "token", [GARBAGE, "0", "æ", "a" * 3000], ids=["unknown", "short", "foreign", "long"]
)
def test_a_link_that_nobody_was_given_answers_404(probed: House, rule: str, method: str, token: str) -> None:
    url = probed.mine.url(rule, **{"join/token": token, "sign/token": token})
    for browser in (probed.app.test_client(), probed.mine.insider):
        assert probed.ask(browser, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), WITH_TOKENS)
def test_a_link_of_another_tenant_answers_404_under_mine(probed: House, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, slug=probed.mine.tenant.slug)
    for browser in (probed.app.test_client(), probed.mine.insider):
        assert probed.ask(browser, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), WITH_TOKENS)
def test_the_same_link_under_its_own_tenant_answers(probed: House, rule: str, method: str) -> None:
    answer = probed.ask(probed.app.test_client(), probed.theirs.url(rule), method)
    assert answer.status_code < 500
    assert answer.status_code != 404


@pytest.mark.parametrize("slug", ["nowhere", "..", "æ", "a" * 300, "NORDVIK"])
def test_a_tenant_that_does_not_exist_answers_404(probed: House, slug: str) -> None:
    assert probed.ask(probed.mine.insider, f"/t/{slug}/", "GET").status_code == 404


def test_a_character_that_no_text_has_is_refused_in_an_address(probed: House) -> None:
    for url in ("/t/%00/", probed.mine.url("/t/<slug>/sign/<token>", **{"sign/token": "%00"})):
        assert probed.ask(probed.mine.insider, url, "GET").status_code in {400, 404}


def test_every_address_outside_the_tenants_is_listed_with_its_reason() -> None:
    assert {rule.rule for rule in RULES if not rule.rule.startswith(BELOW)} == set(PUBLIC)


def test_every_address_below_a_tenant_takes_its_slug() -> None:
    assert [
        rule.rule
        for rule in RULES
        if rule.rule.startswith("/t") and not rule.rule.startswith(("/t/<slug>/", "/tenants"))
    ] == []
    assert len(OURS) > 30


def test_only_personal_links_open_without_membership() -> None:
    settings = Settings("development", "for-the-list-of-addresses", NOWHERE, NOWHERE, NOWHERE, NOWHERE)
    app = create_app(settings)
    opened = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "personal_link", False)
    }
    assert opened == {rule for rule, _method in WITH_TOKENS}
