"""Invitations are read with another library than the one that writes them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import vobject
from flask import Flask
from sqlalchemy import select

from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.mail import SEND, OutgoingMail, compose
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations import changing, service
from core.obligations.following import Pause, Terms, follow
from core.obligations.ics import Entry, calendar_of, entry_of, event_of
from core.obligations.meetings.invitations import calendar_file, invite
from core.obligations.meetings.planning import Plan, plan
from core.testing.agreements import content
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.post_office import post_office
from core.testing.rollback import as_worker
from tests.obligations.conftest import NOW, Signed, planned


def mails_to(recipient: str) -> list[OutgoingMail]:
    with platform_scope("read mail in a test"):
        query = select(OutgoingMail).where(OutgoingMail.recipient == recipient)
        return list(db.session.scalars(query.order_by(OutgoingMail.id)))


def calendars_to(recipient: str) -> list[Any]:
    return [vobject.readOne(one.attachments[0]["text"]) for one in mails_to(recipient)]


def read(entry: Entry) -> Any:
    return vobject.readOne(calendar_of([event_of(entry)]).decode()).vevent


def test_the_entry_is_removed_from_the_mail_that_has_been_sent(
    app: Flask, inside: None, signed: Signed
) -> None:
    invite(planned(signed))
    (mail,) = mails_to("ola@example.org")
    settings = app.config["FOTFESTE"]
    with post_office() as office:
        app.config["FOTFESTE"] = replace(settings, mail_url=office.url)
        try:
            with as_worker():
                jobs.run(SEND, {"mail_id": str(mail.id)})
        finally:
            app.config["FOTFESTE"] = settings
    (letter,) = office.letters
    assert [part.get_content_type() for part in letter.walk()][-1] == "text/calendar"
    assert [one.attachments for one in mails_to("ola@example.org")] == [[]]


@pytest.mark.parametrize("timezone", ["Europe/Oslo", "Europe/Copenhagen"])
@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2027, 3, 26), 9),
        (date(2027, 3, 29), 8),
        (date(2027, 10, 29), 8),
        (date(2027, 11, 1), 9),
    ],
    ids=["before summer time", "in summer time", "the last day of it", "after it"],
)
def test_ten_in_the_morning_is_ten_in_the_morning_on_both_sides_of_summer_time(
    inside: None, signed: Signed, timezone: str, day: date, utc_hour: int
) -> None:
    entry = Entry(signed.meeting.id, "Møte", day, timezone, "example.org", 0, time(10), 90)
    event = read(entry)
    assert event.dtstart.value.astimezone(UTC) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    assert (event.dtend.value - event.dtstart.value).total_seconds() == 90 * 60
    assert timezone in calendar_of([event_of(entry)]).decode()


def test_a_zone_without_summer_time_keeps_its_hour(inside: None, signed: Signed) -> None:
    event = read(
        Entry(signed.meeting.id, "Møte", date(2027, 7, 1), "Atlantic/Reykjavik", "x", 0, time(10), 60)
    )
    assert event.dtstart.value.astimezone(UTC).hour == 10


def test_a_promise_without_an_hour_fills_its_day(inside: None, signed: Signed) -> None:
    event = read(entry_of(signed.meeting, None, "Europe/Oslo", "example.org", "https://example.org/1"))
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 5, 31), date(2027, 6, 1))
    assert event.description.value == "Måltallene\nNeste halvår"


def test_everybody_with_an_address_is_called_in_the_language_of_the_agreement(
    inside: None, signed: Signed
) -> None:
    signed.meeting.participants = []
    assert invite(planned(signed)) == 2
    (mail,) = mails_to("ola@example.org")
    assert mail.subject == "Innkalling: Møte i styringsgruppen, 31. mai 2027"
    assert "31. mai 2027 kl. 10:00" in mail.body
    (calendar,) = calendars_to("ola@example.org")
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.organizer.value == f"mailto:{signed.tenant.admin_email}"
    assert {one.value for one in event.attendee_list} == {"mailto:ola@example.org", "mailto:kari@example.org"}
    assert event.location.value == "Rådhuset"


def test_the_mail_carries_the_invitation_in_the_way_that_calendars_know(
    app: Flask, inside: None, signed: Signed
) -> None:
    invite(planned(signed))
    (mail,) = mails_to("ola@example.org")
    message = compose(app.config["FOTFESTE"], mail)
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "invitation.ics"
    assert "BEGIN:VEVENT" in part.get_content()
    assert message["Message-ID"] == compose(app.config["FOTFESTE"], mail)["Message-ID"]


def test_a_moved_meeting_replaces_the_entry_and_a_waived_one_takes_it_away(
    inside: None, signed: Signed
) -> None:
    meeting_id = planned(signed)
    invite(meeting_id)
    changing.set_date(meeting_id, date(2027, 6, 7), "Bortreist")
    changing.waive(meeting_id, "Avlyst")
    calendars = calendars_to("ola@example.org")
    events = [one.vevent for one in calendars]
    assert len({one.uid.value for one in events}) == 1
    assert [one.method.value for one in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    sequences = [int(one.sequence.value) for one in events]
    assert sequences == sorted(set(sequences))
    assert events[1].dtstart.value.date() == date(2027, 6, 7)
    assert events[2].status.value == "CANCELLED"


def test_another_hour_or_place_is_told_and_nothing_new_is_not(inside: None, signed: Signed) -> None:
    meeting_id = planned(signed)
    invite(meeting_id)
    planned(signed)
    assert len(mails_to("ola@example.org")) == 1
    planned(signed, at=time(13))
    calendars = calendars_to("ola@example.org")
    assert [one.vevent.dtstart.value.hour for one in calendars] == [10, 13]
    assert int(calendars[1].vevent.sequence.value) > int(calendars[0].vevent.sequence.value)


def test_who_no_longer_takes_part_is_told(inside: None, signed: Signed) -> None:
    meeting_id = planned(signed, others="Nils Nabo, nils@example.org")
    invite(meeting_id)
    planned(signed)
    assert [one.method.value for one in calendars_to("nils@example.org")] == ["REQUEST", "CANCEL"]
    assert [one.method.value for one in calendars_to("ola@example.org")] == ["REQUEST"]


def test_a_meeting_of_an_agreement_that_ends_is_called_off(inside: None, signed: Signed) -> None:
    invite(planned(signed))
    with unit_of_work():
        service.drop_for(signed.agreement_id)
    assert [one.method.value for one in calendars_to("ola@example.org")] == ["REQUEST", "CANCEL"]


def test_a_meeting_that_falls_in_a_pause_is_called_off(inside: None, signed: Signed) -> None:
    invite(planned(signed))
    terms = Terms(content(), date(2026, 11, 30), date(2027, 11, 30))
    with unit_of_work():
        follow(signed.agreement_id, terms, replace(terms, pauses=(Pause(date(2027, 3, 1)),)))
    assert [one.method.value for one in calendars_to("ola@example.org")] == ["REQUEST", "CANCEL"]


def test_nobody_is_called_in_vain(inside: None, signed: Signed) -> None:
    with pytest.raises(Conflict):
        invite(signed.meeting.id)
    plan(signed.meeting.id, Plan(date(2027, 5, 31), time(10), 60, others="Uten Adresse"))
    with pytest.raises(Conflict):
        invite(signed.meeting.id)
    meeting_id = planned(signed)
    with clock.frozen(datetime(2027, 6, 1, 12, tzinfo=UTC)), pytest.raises(Conflict):
        invite(meeting_id)


def test_an_organisation_that_nobody_has_confirmed_calls_nobody(
    app: Flask, make_signed: Callable[[MadeTenant], Signed]
) -> None:
    signed = make_signed(make_tenant("norway.municipality", confirmed=False))
    with clock.frozen(NOW), acting(app, signed.tenant):
        meeting_id = planned(signed)
        with pytest.raises(Refused):
            invite(meeting_id)
    assert mails_to("ola@example.org") == []


def test_the_page_hands_out_the_file(app: Flask, inside: None, signed: Signed) -> None:
    planned(signed)
    browser = signed_in(app, signed.tenant.admin_email)
    answer = browser.get(f"/t/{signed.tenant.slug}/obligations/{signed.meeting.id}/invitation.ics")
    assert answer.mimetype == "text/calendar"
    event = vobject.readOne(answer.text).vevent
    assert event.summary.value == "Møte i styringsgruppen – Samarbeid om arbeidstrening"
    assert calendar_file(signed.meeting.id).name == "2027-05-31.ics"
