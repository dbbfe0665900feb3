"""Who is asked in which round, and what those do who do not sign."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from core.agreements import parts as agreement_parts
from core.agreements.declaration_checks import problems_of_type
from core.agreements.declaration_schema import MOST_ROUNDS
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.order import as_planned
from core.agreements.signing.plan import Onlooker, Plan, declared_plan
from core.agreements.signing.reminders import remind_in_tenant
from core.agreements.signing.states import RequestStatus, request_status
from core.agreements.states import Status
from core.agreements.types import AgreementType
from core.agreements.ways import Part
from core.kernel import clock
from core.kernel.errors import Conflict, NotFound
from core.kernel.mail import OutgoingMail
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, signed_in
from tests.agreements.signing.conftest import Sent

CHIEF = Onlooker("Godkjenner Prøve", "chief@example.org", Part.APPROVES, 1, "rådmann")
READER = Onlooker("Leser Prøve", "reader@example.org", Part.SEES)
TWO_ROUNDS = Plan({"employer": 2, "public": 3}, (CHIEF, READER))


@pytest.fixture
def in_rounds(app: Flask, tenant: MadeTenant) -> Sent:
    """First somebody approves, then the employer signs, then the public party; somebody reads along."""
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        links = signing.send(agreement_id, as_planned(TWO_ROUNDS))
        return Sent(tenant, agreement_id, tuple(links))


def standing(sent: Sent) -> dict[str, RequestStatus]:
    people = open_case(sent.agreement_id).people
    return {one.party_key or one.part: request_status(one, clock.now()) for one in people}


def approve(sent: Sent) -> None:
    link = next(one for one in sent.links if one.email == CHIEF.email)
    signing.approve(signing.key_of_link(link.token), sent.sha256())


def newest_link(mails: list[OutgoingMail], address: str) -> str:
    body = next(one.body for one in reversed(mails) if one.recipient == address)
    return body.split("/sign/")[1].split()[0]


def test_a_round_is_asked_when_the_one_before_is_complete(
    in_rounds: Sent, mails: Callable[[], list[OutgoingMail]]
) -> None:
    assert {one.recipient for one in mails()} == {CHIEF.email, READER.email}
    with tenant_scope(in_rounds.tenant.id):
        assert standing(in_rounds) == {
            "employer": RequestStatus.PLANNED,
            "public": RequestStatus.PLANNED,
            "approves": RequestStatus.WAITING,
            "sees": RequestStatus.WAITING,
        }
        approve(in_rounds)
        assert standing(in_rounds)["approves"] is RequestStatus.APPROVED
        assert standing(in_rounds)["employer"] is RequestStatus.WAITING
        assert standing(in_rounds)["public"] is RequestStatus.PLANNED
        for party in ("employer", "public"):
            token = newest_link(mails(), f"{party}@example.org")
            with tenant_scope(in_rounds.tenant.id):
                key = signing.key_of_link(token)
                signing.sign(key, name="Ola", role="leder", sha256=in_rounds.sha256())
        assert open_case(in_rounds.agreement_id).status is Status.ACTIVE


def test_an_approval_is_no_signature_and_twice_is_the_same_as_once(in_rounds: Sent) -> None:
    with tenant_scope(in_rounds.tenant.id):
        approve(in_rounds)
        at = open_case(in_rounds.agreement_id).onlookers[0].approved_at
        approve(in_rounds)
        chief, reader = open_case(in_rounds.agreement_id).onlookers
        assert (chief.approved_at, chief.signed_at, reader.approved_at) == (at, None, None)


@pytest.mark.parametrize("email", [CHIEF.email, READER.email])
def test_who_does_not_sign_cannot_sign_by_the_link(in_rounds: Sent, email: str) -> None:
    link = next(one for one in in_rounds.links if one.email == email)
    with tenant_scope(in_rounds.tenant.id), pytest.raises(Conflict, match="other_part"):
        signing.sign(signing.key_of_link(link.token), name="Ola", role="leder", sha256=in_rounds.sha256())


def test_who_only_sees_can_neither_approve_nor_refuse(in_rounds: Sent) -> None:
    link = next(one for one in in_rounds.links if one.email == READER.email)
    with tenant_scope(in_rounds.tenant.id):
        key = signing.key_of_link(link.token)
        with pytest.raises(Conflict, match="other_part"):
            signing.approve(key, in_rounds.sha256())
        with pytest.raises(Conflict, match="other_part"):
            signing.refuse(key, "Nei.")


def test_who_approves_may_refuse_and_nobody_of_a_later_round_hears_of_it(
    in_rounds: Sent, mails: Callable[[], list[OutgoingMail]]
) -> None:
    link = next(one for one in in_rounds.links if one.email == CHIEF.email)
    with tenant_scope(in_rounds.tenant.id):
        signing.refuse(signing.key_of_link(link.token), "For dyrt.")
        assert open_case(in_rounds.agreement_id).status is Status.REFUSED
    assert not {one.recipient for one in mails()} & {"employer@example.org", "public@example.org"}


def test_who_is_of_a_later_round_or_only_sees_is_not_reminded(
    in_rounds: Sent, mails: Callable[[], list[OutgoingMail]]
) -> None:
    before = len(mails())
    with tenant_scope(in_rounds.tenant.id), clock.frozen(clock.now() + timedelta(days=8)):
        remind_in_tenant()
    assert [one.recipient for one in mails()[before:]] == [CHIEF.email]


def test_nobody_holds_a_link_of_a_later_round(in_rounds: Sent) -> None:
    assert len(in_rounds.links) == len(TWO_ROUNDS.onlookers)
    with tenant_scope(in_rounds.tenant.id), pytest.raises(NotFound):
        signing.key_of_link("")


def test_rounds_count_from_one_without_a_gap() -> None:
    plan = Plan({"a": 7, "b": 3}, (Onlooker("N", "n@example.org", Part.APPROVES, 5), READER))
    assert plan.ranks(["a", "b"]) == {3: 1, 5: 2, 7: 3}


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(1, MOST_ROUNDS), min_size=1))
def test_however_rounds_are_numbered_they_keep_their_order(turns: dict[str, int]) -> None:
    ranks = Plan(turns).ranks(turns)
    assert sorted(ranks.values()) == list(range(1, len(set(turns.values())) + 1))
    assert [ranks[turn] for turn in sorted(ranks)] == sorted(ranks.values())


def test_the_type_may_propose_rounds_and_who_approves(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        parts = agreement_parts.load(complete_draft(type_key="no_work_training.intention_agreement"))
    kind = parts.kind
    proposed = replace(
        kind,
        parties=tuple(replace(one, signs_in=2 if one.is_tenant else 1) for one in kind.parties),
        contacts=tuple(
            one if one.may_sign else replace(one, signing="approves", signs_in=2) for one in kind.contacts
        ),
    )
    plan = declared_plan(replace(parts, kind=proposed))
    assert sorted(plan.turns.values()) == [1, 2]
    assert {(one.part, one.turn) for one in plan.onlookers} == {(Part.APPROVES, 2)}
    assert not list(problems_of_type(proposed, folder_of(proposed)))
    gap = replace(proposed, parties=tuple(replace(one, signs_in=3) for one in kind.parties))
    both = replace(proposed, contacts=tuple(replace(one, signing="sees") for one in kind.contacts))
    for wrong, said in ((gap, "have no gap"), (both, "neither approves")):
        assert any(said in one.sentence for one in problems_of_type(wrong, folder_of(wrong)))


def folder_of(kind: AgreementType) -> Path:
    return Path(kind.key.rpartition(".")[2]) / kind.edition


def test_the_page_of_the_approval_asks_to_approve_and_thanks(in_rounds: Sent, client: FlaskClient) -> None:
    link = next(one for one in in_rounds.links if one.email == CHIEF.email)
    url = f"/t/{in_rounds.tenant.slug}/sign/{link.token}"
    assert "It is not a signature" in client.get(url).text
    with tenant_scope(in_rounds.tenant.id):
        sha256 = in_rounds.sha256()
    assert client.post(f"{url}/approve", data={"sha256": sha256}).status_code == 422
    answer = client.post(f"{url}/approve", data={"sha256": sha256, "agree": "on"}, follow_redirects=True)
    assert "Thank you, you have approved" in answer.text


def test_whoever_sends_sets_the_order_and_adds_people_without_losing_what_was_typed(
    app: Flask, tenant: MadeTenant, mails: Callable[[], list[OutgoingMail]]
) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
    browser = signed_in(app, tenant.admin_email)
    browser.set_cookie("language", "en")
    url = f"/t/{tenant.slug}/agreements/{agreement_id}/signing"
    typed: dict[str, Any] = {"round-employer": "2", "round-public": "1"}
    more = browser.post(f"{url}/order", data=typed | {"more": "1"})
    assert (more.status_code, 'name="name-0"' in more.text, 'value="2"' in more.text) == (200, True, True)
    person = {"name-0": "Leser Prøve", "email-0": "no address", "part-0": "sees", "turn-0": ""}
    wrong = browser.post(f"{url}/order", data=typed | person)
    assert (wrong.status_code, "Write an e-mail address" in wrong.text) == (422, True)
    assert 'value="no address"' in wrong.text
    person["email-0"] = READER.email
    assert browser.post(f"{url}/order", data=typed | person).location == url
    assert {one.recipient for one in mails()} == {"public@example.org", READER.email}
    page = browser.get(url).text
    assert "Waits for the round before" in page
    assert "Only sees" in page
