"""Two tenants with something in every drawer, for the tests that try every address.

By hand one adds only a value for a new kind of argument to `furnished`, or, for an address outside the
tenants, to `outside`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token
from seminars.models import Seminar
from sqlalchemy import Connection, select, text
from werkzeug.test import TestResponse

from core.access import invitations, own_roles
from core.access import service as access
from core.access.approvals.models import Approval
from core.access.models import Membership, StandIn, SupportVisit
from core.access.own.service import token_for
from core.agreements import parts as agreement_parts
from core.agreements.amending.models import RevisionRequest
from core.agreements.comments.models import Comment
from core.agreements.contacts.models import ContactCheck
from core.agreements.finding.models import SavedView
from core.agreements.measuring.models import GoalEvidence, GoalValue
from core.agreements.models import Contact, SignatureRequest, Version
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.gathering import service as gatherings
from core.agreements.signing.models import PaperCopy
from core.agreements.signing.paper import service as papers
from core.agreements.signing.paper.scans import Scan
from core.agreements.signing.paper.service import OnPaper
from core.agreements.signing.providers.files import OF_SERVICE
from core.agreements.signing.providers.models import SentEnvelope
from core.agreements.types import AgreementType
from core.agreements.variants import changing
from core.agreements.variants import service as types
from core.agreements.wheel.models import YearlyActivity
from core.agreements.word.models import WordAnswer, WordFinding
from core.app import ALWAYS_ON
from core.documents import service as documents
from core.kernel import clock
from core.kernel.database import db, raw_sql_allowed
from core.kernel.ids import new_id
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.law import pending
from core.law.models import LawChoice
from core.obligations.feeds.models import Feed
from core.obligations.models import Meeting, Obligation
from core.persons import service as persons
from core.persons.admission import give_link, open_links
from core.persons.models import Request, Visit
from core.privacy import models as privacy
from core.tenancy import served, units
from core.tenancy.kinds import host, unit_kinds
from core.tenancy.models import Export, TenantPlugin
from core.testing.drafts import acting, complete_draft
from core.testing.factories import PASSWORD, MadeTenant, make_tenant, signed_in
from tests.walls.furnishing_evaluation import evaluation_by_hand

FORM = {
    "reason": "Because.",
    "title": "Title",
    "name": "Kari Prøve",
    "role": "leader",
    "text": "Text",
    "value": "1",
    "password": PASSWORD,
    "sha256": "0" * 64,
    "revision": "0",
    "held_on": "2026-12-01",
    "decision": "refuse",
    "compared": "on",
    "answer": "Because.",
    "valid_from": "2026-12-01",
}
"""What is typed into every form, so that a missing word does not hide that the id was not looked up."""

VISIT = "the cookie of somebody from outside"
"""The one example that stands in no address."""

FAILED_JOB = text(
    "INSERT INTO procrastinate_jobs (queue_name, task_name, attempts, status) "
    "VALUES ('default', 'seminars.none', 8, 'failed') RETURNING id"
)


@dataclass(frozen=True)
class Inside:
    """A tenant with something in every drawer: ``examples`` has a value for each argument of an address.

    ``insider`` is signed in as its administrator, who was also asked to sign.
    """

    tenant: MadeTenant
    examples: dict[str, str]
    insider: FlaskClient

    def url(self, rule: str, *, slug: str = "", **replaced: str) -> str:
        """The address with this tenant's values; ``replaced`` takes precedence."""
        made, before = [], ""
        for part in rule.split("/"):
            made.append(self._value(part, before, replaced) if part != "<slug>" else slug or self.tenant.slug)
            before = part
        return "/".join(made)

    def _value(self, part: str, before: str, replaced: dict[str, str]) -> str:
        if not part.startswith("<"):
            return part
        name = part.strip("<>").rpartition(":")[2]
        place = f"{before}/{name}"
        for known in (replaced, self.examples):
            if found := known.get(place) or known.get(name):
                return found
        raise LookupError(
            f"The probe knows nothing to put for {place}: add it to `furnished` or `outside` in {__file__}."
        )


