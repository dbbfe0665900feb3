"""Notices to colleagues: at once, or in one mail a day or a week, once, and without what is settled."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.access import members
from core.access import service as access
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.notices import kinds, letters, rhythms
from core.notices.gathering import IN_TENANT
from core.notices.models import Waiting
from core.notices.rhythms import Rhythm
from core.plugin_host.wording import Wording
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member
from core.testing.letters import Read, letters_to
from core.testing.rollback import as_worker

OPEN: set[UUID] = set()
WORDS = Wording(nb="Prøve", da="Prøve", en="Trial")
MONDAY, TUESDAY, WEDNESDAY = (datetime(2027, 3, day, 5, 40, tzinfo=UTC) for day in (1, 2, 3))


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> kinds.Kind:
    """A kind of mail of which the test says what is still open."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    return kinds.register(
        kinds.Kind("trial", WORDS, WORDS, to_colleagues=True, still_open=lambda ids: OPEN & set(ids))
    )


def choose(app: Flask, tenant: MadeTenant, rhythm: Rhythm) -> None:
    with acting(app, tenant):
        rhythms.choose({"trial": rhythm})


def tell(tenant: MadeTenant, kind: kinds.Kind, *items: letters.Item, email: str = "") -> None:
    account = access.account_by_email(email or tenant.admin_email)
    assert account is not None
    person = access.Person(account.name, account.email, "en")
    with tenant_scope(tenant.id), unit_of_work():
        letters.tell(kind, person, letters.Notice("Something is due", "This is due.", items))


def gather(tenant: MadeTenant, at: datetime) -> None:
    with clock.frozen(at), as_worker():
        jobs.run(IN_TENANT, {"tenant_id": str(tenant.id)})


def new(tenant: MadeTenant, before: int) -> list[Read]:
    return letters_to(tenant.admin_email)[before:]


def count(tenant: MadeTenant) -> int:
    return len(letters_to(tenant.admin_email))


def waiting(tenant: MadeTenant) -> int:
    with tenant_scope(tenant.id):
        return len(db.session.scalars(select(Waiting.id)).all())


def test_who_has_chosen_nothing_is_told_at_once(tenant: MadeTenant, kind: kinds.Kind) -> None:
    before = count(tenant)
    tell(tenant, kind, letters.Item("One"), letters.Item("Two"))
    (letter,) = new(tenant, before)
    assert letter.subject == "Something is due"
    assert [line for line in letter.body.splitlines() if line][1:4] == ["This is due.", "One", "Two"]
    assert waiting(tenant) == 0


def test_a_day_is_gathered_into_one_mail_and_told_once(
    app: Flask, tenant: MadeTenant, kind: kinds.Kind
) -> None:
    choose(app, tenant, Rhythm.DAILY)
    before = count(tenant)
    tell(tenant, kind, letters.Item("One"))
    tell(tenant, kind, letters.Item("Two"))
    assert new(tenant, before) == []
    gather(tenant, TUESDAY)
    gather(tenant, TUESDAY)
    (letter,) = new(tenant, before)
    assert "This is due." in letter.body
    assert letter.body.index("One") < letter.body.index("Two")
    assert waiting(tenant) == 0


@pytest.mark.parametrize(("day", "comes"), [(TUESDAY, 0), (WEDNESDAY, 0), (MONDAY, 1)])
def test_a_week_is_gathered_on_its_monday(
    app: Flask, tenant: MadeTenant, kind: kinds.Kind, day: datetime, comes: int
) -> None:
    choose(app, tenant, Rhythm.WEEKLY)
    before = count(tenant)
    tell(tenant, kind, letters.Item("One"))
    gather(tenant, day)
    assert len(new(tenant, before)) == comes
    assert waiting(tenant) == 1 - comes


def test_what_is_settled_meanwhile_falls_out_and_an_empty_mail_is_not_written(
    app: Flask, tenant: MadeTenant, kind: kinds.Kind
) -> None:
    choose(app, tenant, Rhythm.DAILY)
    before, done, still = count(tenant), new_id(), new_id()
    OPEN.add(still)
    tell(tenant, kind, letters.Item("Done", done), letters.Item("Still open", still))
    gather(tenant, TUESDAY)
    (letter,) = new(tenant, before)
    assert "Still open" in letter.body
    assert "Done" not in letter.body
    tell(tenant, kind, letters.Item("Done", done))
    gather(tenant, WEDNESDAY)
    assert len(new(tenant, before)) == 1
    assert waiting(tenant) == 0


def test_what_waits_comes_the_next_morning_when_somebody_goes_back_to_at_once(
    app: Flask, tenant: MadeTenant, kind: kinds.Kind
) -> None:
    choose(app, tenant, Rhythm.WEEKLY)
    before = count(tenant)
    tell(tenant, kind, letters.Item("One"))
    choose(app, tenant, Rhythm.AT_ONCE)
    gather(tenant, TUESDAY)
    assert len(new(tenant, before)) == 1


def test_each_gets_a_mail_of_their_own_and_who_has_left_gets_none(
    app: Flask, tenant: MadeTenant, kind: kinds.Kind
) -> None:
    colleague = make_member(tenant, "access.adviser")
    stranger = make_member(tenant, "access.adviser")
    with acting(app, tenant, colleague):
        rhythms.choose({"trial": Rhythm.DAILY})
    with acting(app, tenant, stranger):
        rhythms.choose({"trial": Rhythm.DAILY})
        membership = access.require_member().membership_id
    for email in (colleague, stranger):
        tell(tenant, kind, letters.Item(f"For {email}"), email=email)
    with acting(app, tenant), unit_of_work():
        members.end_membership(membership)
    before = len(letters_to(stranger))
    gather(tenant, TUESDAY)
    assert f"For {colleague}" in letters_to(colleague)[-1].body
    assert len(letters_to(stranger)) == before
    assert waiting(tenant) == 0
