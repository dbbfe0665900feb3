"""A tenant with somebody who occurs wherever the product keeps something about people."""

import json
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from core.access import invitations
from core.access.approvals import service as approvals
from core.access.approvals.models import Approval
from core.access.models import AccountSession, Invitation, Membership, Passkey, StandIn
from core.access.service import account_by_email
from core.agreements.amending.models import Amendment, RevisionRequest
from core.agreements.finding.models import SavedView
from core.agreements.models import (
    Agreement,
    Clause,
    ClauseRevision,
    Contact,
    Goal,
    LifeEvent,
    Party,
    SignatureRequest,
    Value,
    Version,
)
from core.agreements.signing import service as signing
from core.agreements.wheel.models import YearlyActivity
from core.kernel import clock, jobs, mail
from core.kernel.database import db, raw_sql_allowed
from core.kernel.ids import new_id
from core.kernel.scope import current_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Meeting, Obligation, Participant
from core.privacy import erasures, inquiries
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant
from core.testing.rollback import as_worker

NAME, PHONE = "Kari Personvernsen", "+47 99 88 77 66"
OFFICER = "access.privacy_officer"


@dataclass(frozen=True)
class Known:
    """A person who is in every drawer of a tenant, and the officer who may look."""

    tenant: MadeTenant
    officer: str
    email: str
    account_id: UUID
    draft: UUID

    @property
    def words(self) -> tuple[str, ...]:
        return NAME, PHONE, self.email


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def officer(tenant: MadeTenant) -> str:
    return make_member(tenant, OFFICER, name="Ombudet Selv")


@pytest.fixture
def known(app: Flask, tenant: MadeTenant, officer: str) -> Known:
    """A member who was invited, is named in a draft and in all its texts, was asked to sign, and got mail."""
    email = make_member(tenant, "access.adviser", name=NAME)
    with acting(app, tenant):
        account = account_by_email(email)
        assert account
        account_id = account.id
        invitations.invite("somebody.else@example.org", NAME, "access.reader", lambda token: token)
        draft = complete_draft(f"Avtale med {NAME}")
        signing.send(draft)
        signing.withdraw(draft)
    with tenant_scope(tenant.id), unit_of_work():
        db.session.scalars(select(Invitation)).one().email = email
        _name_in_agreement(draft, email)
        file = mail.TextFile("invitation.ics", "calendar", f"ATTENDEE;CN={NAME}", {})
        mail.send(email, f"Til {NAME}", f"Hei {NAME}, ring {PHONE}.", [file])
    with tenant_scope(tenant.id), unit_of_work():
        _work_together(account_id)
    with unit_of_work():
        _sign_in(account_id)
    return Known(tenant, officer, email, account_id, draft)


def _work_together(account_id: UUID) -> None:
    """Let the person ask for an approval, get an answer, have a deputy, and save a view."""
    mine = db.session.scalars(select(Membership.id).where(Membership.account_id == account_id)).one()
    now, said = clock.now(), f"{NAME} er borte."
    asked = Approval(
        action="tests.nothing",
        subject_kind="thing",
        subject_id=new_id(),
        reason=said,
        answer=said,
        asked_by=account_id,
        expires_at=now,
        approved=True,
        decided_at=now,
    )
    deputy = StandIn(
        absent_id=mine,
        deputy_id=mine,
        way="deputy",
        reason=said,
        begins_at=now - timedelta(days=9),
        ends_at=now - timedelta(days=8),
        set_by=account_id,
    )
    view = SavedView(account_id=account_id, name=said, asked={"q": [NAME]})
    db.session.add_all([asked, deputy, view])


def _sign_in(account_id: UUID) -> None:
    db.session.add_all(
        [
            AccountSession(
                account_id=account_id,
                secret_hash=new_id().hex,
                ways=["password"],
                device="Karis telefon",
                network="192.0.2.0/24",
            ),
            Passkey(
                account_id=account_id,
                name="Karis passnøkkel",
                credential_id=b"1",
                public_key=b"2",
                sign_count=0,
            ),
        ]
    )


