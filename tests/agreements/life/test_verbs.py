"""Each verb of an agreement in force: what it changes, what it refuses, and whom it tells."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from core.agreements.drafts import service as drafts
from core.agreements.life import service
from core.agreements.life.story import story
from core.agreements.models import Agreement
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.mail import OutgoingMail
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.models import Obligation
from core.obligations.states import Standing
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant
from tests.agreements.life.steps import ENDS, TODAY, noon

Read = Callable[[], Agreement]
Promises = Callable[[], list[Obligation]]
Mails = Callable[[str], list[OutgoingMail]]


def standing(promises: list[Obligation]) -> list[Obligation]:
    return [one for one in promises if one.dropped_at is None]


def test_extending_moves_the_end_and_adds_promises(
    agreement_id: UUID, agreement: Read, promises: Promises
) -> None:
    before = {one.id: one.due_on for one in promises() if one.kind != "expiry"}
    service.extend(agreement_id, date(2029, 11, 30), "Det går bra.")
    after = {one.id: one.due_on for one in promises() if one.kind != "expiry"}
    assert agreement().ends_on == date(2029, 11, 30)
    assert before.items() < after.items()
    assert max(after.values()) > ENDS


def test_the_deadline_before_the_end_moves_and_says_from_where(
    agreement_id: UUID, promises: Promises
) -> None:
    (expiry,) = [one for one in promises() if one.kind == "expiry"]
    first = expiry.due_on
    service.extend(agreement_id, date(2029, 11, 30), "Det går bra.")
    (moved,) = [one for one in promises() if one.kind == "expiry"]
    assert (moved.id, moved.moved_from) == (expiry.id, first)
    assert moved.due_on == date(2029, 10, 1)
    assert "2029" in moved.title
    (shown,) = [one for one in obligations.for_subject(agreement_id) if one.kind == "expiry"]
    assert shown.moved_from == first


def test_shortening_drops_what_no_longer_applies_and_keeps_what_is_done(
    agreement_id: UUID, agreement: Read, promises: Promises
) -> None:
    done = next(one for one in promises() if one.due_on > date(2027, 12, 1))
    obligations.mark_done(done.id)
    service.shorten(agreement_id, date(2027, 11, 30), "Bedriften flytter.")
    assert agreement().ends_on == date(2027, 11, 30)
    late = [one for one in standing(promises()) if one.due_on > date(2027, 11, 30)]
    assert [one.id for one in late] == [done.id]


def test_extending_again_lets_the_dropped_promises_stand_again(
    agreement_id: UUID, promises: Promises
) -> None:
    before = [(one.id, one.due_on, one.moved_from) for one in promises()]
    service.shorten(agreement_id, date(2027, 11, 30), "Bedriften flytter.")
    service.extend(agreement_id, ENDS, "Bedriften blir.")
    assert [(one.id, one.due_on, one.moved_from) for one in standing(promises())] == before


def test_notice_lets_it_run_until_its_last_day_and_then_it_has_ended(
    agreement_id: UUID, agreement: Read, promises: Promises
) -> None:
    last_day = date(2027, 2, 28)
    service.end(agreement_id, last_day, "Bedriften legges ned.", agreed=False)
    assert status_of(agreement(), TODAY) is Status.ENDING
    assert status_of(agreement(), last_day) is Status.ENDING
    assert status_of(agreement(), last_day + timedelta(days=1)) is Status.ENDED
    assert all(one.kind != "expiry" and one.due_on <= last_day for one in standing(promises()))


def test_nothing_more_can_happen_under_notice(agreement_id: UUID) -> None:
    service.end(agreement_id, date(2027, 2, 28), "Bedriften legges ned.", agreed=False)
    for act in (
        lambda: service.extend(agreement_id, date(2030, 1, 1), "x"),
        lambda: service.shorten(agreement_id, date(2027, 1, 1), "x"),
        lambda: service.pause(agreement_id, TODAY, None, "x"),
        lambda: service.end(agreement_id, date(2027, 1, 1), "x", agreed=True),
    ):
        with pytest.raises(Conflict, match=r"agreement\.noticed"):
            act()


def test_a_last_day_within_the_notice_period_needs_consent(
    agreement_id: UUID, agreement: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_three_months = date(2027, 2, 28)
    monkeypatch.setattr(service, "first_day_by_notice", lambda _agreement: in_three_months)
    with pytest.raises(Invalid) as wrong:
        service.end(agreement_id, date(2026, 12, 31), "Straks.", agreed=False)
    assert set(wrong.value.fields) == {"agreed"}
    service.end(agreement_id, date(2026, 12, 31), "Straks.", agreed=True)
    assert agreement().ends_on == date(2026, 12, 31)


def test_what_falls_in_a_pause_without_an_end_rests_and_is_never_late(
    agreement_id: UUID, promises: Promises
) -> None:
    service.pause(agreement_id, TODAY, None, "Ombygging.")
    resting = [one for one in promises() if one.rests_from]
    assert resting
    assert all(one.kind != "expiry" for one in resting)
    with clock.frozen(noon(date(2028, 1, 3))):
        seen = obligations.overview(50)
        assert not {one.id for one in (*seen.late, *seen.next)} & {one.id for one in resting}
        shown = {one.id: one for one in obligations.for_subject(agreement_id)}
        assert {shown[one.id].standing for one in resting} == {Standing.RESTING}


def test_when_it_resumes_the_newest_of_each_kind_moves_and_the_rest_falls_away(
    agreement_id: UUID, agreement: Read, promises: Promises
) -> None:
    service.pause(agreement_id, TODAY, None, "Ombygging.")
    back = date(2028, 1, 3)
    missed = [one for one in promises() if one.rests_from and one.due_on < back]
    with clock.frozen(noon(back)):
        service.resume(agreement_id, "Ferdig bygd.")
        assert status_of(agreement(), back) is Status.ACTIVE
    now = promises()
    moved = [one for one in now if one.due_on == back]
    assert {one.key for one in moved} == {one.key for one in missed}
    assert all(one.moved_from and one.dropped_at is None for one in moved)
    assert {one.id for one in missed} == {one.id for one in now if one.dropped_at or one.due_on == back}
    assert not [one for one in standing(now) if one.rests_from]


def test_a_pause_with_a_known_end_moves_what_falls_in_it_at_once(
    agreement_id: UUID, agreement: Read, promises: Promises
) -> None:
    service.pause(agreement_id, date(2027, 5, 1), date(2027, 8, 2), "Sommerstengt.")
    assert status_of(agreement(), date(2027, 5, 1)) is Status.PAUSED
    assert status_of(agreement(), date(2027, 8, 2)) is Status.ACTIVE
    assert not [one for one in standing(promises()) if date(2027, 5, 1) <= one.due_on < date(2027, 8, 2)]
    assert [one for one in promises() if one.moved_from and one.due_on == date(2027, 8, 2)]


def test_a_pause_that_has_not_begun_is_taken_back_whole(
    agreement_id: UUID, agreement: Read, promises: Promises
) -> None:
    before = [(one.id, one.due_on, one.moved_from, one.dropped_at) for one in promises()]
    service.pause(agreement_id, date(2027, 5, 1), date(2027, 8, 2), "Sommerstengt.")
    service.resume(agreement_id, "Åpent likevel.")
    assert agreement().paused_from is None
    assert [(one.id, one.due_on, one.moved_from, one.dropped_at) for one in promises()] == before


def test_a_day_that_people_have_agreed_on_otherwise_is_left_alone(
    agreement_id: UUID, promises: Promises
) -> None:
    first = next(one for one in promises() if one.kind == "meeting")
    with unit_of_work():
        first.due_on = agreed = first.due_on + timedelta(days=3)
    service.extend(agreement_id, date(2029, 11, 30), "Det går bra.")
    assert next(one for one in promises() if one.id == first.id).due_on == agreed


@pytest.mark.parametrize(
    ("verb", "word"),
    [("extend", "Forlenget"), ("shorten", "Forkortet"), ("end", "Sagt opp"), ("pause", "Satt på")],
)
def test_everybody_who_signed_is_told_in_the_language_of_the_agreement(
    agreement_id: UUID, mails: Mails, verb: str, word: str
) -> None:
    acts = {
        "extend": lambda: service.extend(agreement_id, date(2029, 1, 31), "Fordi."),
        "shorten": lambda: service.shorten(agreement_id, date(2028, 1, 31), "Fordi."),
        "end": lambda: service.end(agreement_id, date(2028, 1, 31), "Fordi.", agreed=True),
        "pause": lambda: service.pause(agreement_id, date(2028, 1, 31), None, "Fordi."),
    }
    acts[verb]()
    told = mails(word)
    assert len(told) == len({one.recipient for one in told}) == 2
    assert all("Fordi." in one.body and "31. januar" in one.body for one in told)


def test_resuming_tells_everybody_too(agreement_id: UUID, mails: Mails) -> None:
    service.pause(agreement_id, TODAY, None, "Ombygging.")
    service.resume(agreement_id, "Ferdig.")
    assert len(mails("Gjenopptatt")) == 2


@pytest.mark.parametrize("wrong", [ENDS, date(2026, 12, 1), date(2190, 1, 1)])
def test_an_extension_needs_a_later_day_that_can_be_meant(agreement_id: UUID, wrong: date) -> None:
    with pytest.raises(Invalid) as refused:
        service.extend(agreement_id, wrong, "Fordi.")
    assert set(refused.value.fields) == {"last_day"}


@pytest.mark.parametrize("wrong", [ENDS, TODAY - timedelta(days=1), date(2029, 1, 1)])
def test_shortening_needs_an_earlier_day_that_has_not_passed(agreement_id: UUID, wrong: date) -> None:
    with pytest.raises(Invalid):
        service.shorten(agreement_id, wrong, "Fordi.")


@pytest.mark.parametrize(
    ("first_day", "resumes_on", "field"),
    [
        (TODAY - timedelta(days=1), None, "first_day"),
        (TODAY, TODAY, "resumes_on"),
        (date(2029, 1, 1), None, "first_day"),
        (TODAY, date(2029, 1, 1), "resumes_on"),
    ],
)
def test_impossible_pauses_are_named(
    agreement_id: UUID, first_day: date, resumes_on: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        service.pause(agreement_id, first_day, resumes_on, "Fordi.")
    assert set(refused.value.fields) == {field}


def test_two_pauses_never_overlap_and_nothing_resumes_that_did_not_pause(agreement_id: UUID) -> None:
    with pytest.raises(Conflict, match=r"agreement\.not_paused"):
        service.resume(agreement_id, "Fordi.")
    service.pause(agreement_id, date(2027, 3, 1), None, "Fordi.")
    with pytest.raises(Conflict, match=r"agreement\.paused"):
        service.pause(agreement_id, date(2027, 1, 1), date(2027, 2, 1), "Fordi.")


def test_a_draft_is_neither_extended_nor_ended(inside: None) -> None:
    draft = complete_draft()
    with pytest.raises(Conflict, match=r"agreement\.not_in_force"):
        service.extend(draft, date(2030, 1, 1), "Fordi.")
    with pytest.raises(Conflict, match=r"agreement\.not_in_force"):
        service.end(draft, date(2030, 1, 1), "Fordi.", agreed=True)


def test_readers_change_nothing_and_other_tenants_know_nothing(
    app: Flask, tenant: MadeTenant, agreement_id: UUID
) -> None:
    reader = make_member(tenant, "access.reader")
    with acting(app, tenant, reader), pytest.raises(Refused):
        service.pause(agreement_id, TODAY, None, "Fordi.")
    with acting(app, make_tenant("norway.municipality")), pytest.raises(NotFound):
        service.pause(agreement_id, TODAY, None, "Fordi.")


def test_the_story_tells_what_happened_with_days_reason_and_name(agreement_id: UUID) -> None:
    service.extend(agreement_id, date(2029, 11, 30), "Det går bra.")
    told = story(agreement_id).chapters
    assert [one.title for one in told] == ["Sent for signing", "Signed by all", "Extended"]
    assert "2029" in told[-1].days
    assert "2028" in told[-1].days
    assert (told[-1].reason, bool(told[-1].name)) == ("Det går bra.", True)


def test_what_can_be_done_follows_from_how_it_stands(agreement_id: UUID) -> None:
    assert story(agreement_id).verbs == ("amend", "extend", "shorten", "pause", "end", "renew")
    service.pause(agreement_id, TODAY, None, "Fordi.")
    assert story(agreement_id).verbs == ("amend", "extend", "shorten", "resume", "end", "renew")
    service.end(agreement_id, date(2027, 1, 31), "Fordi.", agreed=True)
    assert story(agreement_id).verbs == ("renew",)


def test_a_draft_shows_its_age_after_two_weeks(inside: None) -> None:
    draft = drafts.begin(drafts.Beginning("no_work_training.intention_agreement", "Utkast", {}))
    assert story(draft).days_waiting == 0
    with clock.frozen(noon(TODAY + timedelta(days=15))):
        assert story(draft).days_waiting == 15
