import hashlib
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core.agreements.signing import service as signing
from core.agreements.signing.elsewhere import handing_over
from core.agreements.signing.providers.states import EnvelopeStatus, envelope_status
from core.agreements.signing.states import RequestStatus, request_status
from core.agreements.states import Status
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import ServiceDownError
from core.tenancy.models import TenantPlugin
from core.testing.drafts import complete_draft
from core.testing.factories import signed_in

pytestmark = pytest.mark.usefixtures("app", "scope")


def test_people_are_asked_when_the_service_has_the_version_and_not_before(sent: Any, mails: Any) -> None:
    assert sent.case.status is Status.SENT
    assert mails() == []
    reference = sent.hand_over()
    first = [one for one in sent.case.requests if one.turn == 1]
    assert {mail.recipient for mail in mails()} == {one.email for one in first}
    paper = sent.bureau.papers[reference]
    assert [one["key"] for one in paper["people"]] == [str(one.id) for one in sent.case.requests]
    assert paper["pdf"].startswith(b"%PDF")
    assert hashlib.sha256(paper["pdf"]).hexdigest() == sent.envelope.sha256


def test_a_job_that_runs_twice_hands_over_and_asks_once(sent: Any, mails: Any) -> None:
    sent.hand_over()
    asked = len(mails())
    sent.hand_over()
    assert len(mails()) == asked
    assert len(sent.bureau.papers) == 1


def test_a_service_that_is_down_loses_nothing_and_the_page_says_what_can_be_done(
    app: Flask, sent: Any, mails: Any
) -> None:
    sent.bureau.is_down = True
    for _try in range(2):
        with pytest.raises(ServiceDownError):
            sent.hand_over()
    (told,) = mails()
    assert told.recipient == sent.tenant.admin_email
    assert "svarer ikke" in told.body or "does not answer" in told.body
    assert envelope_status(sent.envelope) is EnvelopeStatus.NOT_REACHED
    browser = signed_in(app, sent.tenant.admin_email)
    address = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    for page in (address, address.removesuffix("/signing")):
        text = browser.get(page).get_data(as_text=True)
        assert "The bureau does not answer" in text
        assert "Nothing is lost" in text
        assert "Try again now" in text
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert "We no longer try by ourselves" in signed_in(app, sent.tenant.admin_email).get(address).text
    sent.bureau.is_down = False
    assert browser.post(f"{address}/service/retry").status_code == 303
    sent.hand_over()
    assert envelope_status(sent.envelope) is EnvelopeStatus.OUT
    assert "does not answer" not in browser.get(address).get_data(as_text=True)


def test_a_service_that_says_no_is_not_asked_again_by_itself(sent: Any, mails: Any) -> None:
    sent.bureau.secret, kept = "another", sent.bureau.secret
    try:
        sent.hand_over()
    finally:
        sent.bureau.secret = kept
    assert envelope_status(sent.envelope) is EnvelopeStatus.NOT_TAKEN
    assert len(mails()) == 1


def test_what_is_taken_back_before_it_is_there_never_goes_there(sent: Any, mails: Any) -> None:
    with sent.as_adviser():
        signing.withdraw(sent.agreement_id)
    sent.hand_over()
    sent.run(handing_over.stop)
    assert sent.bureau.papers == {}
    assert mails() == []
    assert sent.envelope.stopped_at is not None


@pytest.mark.parametrize("how", ["withdraw", "cancel", "refuse"])
def test_what_is_over_here_is_over_at_the_service(sent: Any, how: str) -> None:
    reference = sent.hand_over()
    with sent.as_adviser():
        if how == "withdraw":
            signing.withdraw(sent.agreement_id)
        elif how == "cancel":
            signing.cancel(sent.agreement_id, "Because.")
        else:
            _refuse_first(sent)
    sent.run(handing_over.stop)
    assert sent.bureau.papers[reference]["is_open"] is False
    assert sent.told(sent.happens("signed", 0, name="Ola")).json["code"] == "signing_callback.over"


def _refuse_first(sent: Any) -> None:
    with unit_of_work():
        sent.case.requests[0].email = sent.tenant.admin_email
    signing.refuse(signing.key_of_member(sent.agreement_id), "No.")


def test_one_signs_there_and_in_no_other_way(app: Flask, sent: Any) -> None:
    sent.hand_over()
    with unit_of_work():
        sent.case.requests[0].email = sent.tenant.admin_email
    with sent.as_adviser():
        key, sha256 = signing.key_of_member(sent.agreement_id), sent.case.version.sha256
        with pytest.raises(Conflict, match=r"signature_request\.elsewhere"):
            signing.sign(key, name="Ola", role="leder", sha256=sha256)
    browser = signed_in(app, sent.tenant.admin_email)
    address = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}"
    page = browser.get(f"{address}/sign").get_data(as_text=True)
    assert "Go to The bureau and sign" in page
    assert 'name="agree"' not in page
    there = browser.get(f"{address}/sign/service")
    request = sent.case.requests[0]
    assert there.location == f"https://bureau.example/{sent.envelope.reference}/{request.id}"
    sent.bureau.is_down = True
    stays = browser.get(f"{address}/sign/service")
    assert (stays.status_code, stays.location) == (409, None)
    assert "does not answer just now" in stays.get_data(as_text=True)
    behalf = browser.get(f"{address}/signing").get_data(as_text=True)
    assert "On behalf" not in behalf
    assert "Signed on paper" not in behalf


def test_a_switched_off_service_lets_nothing_be_signed_in_a_weaker_way(sent: Any) -> None:
    with unit_of_work():
        row = db.session.query(TenantPlugin).filter_by(plugin="bureau").one()
        row.on_until = clock.now()
    with sent.as_adviser():
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        with pytest.raises(Conflict, match=r"signing_provider\.missing"):
            signing.send(agreement_id)


def test_reading_takes_in_what_no_call_told_and_leaves_what_cannot_be_for_later(sent: Any) -> None:
    sent.hand_over()
    sent.happens("closed")
    for place in range(len(sent.case.requests)):
        sent.happens("signed", place, name="Ola Oppdiktet", method="BankID")
    for _hour in range(2):
        sent.run(handing_over.read)
    assert {request_status(one, clock.now()) for one in sent.case.requests} == {RequestStatus.SIGNED}
    assert sent.case.status is Status.ACTIVE
    assert envelope_status(sent.envelope) is EnvelopeStatus.COMPLETED


def test_reading_from_a_service_that_is_down_is_tried_the_next_hour(sent: Any) -> None:
    sent.hand_over()
    sent.bureau.is_down = True
    sent.run(handing_over.read)
    assert envelope_status(sent.envelope) is EnvelopeStatus.OUT
