from datetime import date, time

import pytest
from flask import Flask

from core.kernel import clock
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.unit_of_work import unit_of_work
from core.obligations import changing, service
from core.obligations.following import Terms, follow
from core.obligations.meetings.actions import Action, add_action, next_number, remove_action
from core.obligations.meetings.finding import meeting_of, participants_of
from core.obligations.meetings.holding import Record, hold
from core.obligations.meetings.minutes import minutes_of, send_minutes
from core.obligations.meetings.people import read_others
from core.obligations.meetings.planning import Plan, plan, proposal
from core.obligations.states import Standing
from core.testing.agreements import content
from core.testing.drafts import acting
from core.testing.factories import make_member, signed_in
from core.testing.letters import letters_to
from core.testing.statements import counted
from tests.obligations.conftest import PEOPLE, Signed, at, planned

DAY = at(2027, 5, 31, 14)


def names(signed: Signed) -> list[str]:
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    return [one.name for one in participants_of([meeting.id])]


def held(signed: Signed, minutes: str = "Vi er *enige*.\n\n- lønn\n- opplæring") -> None:
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    came = [str(one.id) for one in participants_of([meeting.id]) if one.name != "Per Oppdiktet"]
    with clock.frozen(DAY):
        hold(signed.meeting.id, Record(came, "Uventet Gjest", minutes, "Vi fortsetter\nVi møtes igjen"))


def test_the_contacts_that_the_type_names_are_proposed(inside: None, signed: Signed) -> None:
    assert [one.name for one in proposal(signed.meeting.id).contacts] == ["Ola Oppdiktet"]
    assert proposal(signed.meeting.id).chosen == ("second_leader",)


def test_all_contacts_are_proposed_where_the_type_names_none(inside: None, signed: Signed) -> None:
    signed.meeting.participants = []
    assert len(proposal(signed.meeting.id).contacts) == len(PEOPLE)


def test_a_meeting_on_another_day_moves_its_promise(inside: None, signed: Signed) -> None:
    planned(signed, on=date(2027, 6, 2))
    assert (signed.meeting.due_on, signed.meeting.moved_from) == (date(2027, 6, 2), date(2027, 5, 31))


def test_planning_anew_keeps_the_people_who_stay(inside: None, signed: Signed) -> None:
    signed.meeting.participants = []
    planned(signed, others="Nils Nabo, nils@example.org\nUten Adresse")
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    stays = {one.name: one.id for one in participants_of([meeting.id])}
    plan(
        signed.meeting.id, Plan(date(2027, 5, 31), time(11), 60, contacts=["second_leader"], others="Ny Her")
    )
    now = {one.name: one.id for one in participants_of([meeting.id])}
    assert set(now) == {"Ola Oppdiktet", "Ny Her"}
    assert now["Ola Oppdiktet"] == stays["Ola Oppdiktet"]


