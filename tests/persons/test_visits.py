"""Coming in from outside: link and code together, a visit that ends, and nothing of the tenant besides."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.agreements.models import SignatureRequest
from core.agreements.signing import service as signing
from core.kernel import clock
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.sms import OutgoingSms
from core.kernel.unit_of_work import unit_of_work
from core.persons import codes
from core.persons.models import Code, Link, Visit
from core.tenancy import service as tenancy
from core.tenancy.models import Tenant
from core.testing.drafts import complete_draft
from core.testing.letters import letters_to
from core.testing.pages import page_of
from tests.persons.office import Office, code_to, link_to

EMAIL = "amira@example.org"


@pytest.fixture
def amira(office: Office) -> UUID:
    return office.registered(email=EMAIL, address="Eksempelveien 4", phone="")


@pytest.fixture
def path(office: Office, amira: UUID) -> str:
    """The personal link that Amira was sent."""
    answer = office.browser.post(office.url(f"/{amira}/admit"), data={"way": "email"})
    assert answer.status_code == 303
    return link_to(EMAIL)


def come_in(office: Office, path: str) -> FlaskClient:
    """A browser in which the person has come in."""
    browser = office.app.test_client()
    assert browser.post(f"{path}/code").status_code == 303
    answer = browser.post(path, data={"code": code_to(EMAIL)})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert answer.location == f"/t/{office.tenant.slug}/mine"
    return browser


def mine(office: Office) -> str:
    return f"/t/{office.tenant.slug}/mine"


def test_with_link_and_code_a_person_sees_what_is_kept_about_them(office: Office, path: str) -> None:
    page = page_of(come_in(office, path).get(mine(office)))
    for shown in ("Amira Øvelse", EMAIL, "Eksempelveien 4", "Vera Veileder", "Participant"):
        assert shown in page.text, shown
    assert "Sent you a link" in page.text


def test_who_has_chosen_no_language_reads_their_own(office: Office, path: str) -> None:
    browser = office.app.test_client()
    browser.delete_cookie("language")
    browser.post(f"{path}/code")
    browser.post(path, data={"code": code_to(EMAIL)})
    assert browser.get_cookie("language").value == "nb"
    assert "Deltaker" in page_of(browser.get(mine(office))).text


def test_a_link_alone_shows_nothing_not_even_a_name(office: Office, path: str) -> None:
    found = office.app.test_client()
    found.post(f"{path}/code")
    for answer in (found.get(path), found.post(path, data={"code": "000000"})):
        text = answer.get_data(as_text=True)
        for secret in ("Amira", "Øvelse", EMAIL, "amira", "Vera", "Deltaker", "Eksempelveien"):
            assert secret not in text
    assert found.get(mine(office)).status_code == 404


def test_only_hashes_of_links_codes_and_visits_are_stored(office: Office, path: str) -> None:
    browser = come_in(office, path)
    code, token = code_to(EMAIL), path.rpartition("/")[2]
    cookie = browser.get_cookie("visit", path=f"/t/{office.tenant.slug}/")
    with tenant_scope(office.tenant.id):
        rows = [
            vars(row)
            for table in (Link, Code, Visit)
            for row in db.session.scalars(select(table).execution_options(populate_existing=True))
        ]
    assert len(rows) == 3
    for secret in (code, token, cookie.value):
        assert secret not in str(rows)


def test_the_cookie_is_sent_below_this_tenant_only_and_never_to_scripts(office: Office, path: str) -> None:
    browser = office.app.test_client()
    browser.post(f"{path}/code")
    answer = browser.post(path, data={"code": code_to(EMAIL)})
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("visit=")]
    assert f"Path=/t/{office.tenant.slug}/" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_code_works_once(office: Office, path: str) -> None:
    come_in(office, path)
    again = office.app.test_client().post(path, data={"code": code_to(EMAIL)})
    assert again.status_code == 422


def test_a_code_may_be_typed_with_a_space(office: Office, path: str) -> None:
    browser = office.app.test_client()
    browser.post(f"{path}/code")
    code = code_to(EMAIL)
    assert browser.post(path, data={"code": f" {code[:3]} {code[3:]}"}).status_code == 303


def test_after_five_wrong_tries_the_right_code_is_refused(office: Office, path: str) -> None:
    browser = office.app.test_client()
    browser.post(f"{path}/code")
    code = code_to(EMAIL)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _try in range(codes.TRIES):
        assert browser.post(path, data={"code": wrong}).status_code == 422
    assert browser.post(path, data={"code": code}).status_code == 422


def test_a_new_code_makes_the_old_one_useless(office: Office, path: str) -> None:
    browser = office.app.test_client()
    browser.post(f"{path}/code")
    old = code_to(EMAIL)
    browser.post(f"{path}/code")
    assert code_to(EMAIL) == old or browser.post(path, data={"code": old}).status_code == 422
    assert browser.post(path, data={"code": code_to(EMAIL)}).status_code == 303


def test_a_code_is_over_after_ten_minutes(office: Office, path: str) -> None:
    browser = office.app.test_client()
    browser.post(f"{path}/code")
    code = code_to(EMAIL)
    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)):
        assert browser.post(path, data={"code": code}).status_code == 422


def test_wrong_codes_and_coming_in_are_told_to_whoever_watches(
    office: Office, amira: UUID, path: str, told: Any
) -> None:
    browser = office.app.test_client()
    browser.post(f"{path}/code")
    right = code_to(EMAIL)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _time in range(2):
        assert browser.post(path, data={"code": wrong}).status_code == 422
    assert [(one["person"], one["tries"]) for one in told("visit.code_failed")] == [
        (str(amira), 1),
        (str(amira), 2),
    ]
    assert told("visit.code_failed")[0]["tenant"] == str(office.tenant.id)
    assert wrong not in str(told("visit.code_failed"))
    assert browser.post(path, data={"code": right}).status_code == 303
    assert [one["person"] for one in told("visit.came_in")] == [str(amira)]


def test_codes_are_limited_for_the_person_whoever_asks(office: Office, path: str, told: Any) -> None:
    for _time in range(codes.PER_HOUR):
        assert office.app.test_client().post(f"{path}/code").status_code == 303
    answer = office.app.test_client().post(f"{path}/code")
    assert "Wait an hour" in page_of(answer, 429).text
    assert [one["code"] for one in told("limit.reached")] == ["person.too_many_codes"]
    with clock.frozen(clock.now() + timedelta(hours=1, seconds=1)):
        assert office.app.test_client().post(f"{path}/code").status_code == 303


@pytest.mark.parametrize("after", [timedelta(minutes=30, seconds=1), timedelta(hours=9)])
def test_a_visit_ends_by_itself(office: Office, path: str, after: timedelta) -> None:
    browser = come_in(office, path)
    with clock.frozen(clock.now() + after):
        answer = browser.get(mine(office))
    assert "open your personal link once more" in page_of(answer, 404).text


def test_a_visit_cannot_be_kept_alive_for_ever(office: Office, path: str) -> None:
    browser, now = come_in(office, path), clock.now()
    statuses = []
    for step in range(1, 21):
        with clock.frozen(now + step * timedelta(minutes=25)):
            statuses.append(browser.get(mine(office)).status_code)
    assert statuses == [200] * 19 + [404]


def test_leaving_ends_the_visit_on_the_server_too(office: Office, path: str) -> None:
    browser = come_in(office, path)
    secret = browser.get_cookie("visit", path=f"/t/{office.tenant.slug}/").value
    assert "You have left" in page_of(browser.post(f"{mine(office)}/leave")).text
    thief = office.app.test_client()
    thief.set_cookie("visit", secret, path=f"/t/{office.tenant.slug}/")
    assert thief.get(mine(office)).status_code == 404


def test_one_can_leave_an_organisation_that_is_suspended(office: Office, path: str) -> None:
    browser = come_in(office, path)
    with platform_scope("suspend a tenant for a test"), unit_of_work():
        row = db.session.scalars(select(Tenant).where(Tenant.id == office.tenant.id)).one()
        row.suspended_at = clock.now()
    assert browser.post(f"{mine(office)}/requests", data={"kind": "access"}).status_code == 403
    assert browser.post(f"{mine(office)}/leave").status_code == 200


def test_taking_the_link_back_puts_the_visitor_out(office: Office, amira: UUID, path: str) -> None:
    browser = come_in(office, path)
    with tenant_scope(office.tenant.id):
        link_id = db.session.scalars(select(Link.id)).one()
    office.browser.post(office.url(f"/{amira}/links/{link_id}/revoke"))
    assert browser.get(mine(office)).status_code == 404
    assert browser.get(path).status_code == 410


def test_a_new_link_makes_the_old_one_useless(office: Office, amira: UUID, path: str) -> None:
    browser = come_in(office, path)
    office.browser.post(office.url(f"/{amira}/admit"), data={"way": "email"})
    assert browser.get(path).status_code == 410
    assert browser.get(mine(office)).status_code == 404
    assert link_to(EMAIL) != path


def test_a_link_is_over_after_thirty_days_and_when_the_work_ends(
    office: Office, amira: UUID, path: str
) -> None:
    browser = office.app.test_client()
    with clock.frozen(clock.now() + timedelta(days=30, seconds=1)):
        assert browser.get(path).status_code == 410
    assert browser.get(path).status_code == 200
    office.browser.post(office.url(f"/{amira}/end"))
    assert browser.get(path).status_code == 410
    office.browser.post(office.url(f"/{amira}/take-up"))
    assert browser.get(path).status_code == 410


def addresses(office: Office) -> Iterator[tuple[str, str, str]]:
    """Every address below the tenant that needs no token: rule, path and method; leaving comes last."""
    unknown = {"uuid": "00000000-0000-7000-8000-000000000000", "int": "1", "default": "x", "path": "x"}
    rules = [one for one in office.app.url_map.iter_rules() if one.rule.startswith("/t/<slug>/")]
    for rule in sorted(rules, key=lambda one: one.rule.endswith("/leave")):
        path = rule.rule.replace("<slug>", office.tenant.slug)
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda part: unknown[part[1] or "default"], path)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if "<token>" not in rule.rule:
                yield rule.rule, path, method


def test_a_visitor_opens_no_other_page_of_the_tenant(office: Office, path: str) -> None:
    browser = come_in(office, path)
    opened = {
        rule
        for rule, address, method in addresses(office)
        if browser.open(address, method=method).status_code not in {302, 404}
    }
    assert opened == {f"/t/<slug>/mine{page}" for page in ("", "/requests", "/leave")}


def test_a_member_has_no_page_of_their_own_here(office: Office) -> None:
    assert office.browser.get(mine(office)).status_code == 404


def test_the_cookie_of_one_tenant_opens_nothing_in_another(
    office: Office, path: str, open_office: Any
) -> None:
    browser, other = come_in(office, path), open_office()
    secret = browser.get_cookie("visit", path=f"/t/{office.tenant.slug}/").value
    browser.set_cookie("visit", secret, path=f"/t/{other.tenant.slug}/")
    assert browser.get(mine(other)).status_code == 404


def test_an_organisation_that_is_not_confirmed_sends_no_link(open_office: Any) -> None:
    office = open_office(confirmed=False)
    person_id = office.registered(email=EMAIL)
    answer = office.browser.post(office.url(f"/{person_id}/admit"), data={"way": "email"})
    assert "until your organisation is confirmed" in page_of(answer, 409).error("way")
    with platform_scope("read mail in a test"):
        sent = select(OutgoingMail.id).where(OutgoingMail.tenant_id == office.tenant.id)
        assert db.session.scalar(sent) is None
    assert not tenancy.by_ids([office.tenant.id])[office.tenant.id].confirmed


@pytest.fixture
def texts() -> Callable[[str], list[str]]:
    def to(number: str) -> list[str]:
        with platform_scope("read texts in a test"):
            query = select(OutgoingSms.body).where(OutgoingSms.recipient == number).order_by(OutgoingSms.id)
            return list(db.session.scalars(query))

    return to


def test_the_code_takes_another_way_than_the_link_where_there_is_one(office: Office, texts: Any) -> None:
    person_id = office.registered(email="begge@example.org", phone="+4741234567")
    office.browser.post(office.url(f"/{person_id}/admit"), data={"way": "email"})
    by_mail = link_to("begge@example.org")
    office.app.test_client().post(f"{by_mail}/code")
    (message,) = texts("+4741234567")
    assert "code" in message or "kode" in message.lower()
    office.browser.post(office.url(f"/{person_id}/admit"), data={"way": "sms"})
    assert "/in/" in texts("+4741234567")[-1]
    by_phone = texts("+4741234567")[-1].partition("/t/")[2]
    office.app.test_client().post(f"/t/{by_phone}/code")
    assert code_to("begge@example.org")


def test_what_a_visitor_does_is_written_down_as_theirs(office: Office, amira: UUID, path: str) -> None:
    browser = come_in(office, path)
    browser.get(mine(office))
    browser.post(f"{mine(office)}/requests", data={"kind": "access", "text": "Alt, takk"})
    browser.post(f"{mine(office)}/leave")
    theirs = [action for action, who, _fields in office.lines(amira) if who == "person"]
    assert theirs == ["person.came_in", "person.read", "person.asked_for_access", "person.left"]


def test_somebody_sees_that_a_colleague_looked_but_not_who(office: Office, amira: UUID, path: str) -> None:
    office.page(f"/{amira}")
    office.browser.post(office.url(f"/{amira}/health"), data={"health": "Vond rygg", "family": ""})
    office.page(f"/{amira}/health")
    browser = come_in(office, path)
    text = page_of(browser.get(mine(office))).text
    for shown in ("Saw what is kept", "Saw what is written about health", "Sent you a link"):
        assert shown in text
    assert "Vond rygg" not in text
    assert "Admin" not in text


def test_what_somebody_asks_for_reaches_the_officer_and_comes_back_answered(
    office: Office, amira: UUID, path: str
) -> None:
    browser = come_in(office, path)
    asked = {"kind": "correction", "text": "Adressen er feil"}
    assert browser.post(f"{mine(office)}/requests", data=asked).status_code == 303
    assert "Waits for an answer" in page_of(browser.get(mine(office))).text
    officer = office.member("all:privacy:manage", "all:person:read")
    page = page_of(officer.get(office.url("/requests")))
    assert "Adressen er feil" in page.text
    action = next(form.attributes["action"] for form in page.root.first("main").all("form"))
    assert officer.post(action).status_code == 303
    assert "Answered" in page_of(browser.get(mine(office))).text
    assert office.browser.get(office.url("/requests")).status_code == 403


def test_nobody_fills_the_list_of_the_officer(office: Office, path: str) -> None:
    browser = come_in(office, path)
    statuses = {
        browser.post(f"{mine(office)}/requests", data={"kind": "access"}).status_code for _time in range(11)
    }
    assert statuses == {303, 409}


def test_somebody_sees_agreements_that_were_sent_to_them_but_no_drafts(office: Office) -> None:
    with office.inside(office.tenant.admin_email):
        sent, _draft = complete_draft("Avtale som er sendt"), complete_draft("Utkast som ingen har sett")
        signing.send(sent)
    with tenant_scope(office.tenant.id):
        email = db.session.scalars(
            select(SignatureRequest.email).where(SignatureRequest.agreement_id == sent)
        ).first()
    person_id = office.registered("Kim Kontakt", email=email, kind="persons.employer_contact")
    office.browser.post(office.url(f"/{person_id}/admit"), data={"way": "email"})
    browser = office.app.test_client()
    path = next(one.path for one in reversed(letters_to(email)) if "/in/" in one.body)
    browser.post(f"{path}/code")
    browser.post(path, data={"code": code_to(email)})
    text = page_of(browser.get(mine(office))).text
    assert "Avtale som er sendt" in text
    assert "Utkast" not in text


def test_a_module_that_cannot_answer_is_said_and_the_rest_is_shown(
    office: Office, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = come_in(office, path)

    def fail(email: str) -> None:
        raise LookupError(email)

    monkeypatch.setattr("core.agreements.plugin.matters_of", fail)
    text = page_of(browser.get(mine(office))).text
    assert "Not everything could be shown now" in text
    assert "Eksempelveien 4" in text
