from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from core.kernel import clock
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import changing, service
from core.obligations.finding import owners_of
from core.obligations.following import Pause, Terms, follow
from core.obligations.states import Standing, standing_of
from core.testing.agreements import MEETING, content, section
from core.testing.drafts import acting
from core.testing.factories import make_member, signed_in
from tests.obligations.conftest import Signed, at

JUNE = date(2027, 6, 7)


def test_what_is_waived_is_neither_open_nor_missed_and_keeps_its_reason(inside: None, signed: Signed) -> None:
    changing.waive(signed.meeting.id, "Partene møtes i august")
    with clock.frozen(at(2027, 6, 1)):
        assert service.late(10) == []
        assert service.kept_meetings(signed.agreement_id).due == 0
    assert signed.meeting.waived_reason == "Partene møtes i august"
    with pytest.raises(Conflict):
        changing.waive(signed.meeting.id, "En gang til")
    with pytest.raises(Conflict):
        service.mark_done(signed.meeting.id)


def test_a_promise_on_another_day_says_which_day_was_promised(inside: None, signed: Signed) -> None:
    changing.set_date(signed.meeting.id, JUNE, "Lederen er bortreist")
    changing.set_date(signed.meeting.id, date(2027, 6, 14), "Fremdeles bortreist")
    listed = next(one for one in service.for_subject(signed.agreement_id) if one.id == signed.meeting.id)
    assert (listed.due_on, listed.moved_from) == (date(2027, 6, 14), date(2027, 5, 31))
    assert signed.meeting.sequence == 2


def test_a_promise_that_is_back_on_its_day_was_not_moved(inside: None, signed: Signed) -> None:
    changing.set_date(signed.meeting.id, JUNE, "Lederen er bortreist")
    changing.set_date(signed.meeting.id, date(2027, 5, 31), "Det passet likevel")
    assert (signed.meeting.moved_from, signed.meeting.moved_reason) == (None, "")


def test_the_day_it_has_is_no_other_day(inside: None, signed: Signed) -> None:
    with pytest.raises(Invalid) as refused:
        changing.set_date(signed.meeting.id, date(2027, 5, 31), "Grunn")
    assert "due_on" in refused.value.fields


def test_done_is_taken_back_without_a_reason_only_on_the_same_day(inside: None, signed: Signed) -> None:
    meeting_id = signed.meeting.id
    service.mark_done(meeting_id)
    changing.reopen(meeting_id, "")
    assert signed.meeting.done_at is None
    service.mark_done(meeting_id)
    with clock.frozen(at(2026, 11, 22)):
        with pytest.raises(Invalid) as refused:
            changing.reopen(meeting_id, "")
        assert "reason" in refused.value.fields
        changing.reopen(meeting_id, "Det var feil møte")
    assert signed.meeting.done_at is None
    with pytest.raises(Conflict):
        changing.reopen(meeting_id, "Den er åpen")


def test_what_was_waived_is_opened_again_with_a_reason(inside: None, signed: Signed) -> None:
    changing.waive(signed.meeting.id, "Ikke nødvendig")
    with pytest.raises(Invalid):
        changing.reopen(signed.meeting.id, "")
    changing.reopen(signed.meeting.id, "Det trengs likevel")
    assert (signed.meeting.waived_at, signed.meeting.waived_reason) == (None, "")


def test_the_adviser_owns_a_promise_until_a_colleague_gets_it(
    app: Flask, inside: None, signed: Signed
) -> None:
    colleague = make_member(signed.tenant, "access.adviser")
    with acting(app, signed.tenant):
        colleague_id = next(
            one for one, name in changing.accounts_who_may("obligation:do") if name == "Kari Prøve"
        )
        meeting_id = signed.meeting.id
        assert owners_of([signed.meeting]) == {meeting_id: signed.tenant.admin_id}
        changing.set_owner(meeting_id, colleague_id)
        assert owners_of([signed.meeting]) == {meeting_id: colleague_id}
        changing.set_owner(meeting_id, None)
        assert owners_of([signed.meeting]) == {meeting_id: signed.tenant.admin_id}
    assert colleague


