"""One person asks for an erasure, another one approves it; what came in the way meanwhile stops it."""

import pytest
from flask import Flask
from sqlalchemy import select

from core.access import service as access
from core.access.approvals import service as approvals
from core.access.models import Membership
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.privacy import erasures, holds, inquiries, papers
from core.testing.drafts import acting
from core.testing.factories import make_member
from tests.privacy.conftest import Known, approve_all, erasure_of, inquiry_about, run_jobs


def test_a_hold_that_was_placed_meanwhile_stops_what_is_approved(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant, known.officer):
        erasures.ask(inquiry, "Asked for.")
        holds.place(inquiry, "A complaint has come in.", None)
    with pytest.raises(Conflict, match="held back"):
        approve_all(app, known.tenant)
    assert run_jobs() == 0
    with acting(app, known.tenant, known.officer):
        assert erasures.waits(inquiry), "it can be approved when the hold is lifted"
        assert erasures.of_inquiry(inquiry) == []
        holds.lift(holds.in_force()[0].id)
    approve_all(app, known.tenant)
    run_jobs()
    with acting(app, known.tenant, known.officer):
        assert erasures.of_inquiry(inquiry)[0].finished_at is not None


def test_a_hold_between_the_approval_and_the_job_stops_it_too(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    run = erasure_of(app, known.tenant, known.officer, inquiry, "Asked for.")
    with acting(app, known.tenant, known.officer):
        holds.place(inquiry, "A complaint has come in.", None)
    run_jobs()
    with acting(app, known.tenant, known.officer):
        stopped = erasures.certificate(run)
        assert (stopped.stopped_by, stopped.ran_at) == (erasures.HELD, None)


def test_what_became_the_last_administrator_meanwhile_is_not_erased(app: Flask, known: Known) -> None:
    leader = make_member(known.tenant, "access.leader")
    second = make_member(known.tenant, "access.administrator", name="Andre Administrator")
    with acting(app, known.tenant, known.officer):
        (found,) = inquiries.search("Andre Administrator")
        inquiry = inquiries.open_inquiry(found.who)
        erasures.ask(inquiry, "Asked for.")
    with tenant_scope(known.tenant.id), unit_of_work():
        first = db.session.scalars(
            select(Membership).where(Membership.account_id == known.tenant.admin_id)
        ).one()
        first.ended_at = clock.now()
    with acting(app, known.tenant, leader):
        asked = approvals.asked_for("en")[0]
        with pytest.raises(Conflict, match="come in the way"):
            approvals.decide(asked.id, approve=True, answer="")
    account = access.account_by_email(second)
    assert account is not None
    assert account.active


def test_the_officer_does_not_approve_what_the_officer_asked_for(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant, known.officer):
        erasures.ask(inquiry, "Asked for.")
        asked = approvals.asked_for("en")[0]
        with pytest.raises(Refused, match="Another person"):
            approvals.decide(asked.id, approve=True, answer="")
        with pytest.raises(Conflict, match="waits for an answer"):
            erasures.ask(inquiry, "Asked for again.")
    assert run_jobs() == 0


def test_a_no_erases_nothing(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant, known.officer):
        erasures.ask(inquiry, "Asked for.")
    with acting(app, known.tenant):
        asked = approvals.asked_for("en")[0]
        approvals.decide(asked.id, approve=False, answer="Wait for the appeal.")
    assert run_jobs() == 0
    with acting(app, known.tenant, known.officer):
        assert not erasures.waits(inquiry)
        assert inquiries.look(inquiry).records


def test_the_certificate_keeps_the_ids_of_both(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    run = erasure_of(app, known.tenant, known.officer, inquiry, "Asked for.")
    officer = access.account_by_email(known.officer)
    assert officer is not None
    with acting(app, known.tenant, known.officer):
        certificate = erasures.certificate(run)
        assert (certificate.asked_by, certificate.approved_by) == (officer.id, known.tenant.admin_id)
        assert papers.who_decided(certificate)[0] == "Ombudet Selv"


def test_who_is_alone_decides_alone_and_the_certificate_says_so(app: Flask, known: Known) -> None:
    officer = access.account_by_email(known.officer)
    assert officer is not None
    with tenant_scope(known.tenant.id), unit_of_work():
        for held in db.session.scalars(select(Membership)):
            held.roles = ["access.reader"]
            if held.account_id == officer.id:
                held.roles = ["access.privacy_officer", "access.administrator"]
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant, known.officer):
        run = erasures.ask(inquiry, "Asked for.")
        assert run is not None
        certificate = erasures.certificate(run)
        assert certificate.approved_by is None
        assert papers.who_decided(certificate) == ("Ombudet Selv", "Nobody else")
