"""A one-time code beside the link: a link that was passed on is not enough to sign."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.signing import codes
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case, proofs_of
from core.agreements.signing.models import SigningCode
from core.agreements.signing.order import as_planned
from core.agreements.signing.plan import Plan
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Invalid, TooMany
from core.kernel.mail import OutgoingMail
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant
from tests.agreements.signing.conftest import Sent

Mails = Callable[[], list[OutgoingMail]]


@pytest.fixture
def coded(app: Flask, tenant: MadeTenant) -> Sent:
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        links = signing.send(agreement_id, as_planned(Plan(with_code=True)))
        return Sent(tenant, agreement_id, tuple(links))


def sent_code(mails: Mails) -> str:
    found = re.findall(r"\b(\d{6})\b", mails()[-1].body)
    assert found
    return str(found[0])


def sign(sent: Sent, code: str) -> None:
    key = signing.key_of_link(sent.links[0].token)
    signing.sign(key, name="Ola", role="leder", sha256=sent.sha256(), code=code)


def is_signed(sent: Sent) -> bool:
    return open_case(sent.agreement_id).requests[0].signed_at is not None


def test_a_link_alone_does_not_sign_but_its_text_can_be_read(coded: Sent, client: FlaskClient) -> None:
    assert "Signing takes a one-time code" in client.get(coded.url()).text
    with tenant_scope(coded.tenant.id):
        with pytest.raises(Invalid, match="wrong_code"):
            sign(coded, "")
        assert not is_signed(coded)


def test_the_code_of_the_mail_signs_and_the_proof_says_so(coded: Sent, mails: Mails) -> None:
    with tenant_scope(coded.tenant.id):
        codes.send(signing.key_of_link(coded.links[0].token))
    code = sent_code(mails)
    with tenant_scope(coded.tenant.id):
        assert code not in str(db.session.scalars(select(SigningCode.code_hash)).all())
        sign(coded, f" {code[:3]} {code[3:]} ")
        sign(coded, code)
        (proof,) = proofs_of(open_case(coded.agreement_id)).values()
        assert (proof.code_way, proof.code_sent_at is not None) == ("email", True)


def test_a_code_works_for_ten_minutes_and_a_new_one_ends_the_earlier(coded: Sent, mails: Mails) -> None:
    now = clock.now()
    key = None
    with tenant_scope(coded.tenant.id):
        key = signing.key_of_link(coded.links[0].token)
        codes.send(key)
    first = sent_code(mails)
    with tenant_scope(coded.tenant.id):
        with clock.frozen(now + codes.LASTS + timedelta(seconds=1)), pytest.raises(Invalid):
            sign(coded, first)
        codes.send(key)
        if sent_code(mails) == first:
            return
    with tenant_scope(coded.tenant.id), pytest.raises(Invalid):
        sign(coded, first)


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(coded: Sent, mails: Mails) -> None:
    with tenant_scope(coded.tenant.id):
        codes.send(signing.key_of_link(coded.links[0].token))
    code = sent_code(mails)
    wrong = "000000" if code != "000000" else "111111"
    with tenant_scope(coded.tenant.id):
        for typed in (*[wrong] * codes.TRIES, code):
            with pytest.raises(Invalid):
                sign(coded, typed)
        assert not is_signed(coded)


def test_the_sixth_code_in_an_hour_has_to_wait(coded: Sent) -> None:
    with tenant_scope(coded.tenant.id):
        key = signing.key_of_link(coded.links[0].token)
        for _time in range(codes.PER_HOUR):
            codes.send(key)
        with pytest.raises(TooMany):
            codes.send(key)
        with clock.frozen(clock.now() + timedelta(hours=1, seconds=1)):
            codes.send(key)


def test_a_wrong_code_is_said_beside_the_field_and_what_was_typed_stays(
    coded: Sent, client: FlaskClient, mails: Mails
) -> None:
    with tenant_scope(coded.tenant.id):
        sha256 = coded.sha256()
    data = {"name": "Ola Egen", "role": "sjef", "place": "Nordvik", "sha256": sha256, "agree": "on"}
    asked = client.post(f"{coded.url()}/code", data=data)
    assert (asked.status_code, 'value="Ola Egen"' in asked.text) == (200, True)
    code = sent_code(mails)
    assert "We have sent a code to public@example.org" in client.get(coded.url()).text
    wrong = client.post(coded.url(), data=data | {"code": "12"})
    assert (wrong.status_code, "This code is wrong" in wrong.text) == (422, True)
    assert 'value="Ola Egen"' in wrong.text
    assert client.post(coded.url(), data=data | {"code": code}).status_code == 303
    with tenant_scope(coded.tenant.id):
        (proof,) = proofs_of(open_case(coded.agreement_id)).values()
        assert proof.place == "Nordvik"
