"""The pages and the acts that ask plugins, while a plugin fails in every way: readable, and never a 500."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from seminars.models import Seminar
from sqlalchemy import select

from core.agreements.models import Agreement
from core.agreements.signing import service as signing
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Problem
from core.kernel.scope import tenant_scope
from core.plugin_host import specs
from core.plugin_host.law import ProvidedFact, ProvidedFacts
from core.plugin_host.wording import Wording
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in

ASKED = [kind.name for kind in specs.KINDS.values() if kind.phase in {specs.EVALUATE, specs.RENDER}]
NOT_CHECKED = "could not check this agreement"


def raises(**_named: Any) -> Any:
    raise LookupError("broken")


def breaks_the_transaction(**_named: Any) -> Any:
    not_a_pattern = "["
    return db.session.scalars(select(Seminar).where(Seminar.title.op("~")(not_a_pattern))).all()


def writes(**_named: Any) -> Any:
    db.session.add(Seminar(title="Smuggled", held_on=clock.today("UTC")))
    return []


def answers_something_else(**_named: Any) -> Any:
    return "yes"


SIGNED = {"name": "Kari", "role": "leader", "agree": "on"}
FAILURES = [raises, breaks_the_transaction, writes, answers_something_else]


@dataclass(frozen=True)
class Desk:
    """A complete draft of the miniature's type, and somebody who may send it."""

    app: Flask
    tenant: MadeTenant
    agreement_id: UUID
    browser: FlaskClient

    def url(self, rest: str = "") -> str:
        return f"/t/{self.tenant.slug}/agreements/{self.agreement_id}{rest}"

    def page(self, rest: str = "") -> str:
        answer = self.browser.get(self.url(rest))
        assert answer.status_code == 200, answer.text
        return answer.text

    def pages(self) -> list[str]:
        return [
            self.page(rest)
            for rest in ("", "/compose/parties", "/compose/purpose", "/compose/check", "/signing")
        ]

    def was_sent(self) -> bool:
        with tenant_scope(self.tenant.id):
            return db.session.scalars(select(Agreement.sent_at)).one() is not None


@pytest.fixture
def desk(mini: Flask) -> Desk:
    tenant = make_tenant("seminars.village")
    with acting(mini, tenant):
        agreement_id = complete_draft(type_key="seminars.invitation")
    browser = signed_in(mini, tenant.admin_email)
    browser.set_cookie("language", "en")
    return Desk(mini, tenant, agreement_id, browser)


@pytest.fixture
def fails(mini: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Replace a hook of the miniature for the rest of the test."""
    module = mini.extensions["fotfeste_host"]._manager.get_plugin("seminars")
    return lambda hook_name, function: monkeypatch.setattr(module, hook_name, function)


def test_a_draft_that_lacks_nothing_is_sent(desk: Desk) -> None:
    assert "Order coffee." in desk.page()
    assert NOT_CHECKED not in desk.page("/compose/check")
    assert desk.browser.post(desk.url("/signing/send")).status_code == 303
    assert desk.was_sent()
    assert "There is room for 30." in desk.page("/rules")


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("hook_name", ASKED)
def test_every_page_of_an_agreement_answers_while_a_plugin_fails(
    desk: Desk,
    fails: Any,
    hook_name: str,
    failure: Any,
) -> None:
    fails(hook_name, failure)
    assert all("Title" in page or "</html>" in page for page in desk.pages())
    home = desk.browser.get(f"/t/{desk.tenant.slug}/")
    assert home.status_code == 200


def gives_facts_of_no_rule(**_named: Any) -> Any:
    return [ProvidedFacts("room", (ProvidedFact("colour", "red", Wording("a", "b", "c")),))]


def asks_a_rule_set_that_is_not_there(**_named: Any) -> Any:
    return [ProvidedFacts("kitchen", ())]


CHECKING = [
    *(("provide_findings", one) for one in FAILURES),
    *(("provide_facts", one) for one in FAILURES),
    ("provide_facts", gives_facts_of_no_rule),
    ("provide_facts", asks_a_rule_set_that_is_not_there),
]


@pytest.mark.parametrize(("hook_name", "failure"), CHECKING)
def test_what_could_not_be_checked_is_said_and_stops_the_sending(
    desk: Desk, fails: Any, hook_name: str, failure: Any
) -> None:
    fails(hook_name, failure)
    assert NOT_CHECKED in desk.page("/compose/check")
    answer = desk.browser.post(desk.url("/signing/send"))
    assert 400 <= answer.status_code < 500
    assert not desk.was_sent()
    with acting(desk.app, desk.tenant), pytest.raises(Problem):
        signing.send(desk.agreement_id)


@pytest.mark.parametrize("failure", FAILURES)
def test_advice_that_fails_is_left_out_with_a_notice(desk: Desk, fails: Any, failure: Any) -> None:
    fails("slot_next_steps", failure)
    shown = desk.page()
    assert "Order coffee." not in shown
    assert "Seminars" in shown
    assert desk.browser.post(desk.url("/signing/send")).status_code == 303
    assert desk.was_sent()


@pytest.mark.parametrize(
    ("hook_name", "failure"),
    [*(("provide_holidays", one) for one in FAILURES), ("provide_facts", raises)],
)
def test_signing_goes_on_when_a_plugin_cannot_answer(
    desk: Desk, fails: Any, hook_name: str, failure: Any
) -> None:
    with acting(desk.app, desk.tenant):
        links = signing.send(desk.agreement_id)
    fails(hook_name, failure)
    for link in links:
        browser = desk.app.test_client()
        address = f"/t/{desk.tenant.slug}/sign/{link.token}"
        sha256 = browser.get(address).text.partition('name="sha256" value="')[2][:64]
        answer = browser.post(
            address, data={"name": "Kari", "role": "leader", "sha256": sha256, "agree": "on"}
        )
        assert answer.status_code == 303, answer.text
    with tenant_scope(desk.tenant.id):
        assert db.session.scalars(select(Agreement.activated_at)).one() is not None


def test_a_type_whose_plugin_is_gone_never_looks_complete(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = desk.app.extensions["fotfeste_host"]
    kept = [one for one in host.declared("register_agreement_types") if one.plugin != "seminars"]
    monkeypatch.setitem(host._declared, "register_agreement_types", kept)
    for rest in ("", "/compose/check", "/signing"):
        assert desk.browser.get(desk.url(rest)).status_code < 500
    answer = desk.browser.post(desk.url("/signing/send"))
    assert 400 <= answer.status_code < 500
    assert not desk.was_sent()
