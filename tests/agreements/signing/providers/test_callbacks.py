import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from core.agreements.personal import erasing
from core.agreements.personal.declared import PEOPLE
from core.agreements.printing.service import SIGNED
from core.agreements.signing import completion
from core.agreements.signing.case import proofs_of
from core.agreements.signing.elsewhere import collecting
from core.agreements.signing.elsewhere.news import READ
from core.agreements.signing.providers.files import OF_SERVICE, files_of
from core.agreements.states import Status
from core.agreements.ways import Way
from core.documents import service as documents
from core.kernel import audit, clock, security_log
from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import ServiceDownError
from core.testing.factories import make_tenant, signed_in
from core.testing.rollback import as_worker

pytestmark = pytest.mark.usefixtures("app", "scope")
TAKEN, KNOWN = "signing_callback.taken", "signing_callback.known"


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def all_sign(sent: Any) -> None:
    for place, one in enumerate(sent.case.requests):
        told = sent.told(sent.happens("signed", place, name=f"Person {one.party_key}", method="BankID"))
        assert code(told) == (200, TAKEN)


def test_all_sign_at_the_service_and_its_files_are_kept_beside_our_sealed_pdf(app: Flask, sent: Any) -> None:
    sent.hand_over()
    all_sign(sent)
    case = sent.case
    assert case.status is Status.ACTIVE
    assert {one.way for one in case.requests} == {Way.SERVICE}
    proofs = proofs_of(case)
    assert {one.service_method for one in proofs.values()} == {"BankID"}
    assert {one.service_reference for one in proofs.values()} == {sent.envelope.reference}
    assert {one.service_sha256 for one in proofs.values()} == {sent.envelope.sha256}
    completion.complete(sent.agreement_id)
    assert documents.newest_fingerprint(sent.agreement_id, SIGNED)
    assert code(sent.told(sent.happens("closed"))) == (200, TAKEN)
    for _run in range(2):
        sent.run(collecting.collect)
    kept = files_of(sent.agreement_id)
    assert [one.name for one in kept] == ["signed.pdf", "evidence.json"]
    assert documents.read(kept[0].id).content == sent.bureau.papers[sent.envelope.reference]["pdf"]
    browser = signed_in(app, sent.tenant.admin_email)
    address = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    assert kept[0].sha256 in browser.get(address).get_data(as_text=True)
    file = browser.get(f"{address}/service/{kept[0].id}")
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_files_that_are_not_ready_are_asked_for_again(sent: Any) -> None:
    sent.hand_over()
    all_sign(sent)
    sent.told(sent.happens("closed"))
    sent.bureau.is_down = True
    with pytest.raises(ServiceDownError):
        sent.run(collecting.collect)
    assert sent.envelope.fetched_at is None


def test_the_same_call_twice_is_taken_in_once_and_both_are_answered(sent: Any) -> None:
    sent.hand_over()
    call = sent.happens("signed", 0, name="Ola")
    assert code(sent.told(call)) == (200, TAKEN)
    at = sent.case.requests[0].signed_at
    assert code(sent.told(call)) == (200, KNOWN)
    assert sent.case.requests[0].signed_at == at
    signed = (
        select(func.count())
        .select_from(audit.AuditEntry)
        .where(audit.AuditEntry.action == "agreement.signed_at_service")
    )
    assert db.session.scalar(signed) == 1


@pytest.mark.parametrize("how", ["body", "header", "secret", "none"])
def test_a_forged_call_changes_nothing_and_is_told_to_whoever_watches(sent: Any, told: Any, how: str) -> None:
    sent.hand_over()
    headers, body = sent.happens("signed", 0, name="Ola")
    if how == "body":
        body = body.replace(b"Ola", b"Eve")
    elif how == "header":
        headers = {"X-Bureau-Signature": "0" * 64}
    elif how == "none":
        headers = {}
    else:
        sent.bureau.secret, kept = "guessed", sent.bureau.secret
        headers, body = sent.bureau.call(json.loads(body))
        sent.bureau.secret = kept
    assert code(sent.told((headers, body))) == (403, "signing_callback.forged")
    assert sent.case.requests[0].signed_at is None
    assert len(told(security_log.CALLBACK_FORGED)) == 1


