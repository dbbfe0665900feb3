"""Reports of a period: filled from data, frozen when sent, replaced and never changed."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.agreements.content import fingerprint
from core.agreements.models import Contact, Version
from core.agreements.reports import receipts, sending, writing
from core.agreements.reports.finding import find, receivers_of
from core.agreements.reports.models import Report
from core.agreements.reports.states import ReportStatus, status_of
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, NotFound, Refused
from core.kernel.unit_of_work import unit_of_work
from core.obligations import changing
from core.obligations import service as obligations
from core.testing.agreements import GOAL, content
from core.testing.drafts import acting
from core.testing.factories import make_member, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from core.testing.statements import counted
from tests.agreements.pacts import Pact
from tests.agreements.reports.conftest import NOW, promises

OLA = "ola@example.org"
TEXTS = {"overview": "Vi er *godt* i gang.", "ahead": "- flere plasser"}


@pytest.fixture
def draft(inside: None, made: Pact) -> UUID:
    """The report that is due on 30 July 2027, begun in June."""
    return writing.begin(promises(made, "report")[1])


def sent(report_id: UUID) -> str:
    """Send a report; gives the token of the one link."""
    (token,) = sending.send(report_id).values()
    return token


def test_the_period_goes_on_where_the_report_before_it_ended(inside: None, made: Pact) -> None:
    first, second = promises(made, "report")[:2]
    one, other = (find(writing.begin(promise)).report for promise in (first, second))
    assert (one.from_on, one.until_on) == (date(2026, 11, 30), date(2027, 3, 30))
    assert (other.from_on, other.until_on) == (date(2027, 3, 31), date(2027, 7, 30))


def test_a_report_is_begun_once(draft: UUID, made: Pact) -> None:
    assert writing.begin(promises(made, "report")[1]) == draft


def test_a_draft_tells_what_the_data_say_of_its_period(inside: None, made: Pact) -> None:
    changing.waive(promises(made, "contact_list")[0], "Alle er nye.")
    facts = find(writing.begin(promises(made, "report")[1])).report.facts
    assert facts["meetings"] == ["31. mai 2027: Møte i styringsgruppen (ikke holdt)"]
    assert facts["goals"] == ["Ansettelser: målet er 70\xa0%"]
    assert facts["changes"] == []
    first = find(writing.begin(promises(made, "report")[0])).report.facts
    assert first["promises"] == [
        "30. mars 2027: Gjennomgang av kontaktlisten (frafalt). Begrunnelse: Alle er nye."
    ]


def test_a_goal_that_nobody_counts_stands_without_a_target(inside: None, made: Pact) -> None:
    text = content()
    text["sections"][0]["goals"] = [GOAL | {"target": None, "unit": ""}]
    with unit_of_work():
        db.session.add(Version(agreement_id=made.id, number=2, content=text, sha256=fingerprint(text)))
    facts = find(writing.begin(promises(made, "report")[0])).report.facts
    assert facts["goals"] == ["Ansettelser"]


def test_figures_are_taken_anew_and_the_text_stays(draft: UUID, made: Pact) -> None:
    writing.save(draft, TEXTS, 0)
    obligations.mark_done(promises(made, "meeting")[0])
    writing.take_figures(draft)
    report = find(draft).report
    assert report.facts["meetings"] == ["31. mai 2027: Møte i styringsgruppen (holdt)"]
    assert report.texts == TEXTS


def test_a_second_writer_is_told_and_overwrites_nothing(draft: UUID) -> None:
    writing.save(draft, {"overview": "Første"}, 0)
    with pytest.raises(Conflict):
        writing.save(draft, {"overview": "Andre"}, 0)
    assert find(draft).report.texts == {"overview": "Første"}


def test_sending_freezes_the_report_keeps_the_promise_and_writes_to_the_other_side(draft: UUID) -> None:
    writing.save(draft, TEXTS, 0)
    token = sent(draft)
    found = find(draft)
    assert found.report.sha256 == fingerprint(found.report.content)
    assert found.report.content["receivers"] == [{"party": "Fjord Bakeri AS", "name": "Ola Oppdiktet"}]
    assert found.promise.standing == "done"
    (letter,) = letters_to(OLA)
    assert letter.path.endswith(f"/report/{token}")
    assert "31. mars 2027 til 30. juli 2027" in letter.body
    assert letters_to("kari@example.org") == [], "our own side gets no mail"


def test_a_sent_report_is_not_changed_any_more(draft: UUID) -> None:
    sent(draft)
    for verb in (writing.take_figures, writing.give_up, sending.send):
        with pytest.raises(Conflict):
            verb(draft)
    with pytest.raises(Conflict):
        writing.save(draft, TEXTS, 0)


def test_a_correction_replaces_the_report_and_both_stay_readable(draft: UUID) -> None:
    writing.save(draft, TEXTS, 0)
    old = sent(draft)
    content = find(draft).report.content
    newer = writing.correct(draft, "Feil antall møter.")
    assert find(newer).report.texts == TEXTS
    sent(newer)
    assert find(draft).status is ReportStatus.REPLACED
    assert find(draft).report.content == content
    assert receipts.open_link(old).status is ReportStatus.REPLACED
    assert "Feil antall møter." in letters_to(OLA)[-1].body
    with pytest.raises(Conflict):
        writing.correct(draft, "En gang til")


def test_nobody_to_write_to_sends_nothing(draft: UUID, made: Pact) -> None:
    with unit_of_work():
        db.session.scalars(select(Contact).where(Contact.email == OLA)).one().email = ""
    with pytest.raises(Conflict, match="nobody"):
        sending.send(draft)
    assert find(draft).promise.standing == "planned"


def test_the_receiver_reads_confirms_once_and_remarks(
    client: FlaskClient, draft: UUID, made: Pact, app: Flask
) -> None:
    writing.save(draft, TEXTS, 0)
    address = f"/t/{made.tenant.slug}/report/{sent(draft)}"
    page = page_of(client.get(address))
    assert "Vi er godt i gang." in page.text
    assert page_of(client.post(address, data={"name": "", "remark": "Fint"}), 422).error("name")
    for name in ("Ola Oppdiktet", "En annen"):
        client.post(address, data={"name": name, "remark": "Vi hadde ett møte til."})
    (receiver,) = receivers_of(draft)
    assert receiver.opened_at == receiver.confirmed_at == NOW
    assert receiver.confirmed_name == "Ola Oppdiktet"
    (told,) = [one for one in letters_to(made.tenant.admin_email) if "Vi hadde" in one.body]
    assert told.path.endswith(f"/reports/{draft}")


def test_a_link_ends_and_is_nobody_elses(client: FlaskClient, draft: UUID, made: Pact) -> None:
    token = sent(draft)
    with pytest.raises(NotFound):
        receipts.open_link(token + "x")
    other = make_tenant("norway.municipality")
    assert client.get(f"/t/{other.slug}/report/{token}").status_code == 404
    with clock.frozen(NOW + sending.LINK_LASTS), pytest.raises(Gone):
        receipts.open_link(token)


def test_the_pdf_is_accessible_and_the_same_each_time(client: FlaskClient, draft: UUID, made: Pact) -> None:
    address = f"/t/{made.tenant.slug}/report/{sent(draft)}/report.pdf"
    first, second = client.get(address), client.get(address)
    assert first.data == second.data
    with pikepdf.open(BytesIO(first.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nb"
        assert "Rapport om samarbeidet" in str(pdf.docinfo["/Title"])


def test_a_reader_reads_and_writes_nothing(app: Flask, draft: UUID, made: Pact) -> None:
    reader = make_member(made.tenant, "access.reader")
    with acting(app, made.tenant, reader):
        assert find(draft).promise.may_do is False
        with pytest.raises(Refused):
            writing.save(draft, TEXTS, 0)
    with acting(app, make_tenant("norway.municipality")), pytest.raises(NotFound):
        find(draft)


def test_the_pages_lead_from_the_deadline_to_the_sent_report(
    app: Flask, made: Pact, tenant: object, inside: None
) -> None:
    browser, base = signed_in(app, made.tenant.admin_email), f"/t/{made.tenant.slug}"
    promise = promises(made, "report")[1]
    assert (
        f"{base}/obligations/{promise}/reports"
        in page_of(browser.get(f"{base}/obligations/{promise}")).links()
    )
    form = browser.post(f"{base}/obligations/{promise}/reports").location
    page = page_of(browser.get(form))
    assert "Møte i styringsgruppen" in page.text
    typed = {"overview": "Kort sagt", "revision": "0"}
    assert browser.post(form, data=typed | {"then": "check"}).location.endswith("/check")
    late = page_of(browser.post(form, data=typed | {"overview": "Noe annet"}), 409)
    assert "Noe annet" in late.text, "what was typed is still there"
    assert "Ola Oppdiktet" in page_of(browser.get(f"{form}/check")).text
    assert browser.post(f"{form}/send").location == form
    assert "Fjord Bakeri AS" in page_of(browser.get(form)).text


def test_a_report_page_asks_a_fixed_number_of_times(draft: UUID, made: Pact, app: Flask) -> None:
    browser = signed_in(app, made.tenant.admin_email)
    address = f"/t/{made.tenant.slug}/reports/{draft}"
    browser.get(address)
    with counted() as statements:
        page_of(browser.get(address))
    assert len(statements) <= 24


def report(number: int, *, was_sent: bool) -> Report:
    return Report(number=number, sent_at=NOW if was_sent else None)


@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_at_most_one_report_of_a_promise_is_the_one_that_counts(sendings: list[bool]) -> None:
    rows = [report(number, was_sent=one) for number, one in enumerate(sendings, start=1)]
    standing = [status_of(one, rows) for one in rows]
    assert standing.count(ReportStatus.SENT) == any(sendings)
    assert standing.count(ReportStatus.DRAFT) == sendings.count(False)
