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
from core.agreements.comments.models import Comment
from core.agreements.contacts.models import ContactCheck, ContactDeputy, Undelivered
from core.agreements.evaluating.models import Assessment, Evaluation, ImprovementPoint
from core.agreements.finding.models import SavedView
from core.agreements.measuring.models import GoalEvidence, GoalValue
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
from core.agreements.own_types.models import Variant, VariantVersion
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.signing import service as signing
from core.agreements.signing.models import Gathering, PaperCopy, PaperSignature, Proof
from core.agreements.wheel.models import YearlyActivity
from core.agreements.word.models import WordAnswer, WordCopy, WordFinding
from core.kernel import clock, jobs, mail
from core.kernel.database import db, raw_sql_allowed
from core.kernel.ids import new_id
from core.kernel.scope import current_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.law.models import LawChoice
from core.notices.models import OwnText, Waiting
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
    request.phone = PHONE
    _name_in_signing(draft, request, said)
    db.session.add(Amendment(agreement_id=draft, draft_id=draft, reason=said, origin=said))
    db.session.add(
        RevisionRequest(agreement_id=draft, party_name=f"Firma {NAME}", name=NAME, words=said, answer=said)
    )
    db.session.add(LifeEvent(agreement_id=draft, kind="paused", day=clock.today("UTC"), reason=said))
    _name_in_goals(draft, agreement.adviser_id, said)
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
    db.session.add(
        Comment(
            agreement_id=draft,
            clause_key=clause.key,
            text=said,
            proposal=said,
            written_by=agreement.adviser_id,
        )
    )
    _name_in_variant(agreement.adviser_id, said)
    _name_in_meeting(draft, email, said)
    _name_in_word(draft, agreement.adviser_id, said)


def _name_in_word(draft: UUID, adviser: UUID, said: str) -> None:
    answer = WordAnswer(
        id=new_id(), agreement_id=draft, name=f"{NAME}.docx", sha256="0" * 64, received_by=adviser
    )
    db.session.add_all([WordCopy(agreement_id=draft, sent={"outside": [said]}, made_by=adviser), answer])
    db.session.flush()
    texts = dict.fromkeys(("before", "removed", "added", "after", "words", "reason"), said)
    db.session.add(
        WordFinding(
            agreement_id=draft,
            answer_id=answer.id,
            place=1,
            clause_key="",
            kind="change",
            author=NAME,
            **texts,
        )
    )


def _name_in_goals(draft: UUID, account_id: UUID, said: str) -> None:
    noted = {"agreement_id": draft, "goal_key": "k", "recorded_by": account_id}
    day = clock.today("UTC")
    seen = GoalEvidence(**noted, happened_on=day, told_by=said, text=said, withdrawn_reason=said)
    db.session.add_all([seen, GoalValue(**noted, counted_on=day, value=1, source=said, reason=said)])


def _name_in_signing(draft: UUID, request: SignatureRequest, said: str) -> None:
    now, by = clock.now(), _adviser_of(draft)
    copy = PaperCopy(
        id=new_id(),
        agreement_id=draft,
        version_id=request.version_id,
        sha256="0" * 64,
        registered_by=by,
        rejected_reason=said,
    )
    on_paper = PaperSignature(
        agreement_id=draft,
        copy_id=copy.id,
        request_id=request.id,
        name=NAME,
        role_title=said,
        signed_on=now.date(),
        place=said,
    )
    gathering = Gathering(
        agreement_id=draft,
        version_id=request.version_id,
        witness_id=by,
        place=said,
        token_hash=new_id().hex,
        expires_at=now,
    )
    proof = Proof(agreement_id=draft, request_id=request.id, place=said, reason=said, authority=said)
    for row in (copy, on_paper, gathering, proof):
        db.session.add(row)
        db.session.flush()


def _adviser_of(draft: UUID) -> UUID:
    return db.session.scalars(select(Agreement.adviser_id).where(Agreement.id == draft)).one()


def _name_in_variant(writer: UUID, said: str) -> None:
    texts = {"texts": {"nb": {"clauses": {"a.b": {"text": said}}}}}
    variant = Variant(
        id=new_id(), type_key="t.t", name=f"Avtale til {NAME}", content=texts, base_edition="2026-1", base={}
    )
    db.session.add(variant)
    db.session.flush()
    version = VariantVersion(
        variant_id=variant.id,
        number=1,
        type_key="t.t",
        content=texts,
        valid_from=clock.today("UTC"),
        published_by=writer,
    )
    decided = LawChoice(
        key="t.T", value=1, valid_from=clock.today("UTC"), reason=said, role="", decided_by=writer
    )
    db.session.add_all([version, decided])


def _name_in_meeting(draft: UUID, email: str, said: str) -> None:
    day = clock.today("UTC")
    account = db.session.scalars(select(Agreement.adviser_id)).first()
    db.session.add_all(
        [
            Waiting(account_id=account, kind="reminders", heading=f"Fra {NAME}", body=f"{NAME} venter"),
            OwnText(kind="signing", language="nb", opening=f"{NAME} skriver", closing=f"Hilsen {NAME}"),
        ]
    )
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
    evaluation = Evaluation(
        id=new_id(),
        agreement_id=draft,
        obligation_id=promise.id,
        version_number=1,
        period_from=day,
        aims=[],
        goals=[],
        attained={"share": {"reached": "1", "words": said}},
        participants=said,
        begun_by=new_id(),
    )
    answered = Assessment(
        id=new_id(),
        evaluation_id=evaluation.id,
        party_key="k",
        party_name=f"Firma {NAME}",
        name=NAME,
        role_title=said,
        email=email,
        ratings={"aim": 3},
        experience=said,
        practice=said,
    )
    point = ImprovementPoint(
        evaluation_id=evaluation.id,
        assessment_id=answered.id,
        number=1,
        text=said,
        wish=said,
        reason=said,
    )
    for row in (promise, meeting, person, evaluation, answered, point):
        db.session.add(row)
        db.session.flush()
    _name_in_report(draft, email, said, promise.id)


def _name_in_report(draft: UUID, email: str, said: str, promise_id: UUID) -> None:
    day, lines = clock.today("UTC"), {"meetings": [said]}
    report = Report(
        id=new_id(),
        agreement_id=draft,
        obligation_id=promise_id,
        number=1,
        from_on=day,
        until_on=day,
        reason=said,
        facts=lines,
        facts_at=clock.now(),
        texts={"overview": said},
        content=lines,
    )
    receiver = ReportReceiver(
        agreement_id=draft,
        report_id=report.id,
        token_hash="1" * 64,
        expires_at=clock.now(),
        name=NAME,
        email=email,
        confirmed_name=NAME,
        **dict.fromkeys(("party_name", "role_title", "remark"), said),
    )
    _name_among_contacts(draft, email, said, promise_id)
    for row in (report, receiver):
        db.session.add(row)
        db.session.flush()


def _name_among_contacts(draft: UUID, email: str, said: str, promise_id: UUID) -> None:
    contact_id = db.session.scalars(select(Contact.id).where(Contact.email == email)).one()
    of_contact = {"agreement_id": draft, "contact_id": contact_id, "email": email}
    proposed = {
        "proposed_name": NAME,
        "proposed_email": email,
        "proposed_phone": PHONE,
        "proposed_role": said,
    }
    db.session.add_all(
        [
            ContactDeputy(**of_contact, name=NAME, phone=PHONE),
            ContactCheck(**of_contact, expires_at=clock.now(), **proposed),
            Undelivered(**of_contact, obligation_id=promise_id),
        ]
    )


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