def _name_in_agreement(draft: UUID, email: str) -> None:
    """Write the person into every text of an agreement, as people do."""
    said = f"Spør {NAME} på {PHONE}."

    def first(model: Any) -> Any:
        return db.session.scalars(select(model).where(model.agreement_id == draft).order_by(model.id)).first()

    contact = first(Contact)
    contact.name, contact.email, contact.phone, contact.role_title = NAME, email, PHONE, f"leder ({NAME})"
    clause = first(Clause)
    clause.text = said
    first(Value).value = said
    first(Party).name = f"Firma {NAME}"
    if (goal := first(Goal)) is not None:
        goal.counting_rule = said
    agreement = db.session.scalars(select(Agreement).where(Agreement.id == draft)).one()
    agreement.cancel_reason = said
    request = first(SignatureRequest)
    request.name = request.signed_name = NAME
    request.email, request.role_title, request.signed_role = email, said, said
    request.party_name = request.refusal_reason = said
    db.session.add(Amendment(agreement_id=draft, draft_id=draft, reason=said, origin=said))
    db.session.add(
        RevisionRequest(agreement_id=draft, party_name=f"Firma {NAME}", name=NAME, words=said, answer=said)
    )
    db.session.add(LifeEvent(agreement_id=draft, kind="paused", day=clock.today("UTC"), reason=said))
    db.session.add(
        ClauseRevision(clause_id=clause.id, revision=7, text=said, written_by=agreement.adviser_id)
    )
    db.session.add(
        Version(
            agreement_id=draft,
            number=7,
            content={"sections": [{"text": said}], "title": NAME},
            sha256="0" * 64,
        )
    )
    _name_in_meeting(draft, email, said)


def _name_in_meeting(draft: UUID, email: str, said: str) -> None:
    day = clock.today("UTC")
    db.session.add(YearlyActivity(id=new_id(), title=f"Møte med {NAME}", month=1, note=f"{NAME} innkaller"))
    promise = Obligation(
        id=new_id(),
        subject_kind="agreement",
        subject_id=draft,
        subject_title=f"Avtale med {NAME}",
        called_by=NAME,
        key="k",
        index=1,
        kind="meeting",
        title=said,
        owner_name=NAME,
        moved_reason=said,
        waived_reason=said,
        nominal_on=day,
        due_on=day,
    )
    texts = dict.fromkeys(("place", "called_by", "agenda", "minutes", "decisions"), said)
    meeting = Meeting(id=new_id(), obligation_id=promise.id, begins_at=time(9), minutes_long=60, **texts)
    person = Participant(meeting_id=meeting.id, name=NAME, role_title=said, email=email, attended=True)
    for row in (promise, meeting, person):
        db.session.add(row)
        db.session.flush()


def inquiry_about(app: Flask, known: Known) -> UUID:
    """The officer looks the person up by name and opens an inquiry."""
    with acting(app, known.tenant, known.officer):
        found = inquiries.search(NAME)
        return inquiries.open_inquiry(found[0].who)


def approve_all(app: Flask, tenant: MadeTenant, answer: str = "") -> None:
    """The administrator says yes to what waits."""
    with acting(app, tenant):
        for one in approvals.asked_for("en"):
            if one.standing is approvals.Standing.WAITING:
                approvals.decide(one.id, approve=True, answer=answer)


def erasure_of(app: Flask, tenant: MadeTenant, officer: str, inquiry: UUID, reason: str) -> UUID:
    """The officer asks for an erasure and the administrator approves it; gives the certificate's id."""
    with acting(app, tenant, officer):
        assert erasures.ask(inquiry, reason) is None
    approve_all(app, tenant, reason)
    with acting(app, tenant, officer):
        return erasures.of_inquiry(inquiry)[0].id


def run_jobs(name: str = "privacy.") -> int:
    """Run the jobs that wait, as the worker does, until none is left; gives how many ran."""
    ran = 0
    while waiting := _take(name):
        for job, arguments in waiting:
            with as_worker():
                jobs.run(job, arguments)
            ran += 1
    return ran


def _take(name: str) -> list[tuple[str, dict[str, Any]]]:
    assert current_scope() is None
    with raw_sql_allowed(), as_worker():
        rows = db.session.execute(
            text(
                "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo' "
                "AND task_name LIKE :name RETURNING task_name, args"
            ),
            {"name": f"{name}%"},
        ).all()
        db.session.commit()
    return [(row[0], row[1] if isinstance(row[1], dict) else json.loads(row[1])) for row in rows]
