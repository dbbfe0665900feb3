"""Lists of contacts that stay true: asked, confirmed by one click, corrected, covered, reached by mail."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.access import service as access
from core.access.models import Membership
from core.access.standing_in import service as standing_in
from core.agreements.contacts import answering, asking, changing
from core.agreements.contacts.bounces import note_undelivered
from core.agreements.contacts.changing import Cover, Details
from core.agreements.contacts.finding import one_of
from core.agreements.contacts.models import ContactCheck
from core.agreements.contacts.people import covers, listed, others
from core.agreements.contacts.state import confirmed_at
from core.agreements.models import Version
from core.kernel import clock, mail
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Refused
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.meetings.planning import proposal
from core.obligations.service import Promise
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from core.testing.rollback import as_worker
from core.testing.statements import counted
from tests.agreements.pacts import Pact, pact

DUE = date(2027, 3, 30)
NOW = datetime(2027, 3, 18, 9, tzinfo=UTC)
KARI, OLA = "kari@example.org", "ola@example.org"
OURS, THEIRS = "first_leader", "second_leader"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def made(tenant: MadeTenant) -> Pact:
    return pact(tenant)


@pytest.fixture
def inside(app: Flask, made: Pact) -> Iterator[None]:
    """The adviser at work twelve days before the list is to be confirmed."""
    with clock.frozen(NOW), acting(app, made.tenant):
        yield


def the_promise(made: Pact, title: str = "Gjennomgang") -> Promise:
    return next(one for one in obligations.for_subject(made.id) if one.title.startswith(title))


def asked(made: Pact, day: datetime = NOW) -> None:
    """What the worker does in the morning."""
    with clock.frozen(day), tenant_scope(made.tenant.id):
        asking.ask_in_tenant()


def token_of(email: str) -> str:
    return letters_to(email)[-1].path.rpartition("/")[2]


def bounced(made: Pact, email: str) -> None:
    """A mail of the tenant to somebody comes back, and the worker hears of it."""
    with tenant_scope(made.tenant.id), unit_of_work():
        mail.send(email, "Hei", "Hei")
    with platform_scope("a mail comes back in a test"), unit_of_work():
        newest = db.session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id.desc()).limit(1)).one()
        assert mail.came_back(newest)
    with as_worker(), tenant_scope(made.tenant.id):
        note_undelivered(str(newest))


def test_everybody_is_asked_once_two_weeks_before(inside: None, made: Pact) -> None:
    asked(made, NOW - timedelta(days=5))
    assert letters_to(OLA) == []
    asked(made)
    asked(made, NOW + timedelta(days=1))
    assert len(letters_to(OLA)) == len(letters_to(KARI)) == 1
    assert "Leder hos bakeriet" in letters_to(OLA)[0].body


def test_opening_the_link_confirms_nothing(client: FlaskClient, inside: None, made: Pact) -> None:
    asked(made)
    page_of(client.get(letters_to(OLA)[0].path))
    assert one_of(made.id, THEIRS).confirmed_at is None


def test_one_click_confirms_and_the_last_one_keeps_the_promise(
    client: FlaskClient, inside: None, made: Pact
) -> None:
    asked(made)
    client.post(letters_to(OLA)[0].path)
    client.post(letters_to(OLA)[0].path)
    assert one_of(made.id, THEIRS).confirmed_at == NOW
    assert the_promise(made).is_open
    client.post(letters_to(KARI)[0].path)
    assert the_promise(made).is_done


def test_the_adviser_confirms_by_telephone_for_who_has_no_mail(inside: None, made: Pact) -> None:
    for key in (OURS, THEIRS):
        changing.confirm(made.id, key)
    assert one_of(made.id, OURS).confirmed_by == made.tenant.admin_id
    assert the_promise(made).is_done


def test_what_was_confirmed_long_ago_keeps_no_promise(inside: None, made: Pact) -> None:
    with clock.frozen(NOW - timedelta(days=60)):
        changing.confirm(made.id, OURS)
    changing.confirm(made.id, THEIRS)
    assert the_promise(made).is_open


def test_a_correction_waits_for_the_adviser_and_the_signed_text_stays(
    client: FlaskClient, inside: None, made: Pact
) -> None:
    asked(made)
    typed = {"name": "Nina Oppdiktet", "role_title": "daglig leder", "email": "nina@example.org", "phone": ""}
    address = letters_to(OLA)[0].path
    assert page_of(client.post(f"{address}/change", data=typed | {"email": "nina"}), 422).error("email")
    client.post(f"{address}/change", data=typed)
    known_now = one_of(made.id, THEIRS)
    assert known_now.listed.row.name == "Ola Oppdiktet"
    assert known_now.proposal
    assert len(letters_to(made.tenant.admin_email)) == 1
    before = db.session.scalars(select(Version.content).where(Version.agreement_id == made.id)).one()
    changing.decide(made.id, known_now.proposal.id, take=True)
    changing.decide(made.id, known_now.proposal.id, take=False)
    after = one_of(made.id, THEIRS)
    assert (after.listed.row.name, after.listed.row.email) == ("Nina Oppdiktet", "nina@example.org")
    assert (after.proposal, after.confirmed_at) == (None, NOW)
    assert db.session.scalars(select(Version.content).where(Version.agreement_id == made.id)).one() == before


def test_a_declined_correction_changes_nothing(inside: None, made: Pact) -> None:
    asked(made)
    answering.propose(token_of(OLA), Details("Nils", "", "nils@example.org", ""))
    proposal_id = one_of(made.id, THEIRS).proposal
    assert proposal_id
    changing.decide(made.id, proposal_id.id, take=False)
    assert one_of(made.id, THEIRS).listed.row.email == OLA


def test_a_correction_that_corrects_nothing_is_a_confirmation(inside: None, made: Pact) -> None:
    asked(made)
    row = one_of(made.id, THEIRS).listed.row
    answering.propose(token_of(OLA), Details(row.name, row.role_title, row.email, row.phone))
    assert one_of(made.id, THEIRS).confirmed_at == NOW


def test_a_link_ends_and_is_nobody_elses(client: FlaskClient, inside: None, made: Pact) -> None:
    token = asking.ask(made.id, THEIRS)
    other = make_tenant("norway.municipality")
    assert client.get(f"/t/{other.slug}/contact/{token}").status_code == 404
    with clock.frozen(NOW + asking.LINK_LASTS), pytest.raises(Gone):
        answering.confirm(token)
    with pytest.raises(NotFound):
        answering.confirm("x")


def test_who_is_absent_is_covered_by_a_deputy(inside: None, made: Pact) -> None:
    changing.cover(made.id, THEIRS, Cover("", "Dina Oppdiktet", "dina@example.org", "", NOW.date()))
    (to,) = others(listed(made.id), [THEIRS])
    assert to.reached_now.email == "dina@example.org"
    meeting = the_promise(made, "Møte").id
    assert [one.email for one in proposal(meeting).contacts] == [KARI, "dina@example.org"]
    changing.cover(made.id, THEIRS, Cover(OURS, absent_from=NOW.date(), absent_until=NOW.date()))
    assert listed(made.id)[1].reached_now.email == KARI
    with clock.frozen(NOW + timedelta(days=1)):
        assert listed(made.id)[1].reached_now.email == OLA


def test_an_adviser_with_a_stand_in_is_covered_by_itself(inside: None, made: Pact) -> None:
    deputy, absent = make_member(made.tenant, "access.adviser", "Dina Vikar"), colleague_id(made, "")
    changing.change(made.id, OURS, Details("Kari Oppdiktet", "", made.tenant.admin_email, ""))
    days = {"first_day": NOW.date(), "last_day": NOW.date() + timedelta(days=3)}
    standing_in.set_deputy(absent, colleague_id(made, deputy), **days, reason="Ferie")
    ours = listed(made.id)[0]
    assert (ours.reached_now.email, ours.absent_until) == (deputy, NOW.date() + timedelta(days=3))
    changing.cover(made.id, OURS, Cover(THEIRS))
    assert listed(made.id)[0].reached_now.email == OLA, "whom the agreement names goes first"


def colleague_id(made: Pact, email: str) -> UUID:
    account = access.account_by_email(email or made.tenant.admin_email)
    assert account
    return db.session.scalars(select(Membership.id).where(Membership.account_id == account.id)).one()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Cover(deputy_key=THEIRS), "deputy_key"),
        (Cover(email="dina@example.org"), "deputy_name"),
        (Cover(absent_until=DUE), "absent_from"),
        (Cover(absent_from=DUE, absent_until=DUE - timedelta(days=1)), "absent_until"),
    ],
)
def test_a_cover_that_does_not_fit_is_refused(inside: None, made: Pact, wrong: Cover, field: str) -> None:
    with pytest.raises(Invalid) as problem:
        changing.cover(made.id, THEIRS, wrong)
    assert list(problem.value.fields) == [field]


def test_a_bounced_mail_opens_one_task_and_a_new_address_closes_it(inside: None, made: Pact) -> None:
    for _time in range(2):
        bounced(made, OLA.upper())
    (task,) = [one for one in obligations.for_subject(made.id) if one.kind == "action"]
    assert task.is_open
    assert "Ola Oppdiktet" in task.title
    assert task in obligations.overview(10).next, "it is on the home page"
    assert one_of(made.id, THEIRS).unreached
    assert not one_of(made.id, OURS).unreached
    asked(made)
    assert len(letters_to(OLA)) == 0, "nobody writes there by itself"
    changing.change(made.id, THEIRS, Details("Ola Oppdiktet", "leder", "ola.ny@example.org", ""))
    assert not one_of(made.id, THEIRS).unreached
    assert obligations.for_subject(made.id)[0].is_done or not the_task_is_open(made)


def the_task_is_open(made: Pact) -> bool:
    return any(one.is_open for one in obligations.for_subject(made.id) if one.kind == "action")


def test_an_address_that_fails_again_opens_its_task_again(inside: None, made: Pact) -> None:
    bounced(made, OLA)
    (task,) = [one for one in obligations.for_subject(made.id) if one.kind == "action"]
    obligations.mark_done(task.id)
    assert not one_of(made.id, THEIRS).unreached
    bounced(made, OLA)
    assert the_task_is_open(made)
    assert one_of(made.id, THEIRS).unreached


def test_mail_of_others_and_of_no_contact_opens_nothing(inside: None, made: Pact) -> None:
    other = pact(make_tenant("norway.municipality"))
    bounced(other, "nobody@example.org")
    bounced(other, OLA)
    assert not the_task_is_open(made)


def test_a_reader_sees_the_list_and_changes_nothing(app: Flask, inside: None, made: Pact) -> None:
    reader = make_member(made.tenant, "access.reader")
    page = page_of(signed_in(app, reader).get(f"/t/{made.tenant.slug}/agreements/{made.id}/contacts"))
    assert "Ola Oppdiktet" in page.text
    assert not list(page.root.first("main").all("form"))
    with acting(app, made.tenant, reader), pytest.raises(Refused):
        changing.confirm(made.id, OURS)


def test_the_pages_change_a_contact_and_keep_what_was_typed(app: Flask, inside: None, made: Pact) -> None:
    browser = signed_in(app, made.tenant.admin_email)
    base = f"/t/{made.tenant.slug}/agreements/{made.id}/contacts"
    wrong = {"name": "", "email": "ikke en adresse", "phone": "12345678", "role_title": ""}
    page = page_of(browser.post(f"{base}/{THEIRS}/change", data=wrong), 422)
    assert "12345678" in [one.attributes.get("value") for one in page.root.all("input")]
    right = wrong | {"name": "Ola Nytt", "email": "ny@example.org"}
    assert browser.post(f"{base}/{THEIRS}/change", data=right).location == base
    cover = {"deputy_key": OURS, "absent_from": "2027-03-01", "absent_until": ""}
    browser.post(f"{base}/{THEIRS}/cover", data=cover)
    browser.post(f"{base}/{THEIRS}/ask")
    page = page_of(browser.get(base))
    assert "Ola Nytt" in page.text
    assert len(letters_to("ny@example.org")) == 1
    assert page_of(browser.get(f"{base}/{THEIRS}/change")).text


def test_the_list_asks_a_fixed_number_of_times(app: Flask, inside: None, made: Pact) -> None:
    browser, sizes = signed_in(app, made.tenant.admin_email), []
    address = f"/t/{made.tenant.slug}/agreements/{made.id}/contacts"
    for _time in range(2):
        changing.confirm(made.id, OURS)
        asking.ask(made.id, THEIRS)
        browser.get(address)
        with counted() as statements:
            browser.get(address)
        sizes.append(len(statements))
    assert sizes[0] == sizes[1] <= 24


def test_an_agreement_that_is_not_in_force_has_no_list_yet(inside: None, made: Pact) -> None:
    with clock.frozen(NOW + timedelta(days=900)), pytest.raises(Conflict):
        changing.confirm(made.id, OURS)


moments = st.one_of(st.none(), st.datetimes(timezones=st.just(UTC)))


@given(st.lists(st.tuples(moments, moments), max_size=5))
def test_a_contact_was_last_confirmed_at_the_latest_answer(answers: list[tuple[datetime, datetime]]) -> None:
    checks = [ContactCheck(confirmed_at=one, decided_at=other) for one, other in answers]
    found = [at for pair in answers for at in pair if at]
    assert confirmed_at(checks) == (max(found) if found else None)


@given(st.dates(), st.dates(), st.dates())
def test_an_absence_covers_its_first_and_last_day(first: date, last: date, day: date) -> None:
    assert covers(first, last, day) == (first <= day <= last)
    assert covers(first, None, day) == (first <= day)
    assert covers(None, last, day) is False