@pytest.mark.parametrize("line", ["kari@example.org", "Kari, ikke en adresse", ", kari@example.org"])
def test_people_that_cannot_be_read_are_pointed_out(app: Flask, line: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_others(f"Ola Nordmann, ola@example.org\n{line}")
    assert "others" in refused.value.fields


def test_a_report_is_no_meeting(inside: None, signed: Signed) -> None:
    expiry = next(one for one in signed.promises() if one.kind == "expiry")
    with pytest.raises(Conflict):
        proposal(expiry.id)


def test_a_held_meeting_keeps_its_promise_in_the_same_moment(inside: None, signed: Signed) -> None:
    planned(signed)
    held(signed)
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    assert meeting.held_at == signed.meeting.done_at == DAY
    with clock.frozen(DAY):
        found = minutes_of(signed.meeting.id)
    assert [one.name for one in found.came] == ["Ola Oppdiktet", "Uventet Gjest"]
    assert "<em>enige</em>" in found.text
    assert "<li>lønn</li>" in found.text


def test_a_record_that_cannot_be_read_leaves_everything_as_it_was(inside: None, signed: Signed) -> None:
    planned(signed)
    with clock.frozen(DAY), pytest.raises(Invalid):
        hold(signed.meeting.id, Record((), "ikke@navn", "Tekst"))
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    assert (meeting.minutes, meeting.held_at, signed.meeting.done_at) == ("", None, None)


def test_a_meeting_to_come_has_not_been_held(inside: None, signed: Signed) -> None:
    planned(signed)
    with pytest.raises(Conflict):
        hold(signed.meeting.id, Record())


def test_a_meeting_is_planned_before_it_is_recorded(inside: None, signed: Signed) -> None:
    with clock.frozen(DAY), pytest.raises(Conflict):
        hold(signed.meeting.id, Record())


def test_the_record_is_written_anew_and_the_meeting_stays_held_since_the_first_time(
    inside: None, signed: Signed
) -> None:
    planned(signed)
    held(signed)
    with clock.frozen(at(2027, 6, 2)):
        hold(signed.meeting.id, Record(minutes="Rettet"))
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    assert (meeting.minutes, meeting.held_at) == ("Rettet", DAY)


def test_a_reopened_meeting_was_not_held(inside: None, signed: Signed) -> None:
    planned(signed)
    held(signed)
    with clock.frozen(at(2027, 6, 2)):
        changing.reopen(signed.meeting.id, "Feil møte")
        with pytest.raises(Conflict):
            minutes_of(signed.meeting.id)


def test_held_and_missed_meetings_are_counted_by_the_day(inside: None, signed: Signed) -> None:
    planned(signed)
    held(signed)
    with clock.frozen(at(2027, 11, 30)):
        assert service.kept_meetings(signed.agreement_id) == service.Kept(held=1, missed=0)
    with clock.frozen(at(2027, 12, 1)):
        assert service.kept_meetings(signed.agreement_id) == service.Kept(held=1, missed=2)


def test_an_action_is_a_promise_of_the_same_agreement(inside: None, signed: Signed) -> None:
    planned(signed)
    action_id = add_action(signed.meeting.id, Action("Skrive plan", date(2027, 6, 10), owner_name="Ola"))
    listed = {one.id: one for one in service.for_subject(signed.agreement_id)}
    assert (listed[action_id].kind, listed[action_id].due_on) == ("action", date(2027, 6, 10))
    with clock.frozen(at(2027, 6, 11)):
        late = {one.id: one.standing for one in service.late(10)}
    assert late[action_id] is Standing.LATE


def test_a_form_that_is_sent_twice_makes_one_action(inside: None, signed: Signed) -> None:
    planned(signed)
    number = next_number(signed.meeting.id)
    wanted = Action("Skrive plan", date(2027, 6, 10), number=number)
    assert add_action(signed.meeting.id, wanted) == add_action(signed.meeting.id, wanted)
    other = add_action(signed.meeting.id, Action("Ringe", date(2027, 6, 10), number=number))
    actions = [one for one in signed.promises() if one.kind == "action"]
    assert {one.index for one in actions} == {1, 2}
    assert other in {one.id for one in actions}


def test_the_date_of_an_action_moves_it_and_removing_drops_it(inside: None, signed: Signed) -> None:
    planned(signed)
    action_id = add_action(signed.meeting.id, Action("Skrive plan", date(2027, 6, 10)))
    changing.set_date(action_id, date(2027, 6, 20), "Ferie")
    assert [one.due_on for one in signed.promises() if one.id == action_id] == [date(2027, 6, 20)]
    with pytest.raises(NotFound):
        remove_action(action_id, action_id)
    remove_action(signed.meeting.id, action_id)
    assert action_id not in {one.id for one in service.for_subject(signed.agreement_id)}
    again = add_action(signed.meeting.id, Action("Skrive plan", date(2027, 6, 10), number=1))
    assert again != action_id


def test_new_dates_of_the_agreement_leave_actions_alone(inside: None, signed: Signed) -> None:
    planned(signed)
    action_id = add_action(signed.meeting.id, Action("Skrive plan", date(2027, 6, 10)))
    with unit_of_work():
        first = Terms(content(), date(2026, 11, 30), date(2027, 11, 30))
        follow(signed.agreement_id, first, Terms(content(), date(2026, 12, 31), date(2027, 12, 31)))
    assert [one.due_on for one in signed.promises() if one.id == action_id] == [date(2027, 6, 10)]


def test_a_meeting_that_was_planned_for_another_day_stays_there(inside: None, signed: Signed) -> None:
    planned(signed, on=date(2027, 6, 7))
    first = Terms(content(), date(2026, 11, 30), date(2027, 11, 30))
    with unit_of_work():
        follow(signed.agreement_id, first, Terms(content(), date(2026, 12, 31), date(2027, 12, 31)))
    assert (signed.meeting.due_on, signed.meeting.moved_from) == (date(2027, 6, 7), date(2027, 5, 31))


def test_minutes_go_to_everybody_with_an_address_in_the_language_of_the_agreement(
    inside: None, signed: Signed
) -> None:
    signed.meeting.participants = []
    planned(signed)
    held(signed)
    with clock.frozen(DAY):
        add_action(signed.meeting.id, Action("Skrive plan", date(2027, 6, 10), owner_name="Ola Oppdiktet"))
        assert send_minutes(signed.meeting.id) == 2
    (letter,) = letters_to("ola@example.org")
    assert letter.subject == "Referat: Møte i styringsgruppen, 31. mai 2027"
    for words in ("Vi er enige.", "- lønn", "Vi fortsetter", "Skrive plan, Ola Oppdiktet", "kl. 10:00"):
        assert words in letter.body


def test_a_reader_reads_minutes_and_writes_none(app: Flask, inside: None, signed: Signed) -> None:
    planned(signed)
    held(signed)
    reader = make_member(signed.tenant, "access.reader")
    meeting_id = signed.meeting.id
    with clock.frozen(DAY), acting(app, signed.tenant, reader):
        assert not minutes_of(meeting_id).may_send
        for verb in (send_minutes, proposal):
            with pytest.raises(Refused):
                verb(meeting_id)
        with pytest.raises(Refused):
            hold(meeting_id, Record())


def test_pages_ask_no_more_for_more_people_and_actions(app: Flask, inside: None, signed: Signed) -> None:
    with clock.frozen(DAY):
        signed.meeting.participants = []
        planned(signed)
        held(signed)
        add_action(signed.meeting.id, Action("Skrive plan", date(2027, 6, 10)))
        browser = signed_in(app, signed.tenant.admin_email)
        url = f"/t/{signed.tenant.slug}/obligations/{signed.meeting.id}"
        paths = [url, f"{url}/record", f"{url}/minutes", f"/t/{signed.tenant.slug}/obligations"]
        assert [browser.get(path).status_code for path in paths] == [200] * 4
        few = [asked(browser, path) for path in paths]
        for number in range(12):
            owner = signed.tenant.admin_id if number % 2 else None
            add_action(signed.meeting.id, Action(f"Oppgave {number}", date(2027, 6, 10), owner))
        hold(signed.meeting.id, Record((), "\n".join(f"Gjest {number}" for number in range(20))))
        assert [asked(browser, path) for path in paths] == few
    assert max(few) < 30


def asked(browser: object, path: str) -> int:
    with counted() as sent:
        browser.get(path)  # type: ignore[attr-defined]
    return len(sent)


def test_a_plan_with_a_wrong_hour_comes_back_as_it_was_typed(
    app: Flask, inside: None, signed: Signed
) -> None:
    browser = signed_in(app, signed.tenant.admin_email)
    browser.set_cookie("language", "nb")
    url = f"/t/{signed.tenant.slug}/obligations/{signed.meeting.id}/meeting"
    form = {"on": "2027-05-31", "begins_at": "25:99", "minutes_long": "60", "place": "Rådhuset"}
    answer = browser.post(url, data=form)
    assert answer.status_code == 422
    for words in ("25:99", "Rådhuset", "Skriv tidspunktet som timer og minutter"):
        assert words in answer.text
    assert browser.post(url, data={**form, "begins_at": "9.30"}).status_code == 303
    meeting = meeting_of(signed.meeting.id)
    assert meeting
    assert meeting.begins_at == time(9, 30)
