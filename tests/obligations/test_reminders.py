from datetime import date

from flask import Flask
from sqlalchemy import func, select

from core.access.service import account_by_email
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Reminder
from core.obligations.reminders import IN_TENANT
from core.testing.factories import make_member
from core.testing.letters import letters_to
from core.testing.rollback import as_worker
from tests.obligations.conftest import Signed, at


def remind(signed: Signed, year: int, month: int, day: int) -> None:
    with clock.frozen(at(year, month, day, 5)), as_worker():
        jobs.run(IN_TENANT, {"tenant_id": str(signed.tenant.id)})


def subjects(recipient: str) -> list[str]:
    return [one.subject for one in letters_to(recipient)]


def change(signed: Signed, **values: object) -> None:
    with tenant_scope(signed.tenant.id), unit_of_work():
        meeting = signed.meeting
        for name, value in values.items():
            setattr(meeting, name, value)


def test_the_owner_is_reminded_once_a_week_before_and_once_when_it_is_late(
    app: Flask, signed: Signed
) -> None:
    owner = signed.tenant.admin_email
    before = len(subjects(owner))
    remind(signed, 2027, 5, 23)
    assert len(subjects(owner)) == before
    for day in (24, 24, 25, 31):
        remind(signed, 2027, 5, day)
    assert subjects(owner)[before:] == ["1 frist innen en uke"]
    for day in (1, 1, 2, 13):
        remind(signed, 2027, 6, day)
    assert subjects(owner)[before:] == ["1 frist innen en uke", "1 frist er passert"]


def test_the_mail_leads_to_the_promise(app: Flask, signed: Signed) -> None:
    remind(signed, 2027, 5, 25)
    with tenant_scope(signed.tenant.id):
        meeting_id = signed.meeting.id
    letter = letters_to(signed.tenant.admin_email)[-1]
    assert f"/t/{signed.tenant.slug}/obligations/{meeting_id}" in letter.body
    assert "31. mai 2027: Møte i styringsgruppen" in letter.body


def test_leaders_hear_of_it_once_after_two_weeks(app: Flask, signed: Signed) -> None:
    leader = make_member(signed.tenant, "access.leader")
    adviser = make_member(signed.tenant, "access.adviser")
    for day in (13, 14, 14, 20):
        remind(signed, 2027, 6, day)
    assert subjects(leader) == ["1 frist ble passert for to uker siden"]
    assert subjects(adviser) == []


def test_what_was_late_long_before_fills_no_mail(app: Flask, signed: Signed) -> None:
    leader = make_member(signed.tenant, "access.leader")
    remind(signed, 2027, 9, 1)
    assert subjects(leader) == []


def test_a_colleague_who_owns_it_is_reminded_instead(app: Flask, signed: Signed) -> None:
    colleague = make_member(signed.tenant, "access.adviser")
    account = account_by_email(colleague)
    assert account
    change(signed, owner_id=account.id)
    before = len(subjects(signed.tenant.admin_email))
    remind(signed, 2027, 5, 25)
    assert subjects(colleague) == ["1 frist innen en uke"]
    assert len(subjects(signed.tenant.admin_email)) == before


def test_nobody_is_reminded_of_what_is_done_waived_or_dropped(app: Flask, signed: Signed) -> None:
    for field in ("done_at", "waived_at", "dropped_at"):
        change(signed, done_at=None, waived_at=None, dropped_at=None)
        change(signed, **{field: at(2027, 5, 1)})
        remind(signed, 2027, 5, 25)
        remind(signed, 2027, 6, 2)
    with tenant_scope(signed.tenant.id):
        assert db.session.scalar(select(func.count()).select_from(Reminder)) == 0


def test_a_promise_that_moved_is_reminded_of_on_its_new_day(app: Flask, signed: Signed) -> None:
    owner = signed.tenant.admin_email
    remind(signed, 2027, 5, 25)
    before = len(subjects(owner))
    change(signed, due_on=date(2027, 7, 5))
    remind(signed, 2027, 6, 2)
    assert len(subjects(owner)) == before
    remind(signed, 2027, 6, 28)
    assert len(subjects(owner)) == before + 1


def test_one_mail_holds_everything_of_a_day(app: Flask, signed: Signed) -> None:
    remind(signed, 2027, 11, 25)
    assert subjects(signed.tenant.admin_email).count("2 frister innen en uke") == 1
