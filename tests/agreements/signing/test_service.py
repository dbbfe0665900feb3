from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.agreements import parts as agreement_parts
from core.agreements.content import fingerprint
from core.agreements.drafts import service as drafts
from core.agreements.models import SignatureRequest
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.states import Status
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Refused
from core.kernel.scope import tenant_scope
from core.obligations.models import Obligation
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant

pytestmark = pytest.mark.usefixtures("app")
SIGN = {"name": "Ola Oppdiktet", "role": "daglig leder"}


def test_sending_freezes_the_text_and_mails_each_signatory_a_link(sent: Any, scope: None, mails: Any) -> None:
    case = open_case(sent.agreement_id)
    assert case.status is Status.SENT
    assert case.version.number == 1
    assert case.version.sha256 == fingerprint(case.version.content)
    written = {mail.recipient: mail.body for mail in mails()}
    for link in sent.links:
        assert f"/t/{sent.tenant.slug}/sign/{link.token}" in written[link.email]


def test_only_the_hash_of_a_link_is_stored(sent: Any, scope: None) -> None:
    stored = db.session.scalars(select(SignatureRequest.token_hash)).all()
    assert not {link.token for link in sent.links} & set(stored)


def test_an_incomplete_draft_is_not_sent_and_says_what_is_missing(
    app: Flask, tenant: MadeTenant, inside: None, mails: Any
) -> None:
    agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
    drafts.save_duration(agreement_id, None, None)
    with pytest.raises(Invalid) as refused:
        signing.send(agreement_id)
    assert len(refused.value.fields) == 1
    assert mails() == []


def test_nothing_leaves_an_unconfirmed_tenant(app: Flask) -> None:
    unconfirmed = make_tenant("norway.municipality", confirmed=False)
    with acting(app, unconfirmed):
        agreement_id = complete_draft()
        with pytest.raises(Conflict, match=r"tenant\.unconfirmed"):
            signing.send(agreement_id)


def test_an_agreement_is_not_sent_twice(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant), pytest.raises(Conflict, match=r"agreement\.not_editable"):
        signing.send(sent.agreement_id)


def test_a_reader_may_not_send(app: Flask, sent: Any) -> None:
    reader = make_member(sent.tenant, "access.reader")
    with acting(app, sent.tenant, reader), pytest.raises(Refused):
        signing.remind(sent.agreement_id, sent.links[0].request_id)


def test_when_all_have_signed_the_agreement_is_in_force_and_its_promises_have_dates(
    sent: Any, scope: None
) -> None:
    sent.sign(0)
    assert open_case(sent.agreement_id).status is Status.SENT
    sent.sign(1)
    case = open_case(sent.agreement_id)
    assert case.status is Status.ACTIVE
    assert case.agreement.starts_on == clock.today("Europe/Oslo")
    assert db.session.scalar(select(func.count()).select_from(Obligation)) == 6


def test_a_signature_remembers_name_role_time_and_fingerprint(sent: Any, scope: None) -> None:
    sent.sign(0)
    request = open_case(sent.agreement_id).requests[0]
    assert (request.signed_name, request.signed_role) == ("Ola Oppdiktet", "daglig leder")
    assert request.signed_sha256 == sent.sha256()
    assert request.signed_at is not None


def test_signing_twice_is_the_same_as_once(sent: Any, scope: None) -> None:
    first = sent.sign(0)
    at = open_case(sent.agreement_id).requests[0].signed_at
    assert sent.sign(0) == first
    assert open_case(sent.agreement_id).requests[0].signed_at == at
    signed = (
        select(func.count())
        .select_from(audit.AuditEntry)
        .where(audit.AuditEntry.action == "agreement.signed")
    )
    assert db.session.scalar(signed) == 1


def test_the_audit_names_the_link_that_signed(sent: Any, scope: None) -> None:
    sent.sign(0)
    entry = db.session.scalar(select(audit.AuditEntry).where(audit.AuditEntry.action == "agreement.signed"))
    assert entry is not None
    assert (entry.actor_kind, entry.actor_id) == ("link", sent.links[0].request_id)


def test_another_text_than_the_one_that_was_read_is_not_signed(sent: Any, scope: None) -> None:
    key = signing.key_of_link(sent.links[0].token)
    with pytest.raises(Conflict, match=r"agreement\.text_changed"):
        signing.sign(key, **SIGN, sha256="0" * 64)


def test_an_expired_link_is_gone_and_says_whom_to_ask(sent: Any, scope: None) -> None:
    key = signing.key_of_link(sent.links[0].token)
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(Gone) as gone:
        signing.sign(key, **SIGN, sha256=sent.sha256())
    assert sent.tenant.admin_email in str(gone.value.message)


def test_a_link_of_another_tenant_is_unknown(sent: Any, app: Flask) -> None:
    other = make_tenant("norway.municipality")
    with tenant_scope(other.id), pytest.raises(NotFound):
        signing.key_of_link(sent.links[0].token)


def test_an_agreement_whose_last_day_has_passed_cannot_be_signed(sent: Any, app: Flask) -> None:
    with clock.frozen(clock.now() + timedelta(days=400)):
        with acting(app, sent.tenant):
            link = signing.remind(sent.agreement_id, sent.links[0].request_id)
        with tenant_scope(sent.tenant.id), pytest.raises(Conflict, match=r"agreement\.too_late"):
            signing.sign(signing.key_of_link(link.token), **SIGN, sha256=sent.sha256())


def test_a_member_whose_address_was_asked_signs_without_a_link(app: Flask, tenant: MadeTenant) -> None:
    email = make_member(tenant, "access.reader")
    with acting(app, tenant):
        agreement_id = complete_draft()
        parts = agreement_parts.load(agreement_id)
        key = parts.parties[parts.kind.tenant_party.key].signatory_key
        person = {"name": "Kari Prøve", "role_title": "leder", "email": email, "phone": "", "authority": True}
        drafts.save_contact(agreement_id, key, person)
        signing.send(agreement_id)
        with pytest.raises(NotFound):
            signing.key_of_member(agreement_id)
    with acting(app, tenant, email):
        signing.sign(
            signing.key_of_member(agreement_id), **SIGN, sha256=open_case(agreement_id).version.sha256
        )
        assert open_case(agreement_id).requests[0].signed_at is not None
