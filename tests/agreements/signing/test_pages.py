import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.models import Agreement, SignatureRequest
from core.agreements.signing.case import open_case
from core.agreements.states import Status
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.statements import counted

REASON = {"reason": "Måltallet er for høyt."}


def english(app: Flask, email: str) -> FlaskClient:
    browser = signed_in(app, email)
    browser.set_cookie("language", "en")
    return browser


def form(page: str, **more: str) -> dict[str, str]:
    found = re.search(r'name="sha256" value="([0-9a-f]{64})"', page)
    assert found
    return {"name": "Ola Oppdiktet", "role": "daglig leder", "agree": "on", "sha256": found[1]} | more


def sign(client: FlaskClient, url: str) -> Any:
    return client.post(url, data=form(client.get(url).text))


def status(sent: Any) -> Status:
    with tenant_scope(sent.tenant.id):
        return open_case(sent.agreement_id).status


def test_the_link_shows_the_whole_agreement_without_an_account(sent: Any, client: FlaskClient) -> None:
    page = client.get(sent.url())
    assert page.status_code == 200
    with acting(client.application, sent.tenant):
        content = open_case(sent.agreement_id).version.content
    for section in content["sections"]:
        assert section["title"] in page.text
        for title in [one["title"] for one in section["goals"] + section["meetings"] + section["contacts"]]:
            assert title in page.text


def test_the_page_of_a_link_is_not_for_search_engines_nor_for_other_sites(
    sent: Any, client: FlaskClient
) -> None:
    page = client.get(sent.url())
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


def test_name_and_role_are_filled_in_and_opening_is_noted_once(sent: Any, client: FlaskClient) -> None:
    assert 'value="leder"' in client.get(sent.url()).text
    with tenant_scope(sent.tenant.id):
        first = open_case(sent.agreement_id).requests[0].opened_at
    client.get(sent.url())
    with tenant_scope(sent.tenant.id):
        assert first is not None
        assert open_case(sent.agreement_id).requests[0].opened_at == first


def test_signing_shows_a_receipt_with_the_others_and_the_pdf(sent: Any, client: FlaskClient) -> None:
    answer = sign(client, sent.url())
    assert (answer.status_code, answer.location) == (303, sent.url())
    receipt = client.get(sent.url()).text
    assert "Thank you, you have signed" in receipt
    assert "Not opened" in receipt
    pdf = client.get(f"{sent.url()}/agreement.pdf")
    assert (pdf.status_code, pdf.mimetype) == (200, "application/pdf")
    assert pdf.data.startswith(b"%PDF")


def test_a_form_that_is_sent_twice_shows_the_same_receipt(sent: Any, client: FlaskClient) -> None:
    data = form(client.get(sent.url()).text)
    for _time in range(2):
        assert client.post(sent.url(), data=data, follow_redirects=True).status_code == 200
    assert status(sent) is Status.SENT


def test_when_the_last_party_signs_the_receipt_says_that_it_is_in_force(
    sent: Any, client: FlaskClient
) -> None:
    sign(client, sent.url(0))
    sign(client, sent.url(1))
    assert "The agreement is in force" in client.get(sent.url(1)).text
    assert status(sent) is Status.ACTIVE


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Fill in this field."),
        ({"role": " "}, "Fill in this field."),
        ({"agree": ""}, "You must tick this box to go on."),
        ({"name": "x" * 161}, "Shorten the text"),
        ({"name": "a\0b"}, "characters that cannot be stored"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    sent: Any, client: FlaskClient, change: dict[str, str], message: str
) -> None:
    answer = client.post(sent.url(), data=form(client.get(sent.url()).text, **change))
    assert answer.status_code == 422
    assert message in answer.text
    assert status(sent) is Status.SENT


def test_another_text_than_the_one_on_screen_is_a_conflict(sent: Any, client: FlaskClient) -> None:
    answer = client.post(sent.url(), data=form(client.get(sent.url()).text, sha256="0" * 64))
    assert answer.status_code == 409
    assert "The text has changed" in answer.text


def test_script_in_a_name_is_shown_as_text(sent: Any, client: FlaskClient) -> None:
    data = form(client.get(sent.url()).text, name="<script>alert(1)</script>")
    page = client.post(sent.url(), data=data, follow_redirects=True).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_refusing_needs_a_reason(sent: Any, client: FlaskClient) -> None:
    client.get(sent.url())
    assert client.post(f"{sent.url()}/refuse", data={"reason": " "}).status_code == 422
    assert client.post(f"{sent.url()}/refuse", data={"reason": "x" * 1001}).status_code == 422
    assert status(sent) is Status.SENT


def test_a_refusal_shows_what_was_sent_and_to_whom(sent: Any, client: FlaskClient) -> None:
    page = client.post(f"{sent.url()}/refuse", data=REASON, follow_redirects=True).text
    assert REASON["reason"] in page
    assert status(sent) is Status.REFUSED
    assert client.get(sent.url(1)).status_code == 410


@pytest.mark.parametrize("token", ["x", "x" * 2000, "%C3%B8", "..%2f..", "%F0%9F%98%80"])
def test_an_unknown_link_is_not_found(sent: Any, client: FlaskClient, token: str) -> None:
    assert client.get(f"/t/{sent.tenant.slug}/sign/{token}").status_code == 404


def test_a_link_with_u0000_is_refused(sent: Any, client: FlaskClient) -> None:
    assert client.get(f"/t/{sent.tenant.slug}/sign/a%00b").status_code == 400


def test_a_link_does_not_open_at_another_tenants_address(sent: Any, client: FlaskClient) -> None:
    other = make_tenant("norway.municipality")
    assert client.get(f"/t/{other.slug}/sign/{sent.links[0].token}").status_code == 404