@dataclass(frozen=True)
class Probed:
    """Two furnished tenants, somebody who belongs to none, and somebody who runs the product."""

    app: Flask
    connection: Connection
    mine: Inside
    theirs: Inside
    stranger: FlaskClient
    operator: FlaskClient

    def ask(
        self,
        browser: FlaskClient,
        url: str,
        method: str,
        form: dict[str, str] = FORM,
    ) -> TestResponse:
        """Send a request, and undo whatever it did; who was signed in stays so."""
        cookie = browser.get_cookie("session")
        with self.undone():
            answer = browser.open(url, method=method, data=form if method != "GET" else None)
        if cookie is not None:
            browser.set_cookie("session", cookie.value)
        return answer

    def as_administrator(self, statement: str, **values: object) -> None:
        """Send SQL past every wall, as who runs the database."""
        with raw_sql_allowed():
            self.connection.execute(text("RESET ROLE"))
            self.connection.execute(text(statement), values)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo in the database whatever happens inside."""
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()


def an_account(email: str) -> str:
    with platform_scope("a person for a test"), unit_of_work():
        access.new_account(email, "Ola Prøve", PASSWORD, confirmed=True)
    return email


def furnished(app: Flask) -> Inside:
    """A tenant with an agreement out for signing, a draft, an invitation, a file, a promise and a seminar."""
    tenant = make_tenant("norway.municipality")
    asker = an_account(f"asker@{tenant.slug}.example")
    with acting(app, tenant):
        sent = complete_draft()
        links = signing.send(sent)
        token = []
        invitation = invitations.invite(
            f"guest@{tenant.slug}.example",
            "Gjest",
            "access.reader",
            lambda made: token.append(made) or "link",
        )
        keys = agreement_parts.load(sent)
        variant = _a_variant(keys.kind)
        outsider = _somebody_outside(tenant)
        role = own_roles.make_role("Role", ["all:people:read"])
        unit = units.open_unit(unit_kinds()[0].key, "Unit")
        kind = served.servable_kinds()[0]
        served.serve(kind.key, kind.places[0].code, clock.today("UTC"))
        place = served.served_places()[0]
        table = gatherings.begin(sent, "Rådhuset")
        copy = _paper_of(sent)
    with tenant_scope(tenant.id), unit_of_work():
        rows = _rows_by_hand(tenant, sent)
        request = db.session.scalars(
            select(SignatureRequest).where(SignatureRequest.agreement_id == sent)
        ).first()
        version = db.session.scalars(select(Version.id).where(Version.agreement_id == sent)).one()
        request.email = tenant.admin_email
        membership = db.session.scalars(select(Membership)).one()
        rows["activity_id"] = _activity_by_hand()
        _choice_by_hand(tenant)
        rows |= evaluation_by_hand(tenant, sent, rows["obligation_id"])
        rows |= _answer_by_hand(tenant, sent)
        rows |= _feed_by_hand(tenant, membership.id)
        rows |= _reports_by_hand(sent)
        rows |= _at_service_by_hand(sent, version)
        membership.roles, member = [*membership.roles, "access.privacy_officer"], membership.id
        rows |= _together_by_hand(tenant, member, access.account_by_email(asker))
    examples = {
        "agreement_id": sent,
        "request_id": request.id,
        "version_id": version,
        "versions/number": 1,
        "membership_id": member,
        "invitation_id": invitation.id,
        "role_id": role.id,
        "unit_id": unit.id,
        "served_id": place.id,
        **rows,
        **outsider,
        **variant,
        **_looked_at(tenant),
        "join/token": token[0],
        "sign/token": links[0].token,
        "signing-table/token": table,
        "copy_id": copy,
        "signing/provider": "seminars.bureau",
        "signing-callbacks/provider": "seminars.bureau",
        "compose/step": "parties",
        "clauses/key": next(iter(keys.clauses)),
        "contacts/key": next(iter(keys.contacts)),
        "goals/key": next(iter(keys.goals)),
        "meetings/key": next(iter(keys.meetings)),
        "parties/key": next(iter(keys.parties)),
        "values/key": next(iter(keys.values)),
        "rules/key": "seminars.room",
        "practice/key": "seminars.SPARE_CHAIRS",
        "mails/kind": "signing",
        "<kind>/language": "nb",
    }
    return Inside(
        tenant, {name: str(value) for name, value in examples.items()}, signed_in(app, tenant.admin_email)
    )


def _paper_of(sent: UUID) -> UUID:
    """A scan that somebody else than the administrator has registered."""
    case = open_case(sent)
    asked = next(one for one in case.requests if not one.signed_at)
    day = OnPaper(asked.id, asked.name, asked.role_title, clock.today("UTC"), "")
    copy_id = papers.register(sent, Scan("image/png", "png", b"png"), [day])
    with unit_of_work():
        row = db.session.scalars(select(PaperCopy).where(PaperCopy.id == copy_id)).one()
        row.registered_by = access.new_account(f"paper@{sent}.example", "Papir Prøve", PASSWORD).id
    return copy_id


def _a_variant(kind: AgreementType) -> dict[str, Any]:
    """A type of the tenant's own with a question, published once, whose original has a newer edition."""
    variant_id = types.copy(kind.key, "Type")
    words = {language: {"label": "Question", "help": ""} for language in kind.text_languages}
    changing.add_question(variant_id, "text", words, required=False)
    types.publish(variant_id, None)
    with unit_of_work():
        types.find(variant_id).base_edition = "2025-1"
    return {
        "variant_id": variant_id,
        "sections/key": kind.sections[0].key,
        "questions/key": "own_1",
        "versions/number": 1,
        "editions/type_key": kind.key,
    }