def test_nobody_without_the_right_becomes_an_owner(app: Flask, inside: None, signed: Signed) -> None:
    make_member(signed.tenant, "access.reader")
    with acting(app, signed.tenant), pytest.raises(Invalid):
        changing.set_owner(signed.meeting.id, new_id())


def test_a_reader_changes_nothing_and_a_stranger_finds_nothing(
    app: Flask, inside: None, signed: Signed
) -> None:
    reader = make_member(signed.tenant, "access.reader")
    meeting_id = signed.meeting.id
    with acting(app, signed.tenant, reader):
        for verb in (changing.waive, changing.reopen):
            with pytest.raises(Refused):
                verb(meeting_id, "Grunn")
    with acting(app, signed.tenant), pytest.raises(NotFound):
        changing.waive(new_id(), "Grunn")


def test_each_verb_stands_in_the_log_with_its_reason(inside: None, signed: Signed) -> None:
    changing.set_date(signed.meeting.id, JUNE, "Lederen er bortreist")
    lines = {one.action: one.reason for one in db.session.scalars(select(AuditEntry))}
    assert lines["obligation.moved"] == "Lederen er bortreist"


FIRST = Terms(content(), date(2026, 11, 30), date(2027, 11, 30))


def test_promises_follow_the_agreement_to_its_new_dates_and_are_never_doubled(
    inside: None, signed: Signed
) -> None:
    before = {one.id for one in signed.promises()}
    by_hand = next(one for one in signed.promises() if one.kind == "evaluation")
    changing.set_date(by_hand.id, date(2027, 12, 6), "Avtalt på telefon")
    with unit_of_work():
        later = Terms(content(), date(2026, 12, 31), date(2027, 12, 31))
        followed = follow(signed.agreement_id, FIRST, later)
    rows = signed.promises()
    assert (followed.made, {one.id for one in rows}) == (0, before)
    assert (signed.meeting.due_on, signed.meeting.moved_from) == (date(2027, 6, 30), date(2027, 5, 31))
    assert next(one for one in rows if one.kind == "evaluation").due_on == date(2027, 12, 6)


def test_what_the_agreement_no_longer_promises_falls(inside: None, signed: Signed) -> None:
    once = content(sections=[section("1", "Møter", meetings=[MEETING])])
    with unit_of_work():
        follow(signed.agreement_id, FIRST, Terms(once, date(2026, 11, 30), date(2027, 6, 30)))
    assert [one.kind for one in service.for_subject(signed.agreement_id)] == ["expiry", "meeting"]


def test_what_was_waived_stays_waived_when_the_agreement_changes(inside: None, signed: Signed) -> None:
    changing.waive(signed.meeting.id, "Ingen kan")
    with unit_of_work():
        follow(signed.agreement_id, FIRST, Terms(content(), date(2026, 12, 31), date(2027, 12, 31)))
    assert (signed.meeting.due_on, signed.meeting.moved_from) == (date(2027, 5, 31), None)
    assert standing_of(signed.meeting, date(2026, 12, 1)) is Standing.WAIVED


def test_a_promise_rests_in_a_pause_and_is_neither_open_nor_missed(inside: None, signed: Signed) -> None:
    paused = replace(FIRST, pauses=(Pause(date(2027, 3, 1)),))
    with unit_of_work():
        follow(signed.agreement_id, FIRST, paused)
    assert standing_of(signed.meeting, date(2028, 1, 1)) is Standing.RESTING
    with clock.frozen(at(2028, 1, 1)):
        assert signed.meeting.id not in {one.id for one in service.late(50)}
        assert service.kept_meetings(signed.agreement_id) == service.Kept(0, 0)


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(
    app: Flask, inside: None, signed: Signed
) -> None:
    browser = signed_in(app, signed.tenant.admin_email)
    url = f"/t/{signed.tenant.slug}/obligations/{signed.meeting.id}"
    answer = browser.post(f"{url}/date", data={"due_on": "2027-06-07", "reason": ""})
    assert answer.status_code == 422
    assert 'value="2027-06-07"' in answer.text
    moved = browser.post(f"{url}/date", data={"due_on": "2027-06-07", "reason": "Bortreist"})
    assert (moved.status_code, moved.location) == (303, url)
    page = browser.get(url).text
    assert "Bortreist" in page
    assert browser.get(f"{url}/history").status_code == 200
