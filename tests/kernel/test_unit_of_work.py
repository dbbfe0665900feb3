"""Everything that a verb does is stored together or not at all."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from core.kernel import audit, clock, jobs
from core.kernel.audit import AuditEntry
from core.kernel.database import UnsavedChangesError, db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import contained, unit_of_work
from core.obligations.models import Obligation
from core.testing.factories import make_tenant

JOB = "test.unit_of_work"


def promise(title: str = "Meeting") -> Obligation:
    today = date(2026, 12, 1)
    return Obligation(
        id=new_id(),
        subject_kind="agreement",
        subject_id=new_id(),
        subject_title="Title",
        key="key",
        index=1,
        kind="meeting",
        title=title,
        nominal_on=today,
        due_on=today,
    )


def do_everything(title: str = "Meeting") -> None:
    """A row, a line in the audit, a job."""
    row = promise(title)
    db.session.add(row)
    audit.record("test.done", "promise", row.id)
    jobs.defer(JOB, promise_id=str(row.id))


def stored() -> tuple[int, int, int]:
    """How many rows, lines and jobs there are of these."""
    lines = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "test.done")
    waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    return (
        db.session.scalar(select(func.count()).select_from(Obligation)) or 0,
        db.session.scalar(lines) or 0,
        db.session.scalar(waiting, {"name": JOB}) or 0,
    )


@pytest.fixture
def tenant_id(app: Flask, declared: None) -> UUID:
    jobs.job(JOB)(lambda **_arguments: None)
    return make_tenant().id


def test_what_happens_inside_is_stored_together(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id), unit_of_work():
        do_everything()
    with tenant_scope(tenant_id):
        assert stored() == (1, 1, 1)


def test_an_error_undoes_all_of_it_with_its_jobs(tenant_id: UUID) -> None:
    with pytest.raises(LookupError), tenant_scope(tenant_id), unit_of_work():
        do_everything()
        db.session.flush()
        raise LookupError
    with tenant_scope(tenant_id):
        assert stored() == (0, 0, 0)


def test_a_unit_inside_another_joins_it(tenant_id: UUID) -> None:
    with pytest.raises(LookupError), tenant_scope(tenant_id), unit_of_work():
        with unit_of_work():
            do_everything()
        raise LookupError
    with tenant_scope(tenant_id):
        assert stored() == (0, 0, 0)


def test_an_error_of_the_inner_unit_undoes_the_outer(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id):
        with pytest.raises(LookupError), unit_of_work():
            do_everything()
            with unit_of_work():
                raise LookupError
        assert stored() == (0, 0, 0)


def test_after_a_failed_unit_the_next_one_works(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id):
        with pytest.raises(LookupError), unit_of_work():
            raise LookupError
        with unit_of_work():
            do_everything()
        assert stored() == (1, 1, 1)


def test_a_row_that_the_database_refuses_undoes_the_others(tenant_id: UUID) -> None:
    refused = promise()
    refused.title = "x" * 500
    with tenant_scope(tenant_id):
        with pytest.raises(Exception, match="too long"), unit_of_work():
            do_everything()
            db.session.add(refused)
        assert stored() == (0, 0, 0)


def test_the_audit_says_who_did_what_and_no_values(tenant_id: UUID) -> None:
    actor, subject = audit.Actor("account", new_id()), new_id()
    with tenant_scope(tenant_id), audit.acting_as(actor), unit_of_work():
        audit.record("test.done", "promise", subject, fields={"title", "due_on"}, reason="A reason.")
    with tenant_scope(tenant_id):
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == subject)).one()
    assert (line.actor_kind, line.actor_id) == ("account", actor.id)
    assert line.fields == ["due_on", "title"]
    assert line.reason == "A reason."
    assert audit.current_actor() == audit.SYSTEM


def test_contained_code_outside_a_unit_must_not_leave_changes(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id):
        with pytest.raises(UnsavedChangesError), contained():
            db.session.add(promise())
        assert stored() == (0, 0, 0)


def test_contained_code_inside_a_unit_is_undone_alone(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id):
        with unit_of_work():
            do_everything("Outer")
            with pytest.raises(LookupError), contained():
                do_everything("Inner")
                raise LookupError
        assert stored() == (1, 1, 1)
        assert db.session.scalars(select(Obligation.title)).all() == ["Outer"]


def test_contained_code_needs_no_application() -> None:
    with contained():
        pass


def test_lines_of_the_audit_are_stored_last_in_the_order_they_were_written(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id):
        with unit_of_work():
            audit.record("test.done", "promise", new_id(), reason="first")
            audit.record("test.done", "promise", new_id(), reason="second")
            db.session.flush()
            assert stored()[1] == 0
        written = select(AuditEntry.reason).where(AuditEntry.action == "test.done")
        assert db.session.scalars(written.order_by(AuditEntry.number)).all() == ["first", "second"]


def test_a_line_of_contained_code_that_failed_is_not_stored(tenant_id: UUID) -> None:
    with tenant_scope(tenant_id):
        with unit_of_work():
            do_everything()
            with pytest.raises(UnsavedChangesError), contained():
                audit.record("test.done", "promise", new_id())
        assert stored() == (1, 1, 1)


def test_a_verb_for_somebody_else_says_for_whom_and_why(tenant_id: UUID) -> None:
    away, subject = new_id(), new_id()
    actor = audit.Actor("account", new_id(), on_behalf_of=away, reason="On leave until Monday.")
    with tenant_scope(tenant_id):
        with audit.acting_as(actor), unit_of_work():
            audit.record("test.done", "promise", subject)
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == subject)).one()
    assert (line.actor_id, line.on_behalf_of) == (actor.id, away)
    assert line.reason == "On leave until Monday."


def test_looking_again_within_ten_minutes_is_one_line(tenant_id: UUID) -> None:
    subject, start = new_id(), clock.now()
    looks = select(func.count()).select_from(AuditEntry).where(AuditEntry.subject_id == subject)
    with tenant_scope(tenant_id), audit.acting_as(audit.Actor("account", new_id())):
        for minutes, fields, lines in (
            (0, ["name"], 1),
            (9, ["name"], 1),
            (9, ["name", "phone"], 2),
            (11, ["name"], 3),
        ):
            with clock.frozen(start + timedelta(minutes=minutes)):
                audit.looked_at("person", subject, fields=fields)
            assert db.session.scalar(looks) == lines
        with audit.acting_as(audit.Actor("account", new_id())):
            audit.looked_at("person", subject, fields=["name"])
        assert db.session.scalar(looks) == 4
