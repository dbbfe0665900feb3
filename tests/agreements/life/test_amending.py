"""An agreement in force is amended: the draft, what it changes, and what happens when all have signed it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.amending import service as amending
from core.agreements.amending import versions
from core.agreements.annexes.reading import Start
from core.agreements.content import resolve
from core.agreements.drafts import service as drafts
from core.agreements.life import service as life
from core.agreements.life.recording import events_of
from core.agreements.life.story import story
from core.agreements.models import Agreement, Version
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import reading_of
from core.agreements.printing.service import printed
from core.agreements.signing import completion
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.states import Status, status_of
from core.agreements.wheel.models import YearlyActivity
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import new_id
from core.kernel.mail import OutgoingMail
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.models import Obligation
from tests.agreements.life.steps import ENDS, TODAY, noon, rhythm, sign_all

Read = Callable[[], Agreement]
Mails = Callable[[str], list[OutgoingMail]]
LATER = date(2027, 6, 14)


def new_phone(agreement_id: UUID) -> None:
    """A contact who does not sign gets another telephone number."""
    parts = agreement_parts.load(agreement_id)
    signing_keys = {one.signatory_key for one in parts.parties.values()}
    row = next(row for key, row in parts.contacts.items() if key not in signing_keys and row.name)
    names = ("name", "role_title", "email", "authority")
    values = {name: getattr(row, name) for name in names}
    drafts.save_contact(agreement_id, row.key, values | {"phone": "99887766"})


def amended(agreement_id: UUID, change: Callable[[UUID], object]) -> UUID:
    """Begin an amendment, change something and let all sign it; gives its id."""
    draft_id = amending.begin(agreement_id, "Evalueringen viste det.", "Evaluering, punkt 2")
    change(draft_id)
    sign_all(signing.send(draft_id), draft_id)
    return draft_id


def test_the_draft_is_a_copy_and_the_agreement_applies_unchanged(agreement_id: UUID, agreement: Read) -> None:
    draft_id = amending.begin(agreement_id, "Fordi.")
    assert {**resolve(draft_id), "duration": 0} == {**resolve(agreement_id), "duration": 0, "amends": True}
    assert amending.compared(draft_id).changes.all == ()
    rhythm(draft_id, 5)
    assert (status_of(agreement(), TODAY), len(versions.versions(agreement_id).lines)) == (Status.ACTIVE, 1)
    before, after = story(draft_id).amends, story(agreement_id).amended_by
    assert (before and before.id, after and after.id) == (agreement_id, draft_id)


def test_only_one_amendment_is_open_at_a_time(agreement_id: UUID) -> None:
    draft_id = amending.begin(agreement_id, "Fordi.")
    for act in (
        lambda: amending.begin(agreement_id, "Igjen."),
        lambda: life.extend(agreement_id, date(2029, 1, 1), "Lenger."),
        lambda: amending.begin(draft_id, "Oppå."),
    ):
        with pytest.raises(Conflict):
            act()
    drafts.discard(draft_id, "Ikke nå.")
    assert amending.begin(agreement_id, "Fordi.") != draft_id


def test_what_all_have_signed_is_the_next_version_of_the_agreement(
    agreement_id: UUID, agreement: Read, mails: Mails
) -> None:
    key = ""

    def change(draft_id: UUID) -> None:
        nonlocal key
        key = rhythm(draft_id, 5)
        drafts.rename(draft_id, "Ny avtale om arbeidstrening")
        drafts.save_duration(draft_id, agreement().starts_on, date(2029, 5, 31))

    draft_id = amended(agreement_id, change)
    case, signed = open_case(agreement_id), open_case(draft_id)
    assert (case.version.number, case.version.sha256) == (2, signed.version.sha256)
    assert [one.id for one in case.requests] == [one.id for one in signed.requests]
    assert agreement_parts.load(agreement_id).meetings[key].every_months == 5
    row = agreement()
    assert (row.title, row.ends_on) == ("Ny avtale om arbeidstrening", date(2029, 5, 31))
    assert [(one.kind, one.agreed, one.until) for one in events_of(agreement_id)] == [
        ("amended", True, date(2029, 5, 31))
    ]
    assert status_of(agreement_parts.find(draft_id), TODAY) is Status.TAKEN_UP
    newest, first = versions.versions(agreement_id).lines
    assert (newest.number, newest.origin, newest.is_by_notice) == (2, "Evaluering, punkt 2", False)
    assert (first.number, first.places) == (1, ())
    assert len(newest.places) == 3
    completion.complete(draft_id)
    assert versions.version_pdf(agreement_id, 2).content == printed(agreement_id).content
    life.end(agreement_id, date(2027, 6, 1), "Slutt.", agreed=True)
    assert {one.recipient for one in mails("Sagt opp")} == {one.email for one in case.requests}


def test_signing_it_twice_takes_it_up_once(agreement_id: UUID) -> None:
    draft_id = amending.begin(agreement_id, "Fordi.")
    rhythm(draft_id, 5)
    links = signing.send(draft_id)
    sign_all(links, draft_id)
    sign_all(links, draft_id)
    amending.take_up(open_case(draft_id))
    numbers = db.session.scalars(select(Version.number).where(Version.agreement_id == agreement_id))
    assert (sorted(numbers), len(events_of(agreement_id))) == ([1, 2], 1)


def test_promises_follow_from_the_day_and_what_is_done_stays(
    agreement_id: UUID, promises: Callable[[], list[Obligation]]
) -> None:
    with clock.frozen(noon(LATER)):
        draft_id = amending.begin(agreement_id, "Sjeldnere.")
        key = f"meeting.{rhythm(draft_id, 5)}"
        before = {one.id: one.due_on for one in promises()}
        mine = [one for one in promises() if one.key == key]
        used = [one for one in mine if one.nominal_on <= LATER]
        for one in (*used, mine[len(used)]):
            obligations.mark_done(one.id)
        sign_all(signing.send(draft_id), draft_id)
    after = [one for one in promises() if one.key == key and not one.dropped_at]
    assert set(before) <= {one.id for one in promises()}
    assert [one.nominal_on for one in after if not one.done_at][:2] == [date(2027, 11, 14), date(2028, 4, 14)]
    assert all(one.due_on == before[one.id] for one in after if one.done_at)
    assert sorted(one.index for one in after) == list(range(1, len(after) + 1))


def test_an_end_that_is_recorded_meanwhile_stops_the_amendment(agreement_id: UUID, agreement: Read) -> None:
    draft_id = amending.begin(agreement_id, "Fordi.")
    rhythm(draft_id, 5)
    links = signing.send(draft_id)
    life.end(agreement_id, date(2027, 12, 1), "Slutt.", agreed=True)
    with pytest.raises(Conflict, match=r"agreement\.not_amendable"):
        sign_all(links, draft_id)
    assert (open_case(agreement_id).version.number, agreement().ends_on) == (1, date(2027, 12, 1))


def test_a_paused_agreement_can_be_amended_and_stays_paused(agreement_id: UUID, agreement: Read) -> None:
    life.pause(agreement_id, TODAY, None, "Ombygging.")
    amended(agreement_id, lambda draft_id: rhythm(draft_id, 5))
    assert status_of(agreement(), TODAY) is Status.PAUSED
    life.resume(agreement_id, "Ferdig.")


def test_details_of_who_does_not_sign_are_told_and_nobody_signs(
    agreement_id: UUID, agreement: Read, mails: Mails
) -> None:
    draft_id = amending.begin(agreement_id, "Nytt nummer.")
    new_phone(draft_id)
    seen = amending.compared(draft_id)
    assert (len(seen.changes.all), seen.changes.needs_signatures, seen.may_tell) == (1, False, True)
    assert amending.tell(draft_id) == agreement_id
    case = open_case(agreement_id)
    assert (case.version.number, case.is_by_notice) == (2, True)
    told = mails("Nye opplysninger")
    assert {one.recipient for one in told} == {one.email for one in case.requests}
    assert "99887766" in told[0].body
    assert "99887766" in repr(case.version.content)
    newest = versions.versions(agreement_id).lines[0]
    assert (newest.is_by_notice, newest.reason) == (True, "Nytt nummer.")
    assert printed(agreement_id).content != versions.version_pdf(agreement_id, 1).content
    assert agreement().ends_on == ENDS


@pytest.mark.parametrize("change", [lambda _id: None, lambda one: (new_phone(one), rhythm(one, 5))])
def test_what_was_signed_is_never_changed_by_notice(
    agreement_id: UUID, change: Callable[[UUID], object]
) -> None:
    draft_id = amending.begin(agreement_id, "Fordi.")
    change(draft_id)
    with pytest.raises(Conflict):
        amending.tell(draft_id)
    assert len(versions.versions(agreement_id).lines) == 1


def test_the_first_day_of_what_has_begun_stays(agreement_id: UUID) -> None:
    draft_id = amending.begin(agreement_id, "Fordi.")
    with pytest.raises(Invalid):
        drafts.save_duration(draft_id, date(2027, 1, 1), ENDS)


def test_the_annexes_of_an_amendment_are_those_of_the_agreement_and_name_rhythms(agreement_id: UUID) -> None:
    with unit_of_work():
        db.session.add(YearlyActivity(id=new_id(), title="Budsjett", month=9, agreement_id=agreement_id))
        agreement_parts.find(agreement_id).annexes_left_out = ["contacts"]
    draft_id = amending.begin(agreement_id, "Sjeldnere.")
    new_phone(draft_id)
    content = resolve(draft_id)
    assert [one["key"] for one in content["annexes"]] == ["wheel", "plan"]
    assert [one["title"] for one in content["annexes"][0]["activities"]] == ["Budsjett"]
    changes = amending.compared(draft_id).changes
    assert {one.heading for one in changes.to_sign} == {"Annexes · Annual wheel", "Annexes · Contact list"}
    start = Start(TODAY)
    told = {one.key: one.sentences[0] for one in reading_of(content, labels_in("nb"), start=start).annexes}
    assert all("endrer en avtale som gjelder" in one for one in told.values())