def _looked_at(tenant: MadeTenant) -> dict[str, Any]:
    """Somebody about whom the officer has asked for everything that privacy offers."""
    asked_by, inquiry_id = tenant.admin_id, new_id()
    with tenant_scope(tenant.id), unit_of_work():
        db.session.add(
            privacy.Inquiry(
                id=inquiry_id, account_id=tenant.admin_id, email=tenant.admin_email, opened_by=asked_by
            )
        )
        db.session.flush()
        export = privacy.Export(id=new_id(), inquiry_id=inquiry_id, language="nb", asked_by=asked_by)
        export.file_id = documents.store(
            export.id, "privacy-export", "person.zip", "application/zip", b"zip"
        ).id
        run = privacy.ErasureRun(id=new_id(), inquiry_id=inquiry_id, reason="Because.", asked_by=asked_by)
        hold = privacy.Hold(id=new_id(), email="held@example.org", reason="Because.", placed_by=asked_by)
        db.session.add_all([export, run, hold])
    return {
        "inquiry_id": inquiry_id,
        "exports/export_id": export.id,
        "erasure_id": run.id,
        "hold_id": hold.id,
    }


def _somebody_outside(tenant: MadeTenant) -> dict[str, Any]:
    """A participant of the administrator's, with a personal link and a request."""
    entry = persons.Entry(
        "persons.participant", "Deltaker", "nb", email="deltaker@example.org", adviser_id=tenant.admin_id
    )
    person_id, token = persons.register(entry), []
    give_link(person_id, "email", lambda made: token.append(made) or "link")
    with unit_of_work():
        request = Request(id=new_id(), person_id=person_id, kind="access")
        db.session.add(request)
        request_id = request.id
    (link,) = open_links(person_id)
    secret = new_token()
    with unit_of_work():
        came = Visit(id=new_id(), person_id=person_id, link_id=link.id, token_hash=token_hash(secret))
        db.session.add(came)
    return {
        VISIT: secret,
        "person_id": person_id,
        "link_id": link.id,
        "requests/request_id": request_id,
        "in/token": token[0],
    }


def _together_by_hand(tenant: MadeTenant, member: UUID, asker: Any) -> dict[str, Any]:
    """Something that a colleague has asked for, something that one asked for oneself, a deputy for later."""
    asked, mine = (
        Approval(
            id=new_id(),
            action="tests.nothing",
            subject_kind="thing",
            subject_id=new_id(),
            reason="Because",
            asked_by=account_id,
            expires_at=clock.now() + timedelta(days=14),
            approved=None,
        )
        for account_id in (asker.id, tenant.admin_id)
    )
    later = StandIn(
        id=new_id(),
        absent_id=member,
        deputy_id=member,
        way="deputy",
        reason="Holiday",
        begins_at=clock.now() + timedelta(days=30),
        ends_at=clock.now() + timedelta(days=40),
        set_by=tenant.admin_id,
    )
    db.session.add_all([asked, mine, later])
    return {"approvals/approval_id": asked.id, "mine/approval_id": mine.id, "stand_in_id": later.id}