def test_what_cannot_have_happened_yet_is_refused_and_not_lost(sent: Any) -> None:
    sent.hand_over()
    closed = sent.happens("closed")
    assert code(sent.told(closed)) == (409, "signing_callback.out_of_order")
    assert sent.envelope.completed_at is None
    all_sign(sent)
    assert code(sent.told(closed)) == (200, TAKEN)
    late = sent.happens("timed-out")
    assert code(sent.told(late)) == (409, "signing_callback.out_of_order")
    assert sent.envelope.ended_at is None


def test_a_call_about_nothing_of_ours_says_so(sent: Any) -> None:
    sent.hand_over()
    event = {"id": "1", "number": "B-unknown", "what": "signed", "at": "2026-11-27T09:00:00+00:00"}
    assert code(sent.told(sent.bureau.call(event))) == (404, "signing_callback.unknown")
    nobody = event | {"number": sent.envelope.reference, "who": "nobody"}
    assert code(sent.told(sent.bureau.call(nobody))) == (404, "signing_callback.nobody")
    assert code(sent.told(sent.bureau.call({"id": "1"}))) == (422, "signing_callback.unreadable")


def test_a_call_that_only_says_that_something_changed_makes_us_ask(sent: Any) -> None:
    sent.hand_over()
    waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    with platform_scope("count the jobs of a test"):
        before = db.session.scalar(waiting, {"name": READ})
    event = {
        "id": "1",
        "number": sent.envelope.reference,
        "what": "changed",
        "at": "2026-11-27T09:00:00+00:00",
    }
    assert code(sent.told(sent.bureau.call(event))) == (200, KNOWN)
    with platform_scope("count the jobs of a test"):
        assert db.session.scalar(waiting, {"name": READ}) == before + 1


def test_a_call_at_another_tenants_address_finds_nothing(app: Flask, sent: Any) -> None:
    sent.hand_over()
    headers, body = sent.happens("signed", 0, name="Ola")
    other = make_tenant("norway.municipality")
    answer = app.test_client().post(
        f"/t/{other.slug}/signing-callbacks/bureau.paper", data=body, headers=headers
    )
    assert code(answer) == (404, "signing_callback.no_service")


def test_a_refusal_there_is_a_refusal_here(sent: Any, mails: Any) -> None:
    sent.hand_over()
    before = len(mails())
    assert code(sent.told(sent.happens("rejected", 0, why="Feil lønn"))) == (200, TAKEN)
    case = sent.case
    assert case.status is Status.REFUSED
    assert case.requests[0].refusal_reason == "Feil lønn"
    assert sent.tenant.admin_email in {mail.recipient for mail in mails()[before:]}
    assert sent.envelope.stop_asked_at is not None


def test_when_time_runs_out_there_the_adviser_is_told(app: Flask, sent: Any, mails: Any) -> None:
    sent.hand_over()
    before = len(mails())
    assert code(sent.told(sent.happens("timed-out"))) == (200, TAKEN)
    assert [mail.recipient for mail in mails()[before:]] == [sent.tenant.admin_email]
    address = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    page = signed_in(app, sent.tenant.admin_email).get(address).get_data(as_text=True)
    assert "The signing at The bureau is over" in page


def test_a_call_needs_no_token_of_a_form_and_may_only_be_small(app: Flask, sent: Any) -> None:
    sent.hand_over()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert code(sent.told(sent.happens("seen", 0))) == (200, TAKEN)
        assert sent.told(({}, b"x" * (64 * 1024 + 1))).status_code == 413
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert sent.case.requests[0].opened_at is not None


def test_the_files_of_a_service_go_when_the_people_in_the_agreement_do(sent: Any) -> None:
    with unit_of_work():
        documents.store(sent.agreement_id, OF_SERVICE, "signed.pdf", "application/pdf", b"%PDF")
        agreement = sent.case.agreement
        agreement.activated_at = clock.now()
        agreement.starts_on = agreement.ends_on = date(2010, 1, 1)
    db.session.close()
    with as_worker(), unit_of_work():
        erasing.expired(clock.now(), [], [PEOPLE])
    assert files_of(sent.agreement_id) == []
