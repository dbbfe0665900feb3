"""Signing in a meeting on one device, on paper, and on behalf of somebody."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from core.access import service as access
from core.agreements.printing.service import make_final
from core.agreements.signing import service as signing
from core.agreements.signing.behalf import given_on_behalf, sign_on_behalf
from core.agreements.signing.case import open_case, proofs_of
from core.agreements.signing.gathering import service as gatherings
from core.agreements.signing.paper import service as papers
from core.agreements.signing.paper.scans import MOST_BYTES, read_scan
from core.agreements.signing.paper.service import OnPaper
from core.agreements.states import Status
from core.agreements.ways import Way
from core.documents import service as documents
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Refused
from core.kernel.mail import OutgoingMail
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting
from core.testing.factories import make_member, signed_in
from tests.agreements.signing.conftest import Sent


def picture() -> bytes:
    file = BytesIO()
    Image.new("L", (20, 20), 255).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def colleague(sent: Sent) -> str:
    return make_member(sent.tenant, "access.adviser")


def on_paper(sent: Sent, *places: int, day: date | None = None) -> list[OnPaper]:
    requests = [open_case(sent.agreement_id).requests[place] for place in places]
    when = day or clock.today("Europe/Oslo")
    return [OnPaper(one.id, one.name, one.role_title, when, "Nordvik") for one in requests]


def english(app: Flask, email: str) -> FlaskClient:
    browser = signed_in(app, email)
    browser.set_cookie("language", "en")
    return browser


def test_in_a_meeting_each_signs_in_turn_before_a_witness(app: Flask, sent: Sent) -> None:
    browser = english(app, sent.tenant.admin_email)
    pages = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing"
    table = browser.post(f"{pages}/meeting", data={"place": "Rådhuset"}).location
    assert browser.get(pages).location.startswith("/sign-in")
    with tenant_scope(sent.tenant.id):
        ids, sha256 = [one.id for one in open_case(sent.agreement_id).requests], sent.sha256()
    form = {"name": "Ola Oppdiktet", "role": "leder", "sha256": sha256, "agree": "on"}
    assert browser.post(f"{table}/{ids[0]}", data=form | {"name": ""}).status_code == 422
    for request_id in ids:
        assert browser.post(f"{table}/{request_id}", data=form).location == table
    assert "The agreement is in force" in browser.get(table).text
    assert browser.post(f"{table}/end").status_code == 200
    assert browser.get(table).status_code == 410
    with tenant_scope(sent.tenant.id):
        case = open_case(sent.agreement_id)
        assert (case.status, {one.way for one in case.requests}) == (Status.ACTIVE, {Way.MEETING})
        proofs = proofs_of(case).values()
        assert {(one.place, one.witness_id) for one in proofs} == {("Rådhuset", sent.tenant.admin_id)}


def test_the_page_of_a_meeting_has_no_way_into_the_rest(app: Flask, sent: Sent, client: FlaskClient) -> None:
    with acting(app, sent.tenant):
        token = gatherings.begin(sent.agreement_id, "")
    page = client.get(f"/t/{sent.tenant.slug}/signing-table/{token}").text
    assert f"/t/{sent.tenant.slug}/agreements" not in page
    assert f"/t/{sent.tenant.slug}/people" not in page


def test_a_meeting_ends_after_two_hours_and_when_another_begins(app: Flask, sent: Sent) -> None:
    with acting(app, sent.tenant):
        first = gatherings.begin(sent.agreement_id, "")
        second = gatherings.begin(sent.agreement_id, "")
        with pytest.raises(Gone):
            gatherings.table_of(first)
        gatherings.table_of(second)
        with clock.frozen(clock.now() + gatherings.LASTS), pytest.raises(Gone):
            gatherings.table_of(second)
        with pytest.raises(NotFound):
            gatherings.table_of("unknown")


def test_a_paper_counts_when_a_second_colleague_has_confirmed_it(
    app: Flask, sent: Sent, colleague: str
) -> None:
    with acting(app, sent.tenant):
        scan = read_scan(picture())
        copy_id = papers.register(sent.agreement_id, scan, on_paper(sent, 0, 1))
        assert open_case(sent.agreement_id).status is Status.SENT
        with pytest.raises(Refused, match=r"paper\.own"):
            papers.confirm(sent.agreement_id, copy_id)
    with acting(app, sent.tenant, colleague):
        papers.confirm(sent.agreement_id, copy_id)
        case = open_case(sent.agreement_id)
        assert (case.status, {one.way for one in case.requests}) == (Status.ACTIVE, {Way.PAPER})
        account = access.account_by_email(colleague)
        proof = proofs_of(case)[case.requests[0].id]
        assert account is not None
        assert (proof.witness_id, proof.confirmed_by) == (sent.tenant.admin_id, account.id)
        file = papers.scan_of(sent.agreement_id, copy_id)
        assert (file.content, file.media_type) == (scan.content, "image/png")
        with pytest.raises(Conflict):
            papers.confirm(sent.agreement_id, copy_id)


def test_a_scan_that_is_erased_leaves_its_fingerprint_and_nothing_to_download(
    app: Flask, sent: Sent, colleague: str
) -> None:
    with acting(app, sent.tenant):
        copy_id = papers.register(sent.agreement_id, read_scan(picture()), on_paper(sent, 0, 1))
    with acting(app, sent.tenant, colleague):
        papers.confirm(sent.agreement_id, copy_id)
        with unit_of_work():
            assert documents.remove(sent.agreement_id, papers.SCAN) == 1
        db.session.expire_all()
        with pytest.raises(NotFound):
            papers.scan_of(sent.agreement_id, copy_id)
        proofs = proofs_of(open_case(sent.agreement_id)).values()
        assert {(one.scan_id, len(one.scan_sha256)) for one in proofs} == {(None, 64)}


def test_a_rejected_paper_signs_nothing(app: Flask, sent: Sent, colleague: str) -> None:
    with acting(app, sent.tenant):
        copy_id = papers.register(sent.agreement_id, read_scan(picture()), on_paper(sent, 0))
    with acting(app, sent.tenant, colleague):
        papers.reject(sent.agreement_id, copy_id, "Feil versjon.")
        with pytest.raises(Conflict):
            papers.confirm(sent.agreement_id, copy_id)
        assert open_case(sent.agreement_id).requests[0].signed_at is None


def test_a_paper_of_an_earlier_version_or_of_somebody_who_has_signed_counts_no_longer(
    app: Flask, sent: Sent, colleague: str
) -> None:
    with acting(app, sent.tenant):
        copy_id = papers.register(sent.agreement_id, read_scan(picture()), on_paper(sent, 0, 1))
        sent.sign(0)
    with acting(app, sent.tenant, colleague), pytest.raises(Conflict, match=r"paper\.answered"):
        papers.confirm(sent.agreement_id, copy_id)
    with acting(app, sent.tenant):
        signing.withdraw(sent.agreement_id)
        signing.send(sent.agreement_id)
    with acting(app, sent.tenant, colleague):
        with pytest.raises(Conflict, match=r"paper\.over"):
            papers.confirm(sent.agreement_id, copy_id)
        assert open_case(sent.agreement_id).status is Status.SENT


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_signs_before_it_was_sent_nor_in_the_future(app: Flask, sent: Sent, days: int) -> None:
    day = clock.today("Europe/Oslo") + timedelta(days=days)
    with acting(app, sent.tenant), pytest.raises(Invalid, match=r"paper\.day"):
        papers.register(sent.agreement_id, read_scan(picture()), on_paper(sent, 0, day=day))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a not allowed",
        b"%PDF-1.7 broken",
        b"\x89PNG\r\n\x1a\n broken",
        picture() + b"0" * MOST_BYTES,
        b"<svg/>",
    ],
)
def test_what_is_no_scan_is_refused_with_what_to_do(app: Flask, content: bytes) -> None:
    with app.test_request_context(), pytest.raises(Invalid) as problem:
        read_scan(content)
    assert str(problem.value.fields["scan"])


def test_the_form_of_the_paper_keeps_what_was_typed_and_shows_the_scan_to_colleagues(
    app: Flask, sent: Sent, colleague: str
) -> None:
    url = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing/paper"
    with tenant_scope(sent.tenant.id):
        asked = open_case(sent.agreement_id).requests[0].id
    today = clock.today("Europe/Oslo").isoformat()
    typed: dict[str, Any] = {f"day-{asked}": today, f"name-{asked}": "Ola Egen", f"role-{asked}": ""}
    browser = english(app, sent.tenant.admin_email)
    wrong = browser.post(url, data=typed | {"scan": (BytesIO(picture()), "scan.png")})
    assert (wrong.status_code, 'value="Ola Egen"' in wrong.text) == (422, True)
    typed[f"role-{asked}"] = "leder"
    no_file = browser.post(url, data=typed)
    assert (no_file.status_code, "Choose the file with the scan." in no_file.text) == (422, True)
    one = browser.post(url, data=typed | {"scan": (BytesIO(picture()), "scan.png")}).location
    assert "a colleague must compare it" in browser.get(one).text
    other = english(app, colleague)
    assert other.get(f"{one}/scan").data == picture()
    assert other.post(f"{one}/confirm").status_code == 422
    assert other.post(f"{one}/confirm", data={"compared": "on"}).status_code == 303
    assert "Confirmed" in other.get(one).text


def test_a_signature_on_behalf_tells_why_and_the_signatory_hears_of_it(
    app: Flask, sent: Sent, mails: Callable[[], list[OutgoingMail]]
) -> None:
    typed = {
        "name": "Stedfortreder Prøve",
        "role": "nestleder",
        "place": "",
        "authority": "Fullmakt 1.1.",
    }
    with acting(app, sent.tenant):
        request = open_case(sent.agreement_id).requests[0]
        given = given_on_behalf(typed | {"reason": "Lederen er bortreist."})
        sign_on_behalf(sent.agreement_id, request.id, given, sha256=sent.sha256())
        again = given_on_behalf(typed | {"reason": "Igjen."})
        with pytest.raises(Conflict):
            sign_on_behalf(sent.agreement_id, request.id, again, sha256=sent.sha256())
        assert open_case(sent.agreement_id).requests[0].way == Way.BEHALF
    told = mails()[-1]
    assert told.recipient == "public@example.org"
    assert "Fullmakt 1.1." in told.body
    assert "Lederen er bortreist." in told.body


def test_the_page_on_behalf_asks_for_authority_and_reason(app: Flask, sent: Sent) -> None:
    with tenant_scope(sent.tenant.id):
        request_id, sha256 = open_case(sent.agreement_id).requests[0].id, sent.sha256()
    url = f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing/{request_id}/behalf"
    browser = english(app, sent.tenant.admin_email)
    form = {"name": "Ola", "role": "nestleder", "reason": "Borte.", "sha256": sha256, "agree": "on"}
    assert browser.post(url, data=form).status_code == 422
    assert browser.post(url, data=form | {"authority": "Fullmakt"}).status_code == 303
    page = browser.get(f"/t/{sent.tenant.slug}/agreements/{sent.agreement_id}/signing").text
    assert "on behalf" in page


def test_the_last_page_says_of_each_signature_how_it_came_about(
    app: Flask, sent: Sent, colleague: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    with acting(app, sent.tenant):
        request = open_case(sent.agreement_id).requests[1]
        typed = {
            "name": "Nest Leder",
            "role": "nestleder",
            "place": "Bø",
            "authority": "Fullmakt",
            "reason": "Borte",
        }
        sign_on_behalf(sent.agreement_id, request.id, given_on_behalf(typed), sha256=sent.sha256())
        scan = read_scan(picture())
        copy_id = papers.register(sent.agreement_id, scan, on_paper(sent, 0))
    with acting(app, sent.tenant, colleague):
        papers.confirm(sent.agreement_id, copy_id)
        monkeypatch.setattr(
            "core.agreements.printing.service.render_pdf", lambda document: seen.append(document) or b"%PDF"
        )
        monkeypatch.setattr("core.agreements.printing.service.seal_certificate", lambda: None)
        make_final(sent.agreement_id)
    words = repr(seen[0].parts)
    (paper,) = proofs_of_sent(sent, Way.PAPER)
    for expected in (paper.scan_sha256, "på papir", "på vegne av", "Fullmakt", "Nordvik", "Bekreftet av"):
        assert expected in words


def proofs_of_sent(sent: Sent, way: Way) -> list[Any]:
    with tenant_scope(sent.tenant.id):
        case = open_case(sent.agreement_id)
        proofs = proofs_of(case)
        return [proofs[one.id] for one in case.requests if one.way == way]