def _activity_by_hand() -> UUID:
    activity = YearlyActivity(id=new_id(), title="Budget", month=10)
    db.session.add(activity)
    return activity.id


def _choice_by_hand(tenant: MadeTenant) -> None:
    decided = {"valid_from": clock.today("UTC"), "reason": "Because.", "role": ""}
    db.session.add(LawChoice(key="seminars.SPARE_CHAIRS", value=1, decided_by=tenant.admin_id, **decided))


def _answer_by_hand(tenant: MadeTenant, agreement_id: UUID) -> dict[str, Any]:
    """What came back from Word."""
    answer = WordAnswer(
        id=new_id(), agreement_id=agreement_id, name="a.docx", sha256="0" * 64, received_by=tenant.admin_id
    )
    db.session.add(answer)
    db.session.flush()
    finding = WordFinding(
        id=new_id(), agreement_id=agreement_id, answer_id=answer.id, place=1, clause_key="", kind="comment"
    )
    db.session.add(finding)
    return {"answer_id": answer.id, "finding_id": finding.id}


def _at_service_by_hand(agreement_id: UUID, version_id: UUID) -> dict[str, Any]:
    """An envelope, and a file that a signing service has made."""
    envelope = SentEnvelope(
        id=new_id(), agreement_id=agreement_id, version_id=version_id, provider="seminars.bureau"
    )
    db.session.add(envelope)
    file = documents.store(agreement_id, OF_SERVICE, "signed.pdf", "application/pdf", b"pdf")
    return {"envelope_id": envelope.id, "service/file_id": file.id}


def _feed_by_hand(tenant: MadeTenant, membership_id: UUID) -> dict[str, Any]:
    token = new_token()
    feed = Feed(
        id=new_id(),
        membership_id=membership_id,
        account_id=tenant.admin_id,
        scope="mine",
        token_hash=token_hash(token),
    )
    db.session.add(feed)
    return {"feed_id": feed.id, "calendar/token": token}


def _reports_by_hand(agreement_id: UUID) -> dict[str, Any]:
    """A draft report, one that was sent to somebody, and a contact who asks for a change."""
    draft, sent = _report_by_hand(agreement_id, "draft"), _report_by_hand(agreement_id, "sent")
    sent.sent_at, got, asked = clock.now(), new_token(), new_token()
    contact = db.session.scalars(select(Contact).where(Contact.agreement_id == agreement_id)).first()
    receiver = ReportReceiver(
        agreement_id=agreement_id,
        report_id=sent.id,
        token_hash=token_hash(got),
        expires_at=clock.now() + timedelta(days=9),
        **dict.fromkeys(("party_name", "name", "role_title", "email"), "Somebody"),
    )
    check = ContactCheck(
        id=new_id(),
        agreement_id=agreement_id,
        contact_id=contact.id,
        token_hash=token_hash(asked),
        expires_at=clock.now() + timedelta(days=9),
        proposed_at=clock.now(),
        proposed_name="Somebody else",
    )
    db.session.add_all([receiver, check])
    return {
        "report_id": draft.id,
        "check_id": check.id,
        "report/token": got,
        "contact/token": asked,
    }


def _report_by_hand(agreement_id: UUID, key: str) -> Report:
    today = clock.today("UTC")
    promise = Obligation(
        id=new_id(),
        subject_kind="agreement",
        subject_id=agreement_id,
        subject_title="Title",
        key=f"report.{key}",
        index=1,
        kind="report",
        title="Title",
        nominal_on=today,
        due_on=today,
    )
    content = {
        "language": "nb",
        "title": "Title",
        "agreement": "Title",
        "sender": "Sender",
        "writer": "",
        "receivers": [],
        "number": 1,
        "sections": [],
        **dict.fromkeys(("from", "until", "facts_on"), today.isoformat()),
    }
    report = Report(
        id=new_id(),
        agreement_id=agreement_id,
        obligation_id=promise.id,
        number=1,
        from_on=today,
        until_on=today,
        facts={},
        facts_at=clock.now(),
        content=content,
    )
    db.session.add(promise)
    db.session.flush()
    db.session.add(report)
    db.session.flush()
    return report