def test_an_expired_link_says_whom_to_ask(sent: Any, client: FlaskClient) -> None:
    with clock.frozen(clock.now() + timedelta(days=31)):
        for answer in (
            client.get(sent.url()),
            client.get(f"{sent.url()}/agreement.pdf"),
            client.post(sent.url(), data={}),
        ):
            assert answer.status_code == 410
            assert sent.tenant.admin_email in answer.text


def test_the_link_opens_the_receipt_for_thirty_days_after_all_have_signed(
    sent: Any, client: FlaskClient
) -> None:
    with clock.frozen(clock.now() + timedelta(days=20)):
        sign(client, sent.url(0))
        sign(client, sent.url(1))
    with clock.frozen(clock.now() + timedelta(days=49)):
        assert client.get(sent.url(0)).status_code == 200
    with clock.frozen(clock.now() + timedelta(days=51)):
        assert client.get(sent.url(0)).status_code == 410


def test_a_stranger_and_a_member_of_another_tenant_see_nothing(
    sent: Any, app: Flask, client: FlaskClient
) -> None:
    base = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}"
    elsewhere = english(app, make_tenant("norway.municipality").admin_email)
    for path in ("signing", "sign", "agreement.pdf"):
        assert client.get(f"{base}/{path}").status_code == 302
        assert elsewhere.get(f"{base}/{path}").status_code == 404


def test_a_foreign_id_is_not_found_in_ones_own_tenant(sent: Any, app: Flask) -> None:
    other = make_tenant("norway.municipality")
    browser = english(app, other.admin_email)
    base = f"/t/{other.slug}/agreements/{sent.agreement_id}"
    request = sent.links[0].request_id
    for path in ("signing", "sign", "agreement.pdf"):
        assert browser.get(f"{base}/{path}").status_code == 404
    for path in ("send", "withdraw", f"{request}/remind", f"{request}/revoke", f"{request}/renew"):
        assert browser.post(f"{base}/signing/{path}").status_code == 404
    assert browser.post(f"{base}/signing/cancel", data=REASON).status_code == 404


def test_a_reader_sees_how_it_stands_but_may_not_act(sent: Any, app: Flask) -> None:
    browser = english(app, make_member(sent.tenant, "access.reader"))
    base = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    page = browser.get(base)
    assert page.status_code == 200
    assert "/remind" not in page.text
    assert browser.post(f"{base}/cancel", data=REASON).status_code == 403


def test_the_adviser_reminds_revokes_and_sends_a_new_link(sent: Any, app: Flask) -> None:
    browser = english(app, sent.tenant.admin_email)
    base = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    one = f"{base}/{sent.links[0].request_id}"
    assert browser.post(f"{one}/remind").status_code == 409
    with clock.frozen(clock.now() + timedelta(hours=2)):
        later = english(app, sent.tenant.admin_email)
        assert "The earlier link has stopped" in later.post(f"{one}/remind", follow_redirects=True).text
    assert "The link is revoked" in browser.post(f"{one}/revoke", follow_redirects=True).text
    assert "A new link goes to" in browser.post(f"{one}/renew", follow_redirects=True).text


def test_cancelling_needs_a_reason_and_stops_the_links(sent: Any, app: Flask, client: FlaskClient) -> None:
    browser = english(app, sent.tenant.admin_email)
    base = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    refused = browser.post(f"{base}/cancel", data={"reason": ""})
    assert refused.status_code == 422
    assert "data-open" in refused.text
    assert browser.post(f"{base}/cancel", data=REASON).status_code == 303
    assert client.get(sent.url()).status_code == 410


def test_a_draft_is_sent_from_its_page_or_says_what_is_missing(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        with db.session.no_autoflush:
            ends_on = db.session.scalar(select(Agreement.ends_on))
    browser = english(app, tenant.admin_email)
    base = f"/t/{tenant.slug}/agreements/{agreement_id}"
    browser.post(f"{base}/duration", data={"starts_on": "", "ends_on": ""})
    lacking = browser.post(f"{base}/signing/send")
    assert lacking.status_code == 422
    assert "Missing before it can be sent" in lacking.text
    browser.post(f"{base}/duration", data={"starts_on": "", "ends_on": str(ends_on)})
    assert "Send for signing" in browser.get(f"{base}/signing").text
    assert "The agreement has been sent" in browser.post(f"{base}/signing/send", follow_redirects=True).text


def test_a_draft_prints_as_a_draft(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft("Æ/ø: «pdf»", type_key="no_work_training.intention_agreement")
    pdf = english(app, tenant.admin_email).get(f"/t/{tenant.slug}/agreements/{agreement_id}/agreement.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert "attachment" in pdf.headers["Content-Disposition"]


def test_a_member_who_was_asked_signs_english(app: Flask, tenant: MadeTenant, sent: Any) -> None:
    email = make_member(tenant, "access.reader")
    with tenant_scope(tenant.id):
        request = db.session.scalar(
            select(SignatureRequest).where(SignatureRequest.id == sent.links[0].request_id)
        )
        assert request is not None
        request.email = email
        db.session.commit()
    browser, url = english(app, email), f"/t/{tenant.slug}/agreements/{sent.agreement_id}/sign"
    assert "waits for your signature" in browser.get(url.removesuffix("sign") + "signing").text
    assert sign(browser, url).status_code == 303
    assert "Thank you, you have signed" in browser.get(url).text


def test_the_page_takes_the_same_number_of_queries_however_long_the_text(
    send: Callable[[], Any], client: FlaskClient, app: Flask
) -> None:
    sent = send()
    client.get(sent.url())
    with counted() as statements:
        client.get(sent.url())
    assert len(statements) <= 10