def _plugins_with_roles() -> set[str]:
    """What is switched on, so that every declared role is in force."""
    declared = {one.plugin for one in host().declared("register_roles")}
    return {"seminars", *declared} - ALWAYS_ON


def _rows_by_hand(tenant: MadeTenant, agreement_id: UUID) -> dict[str, Any]:
    seminar = Seminar(id=new_id(), title="Seminar", held_on=clock.today("UTC"))
    archive = Export(id=new_id(), ready_at=clock.now())
    visit = _visit(tenant)
    asked = RevisionRequest(
        id=new_id(), agreement_id=agreement_id, party_name="Party", name="Kari", words="Please."
    )
    view = SavedView(id=new_id(), account_id=tenant.admin_id, name="View", asked={}, is_shared=True)
    logo = documents.store(tenant.id, "logo", "logo.png", "image/png", b"logo")
    comment = Comment(id=new_id(), agreement_id=agreement_id, text="Comment", written_by=tenant.admin_id)
    db.session.add_all(
        [
            *(seminar, archive, visit, view, comment, asked),
            *(TenantPlugin(plugin=one) for one in _plugins_with_roles()),
        ]
    )
    made = {
        "seminar_id": seminar,
        "file_id": logo,
        "export_id": archive,
        "visit_id": visit,
        "view_id": view,
        "comment_id": comment,
        "revision_id": asked,
        **_promises_by_hand(agreement_id),
        **_goals_by_hand(tenant, agreement_id),
    }
    return {name: row.id for name, row in made.items()}


def _promises_by_hand(agreement_id: UUID) -> dict[str, Any]:
    """An evaluation that was promised for today, with a meeting that was held, and what it decided on."""
    today = clock.today("UTC")
    promise, action = (
        Obligation(
            id=new_id(),
            subject_kind="agreement",
            subject_id=agreement_id,
            subject_title="Title",
            key=kind,
            index=1,
            kind=kind,
            title="Title",
            nominal_on=today,
            due_on=today,
        )
        for kind in ("evaluation", "action")
    )
    db.session.add(promise)
    db.session.flush()
    action.origin_id = promise.id
    meeting = Meeting(id=new_id(), obligation_id=promise.id, begins_at=time(9), minutes_long=60)
    meeting.held_at = clock.now()
    db.session.add_all([action, meeting])
    return {"obligation_id": promise, "action_id": action}


def _goals_by_hand(tenant: MadeTenant, agreement_id: UUID) -> dict[str, Any]:
    """A figure and an example that the administrator noted."""
    key = next(iter(agreement_parts.load(agreement_id).goals))
    on = {"agreement_id": agreement_id, "goal_key": key, "recorded_by": tenant.admin_id}
    today = clock.today("UTC")
    value = GoalValue(id=new_id(), **on, counted_on=today, value=1, source="Source")
    example = GoalEvidence(id=new_id(), **on, happened_on=today, text="Text")
    db.session.add_all([value, example])
    return {"value_id": value, "evidence_id": example}


def outside(tenant: MadeTenant) -> dict[str, str]:
    """A value for each argument of the addresses outside the tenants; in a request of the application."""
    account = access.account_by_email(tenant.admin_email)
    with platform_scope("what the probe asks for"), unit_of_work():
        letter = db.session.scalar(select(OutgoingMail.id).limit(1))
        job = db.session.scalar(FAILED_JOB)
    return {
        "assets/name": "fotfeste.css",
        "confirm/token": generate_confirmation_token(account),
        "e-mail/token": token_for(account, "another@example.org"),
        "jobs/job_id": str(job),
        "mailbox/mail_id": str(letter),
        "passkeys/passkey_id": str(new_id()),
        "reset-password/token": generate_reset_password_token(account),
        "sign-ins/session_id": str(new_id()),
        "plugins/kind": "norway.municipality",
        "law/key": pending.every_switch(host())[0].key,
        "sign-up/kind": "norway.municipality",
        "tenants/tenant_id": str(tenant.id),
    }


def _visit(tenant: MadeTenant) -> SupportVisit:
    until = clock.now() + timedelta(hours=1)
    return SupportVisit(
        id=new_id(), account_id=tenant.admin_id, name="Drift", reason="Because.", ends_at=until
    )
