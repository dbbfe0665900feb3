from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.content import fingerprint
from core.agreements.drafts import service as drafts
from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.signing import reminders
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.states import Status
from core.documents import service as documents
from core.kernel import audit, clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Refused
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope, tenant_scope
from core.obligations.models import Obligation
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant

pytestmark = pytest.mark.usefixtures("app")
SIGN = {"name": "Ola Oppdiktet", "role": "daglig leder"}


def mails() -> list[OutgoingMail]:
    with platform_scope("read the mails of a test"):
        return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def sha256(agreement_id: UUID) -> str:
    return open_case(agreement_id).version.sha256


def sign(sent: Any, place: int) -> UUID:
    key = signing.key_of_link(sent.links[place].token)
    return signing.sign(key, **SIGN, sha256=sha256(sent.agreement_id))


@pytest.fixture
def scope(sent: Any) -> Iterator[None]:
    with tenant_scope(sent.tenant.id):
        yield


def test_sending_freezes_the_text_and_mails_each_signatory_a_link(sent: Any, scope: None) -> None:
    case = open_case(sent.agreement_id)
    assert case.status is Status.SENT
    assert case.version.number == 1
    assert case.version.sha256 == fingerprint(case.version.content)
    written = {mail.recipient: mail.body for mail in mails()}
    for link in sent.links:
        assert f"/t/{sent.tenant.slug}/sign/{link.token}" in written[link.email]


def test_only_the_hash_of_a_link_is_stored(sent: Any, scope: None) -> None:
    stored = db.session.scalars(select(SignatureRequest.token_hash)).all()
    assert not {link.token for link in sent.links} & set(stored)


def test_an_incomplete_draft_is_not_sent_and_says_what_is_missing(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
    drafts.save_duration(agreement_id, None, None)
    with pytest.raises(Invalid) as refused:
        signing.send(agreement_id)
    assert len(refused.value.fields) == 1
    assert mails() == []


def test_nothing_leaves_an_unconfirmed_tenant(app: Flask) -> None:
    unconfirmed = make_tenant("norway.municipality", confirmed=False)
    with acting(app, unconfirmed):
        agreement_id = complete_draft()
        with pytest.raises(Conflict, match=r"tenant\.unconfirmed"):
            signing.send(agreement_id)


def test_an_agreement_is_not_sent_twice(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant), pytest.raises(Conflict, match=r"agreement\.not_editable"):
        signing.send(sent.agreement_id)


def test_a_reader_may_not_send(app: Flask, sent: Any) -> None:
    reader = make_member(sent.tenant, "access.reader")
    with acting(app, sent.tenant, reader), pytest.raises(Refused):
        signing.remind(sent.agreement_id, sent.links[0].request_id)


def test_when_all_have_signed_the_agreement_is_in_force_and_its_promises_have_dates(
    sent: Any, scope: None
) -> None:
    sign(sent, 0)
    assert open_case(sent.agreement_id).status is Status.SENT
    sign(sent, 1)
    case = open_case(sent.agreement_id)
    assert case.status is Status.ACTIVE
    assert case.agreement.starts_on == clock.today("Europe/Oslo")
    assert db.session.scalar(select(func.count()).select_from(Obligation)) == 6


def test_a_signature_remembers_name_role_time_and_fingerprint(sent: Any, scope: None) -> None:
    sign(sent, 0)
    request = open_case(sent.agreement_id).requests[0]
    assert (request.signed_name, request.signed_role) == ("Ola Oppdiktet", "daglig leder")
    assert request.signed_sha256 == sha256(sent.agreement_id)
    assert request.signed_at is not None


def test_signing_twice_is_the_same_as_once(sent: Any, scope: None) -> None:
    first = sign(sent, 0)
    at = open_case(sent.agreement_id).requests[0].signed_at
    assert sign(sent, 0) == first
    assert open_case(sent.agreement_id).requests[0].signed_at == at
    signed = (
        select(func.count())
        .select_from(audit.AuditEntry)
        .where(audit.AuditEntry.action == "agreement.signed")
    )
    assert db.session.scalar(signed) == 1


def test_the_audit_names_the_link_that_signed(sent: Any, scope: None) -> None:
    sign(sent, 0)
    entry = db.session.scalar(select(audit.AuditEntry).where(audit.AuditEntry.action == "agreement.signed"))
    assert entry is not None
    assert (entry.actor_kind, entry.actor_id) == ("link", sent.links[0].request_id)


def test_another_text_than_the_one_that_was_read_is_not_signed(sent: Any, scope: None) -> None:
    key = signing.key_of_link(sent.links[0].token)
    with pytest.raises(Conflict, match=r"agreement\.text_changed"):
        signing.sign(key, **SIGN, sha256="0" * 64)


def test_an_expired_link_is_gone_and_says_whom_to_ask(sent: Any, scope: None) -> None:
    key = signing.key_of_link(sent.links[0].token)
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(Gone) as gone:
        signing.sign(key, **SIGN, sha256=sha256(sent.agreement_id))
    assert sent.tenant.admin_email in str(gone.value.message)


def test_a_link_of_another_tenant_is_unknown(sent: Any, app: Flask) -> None:
    other = make_tenant("norway.municipality")
    with tenant_scope(other.id), pytest.raises(NotFound):
        signing.key_of_link(sent.links[0].token)


def test_an_agreement_whose_last_day_has_passed_cannot_be_signed(sent: Any, app: Flask) -> None:
    with clock.frozen(clock.now() + timedelta(days=400)):
        with acting(app, sent.tenant):
            link = signing.remind(sent.agreement_id, sent.links[0].request_id)
        with tenant_scope(sent.tenant.id), pytest.raises(Conflict, match=r"agreement\.too_late"):
            signing.sign(signing.key_of_link(link.token), **SIGN, sha256=sha256(sent.agreement_id))


def test_a_member_whose_address_was_asked_signs_without_a_link(app: Flask, tenant: MadeTenant) -> None:
    email = make_member(tenant, "access.reader")
    with acting(app, tenant):
        agreement_id = complete_draft()
        parts = agreement_parts.load(agreement_id)
        key = parts.parties[parts.kind.tenant_party.key].signatory_key
        person = {"name": "Kari Prøve", "role_title": "leder", "email": email, "phone": "", "authority": True}
        drafts.save_contact(agreement_id, key, person)
        signing.send(agreement_id)
        with pytest.raises(NotFound):
            signing.key_of_member(agreement_id)
    with acting(app, tenant, email):
        signing.sign(signing.key_of_member(agreement_id), **SIGN, sha256=sha256(agreement_id))
        assert open_case(agreement_id).requests[0].signed_at is not None


def test_a_refusal_goes_to_the_adviser_and_stops_the_other_links(sent: Any, scope: None) -> None:
    signing.refuse(signing.key_of_link(sent.links[1].token), "Måltallet er for høyt.")
    assert open_case(sent.agreement_id).status is Status.REFUSED
    told = {mail.recipient: mail.body for mail in mails()}
    assert "Måltallet er for høyt." in told[sent.tenant.admin_email]
    with pytest.raises(Gone):
        signing.look(signing.key_of_link(sent.links[0].token))


def test_a_refused_agreement_is_edited_and_sent_as_the_next_version(sent: Any, app: Flask) -> None:
    with tenant_scope(sent.tenant.id):
        sign(sent, 0)
        signing.refuse(signing.key_of_link(sent.links[1].token), "Ikke ennå.")
    with acting(app, sent.tenant):
        drafts.rename(sent.agreement_id, "Ny tittel")
        again = signing.send(sent.agreement_id)
    with tenant_scope(sent.tenant.id):
        case = open_case(sent.agreement_id)
        assert (case.version.number, case.status) == (2, Status.SENT)
        assert all(one.signed_at is None for one in case.requests)
        with pytest.raises(Gone):
            signing.look(signing.key_of_link(sent.links[0].token))
        for link in again:
            signing.sign(signing.key_of_link(link.token), **SIGN, sha256=sha256(sent.agreement_id))
        assert open_case(sent.agreement_id).status is Status.ACTIVE
        assert db.session.scalar(select(func.count()).select_from(Version)) == 2


def test_whoever_has_signed_cannot_refuse_and_whoever_has_refused_cannot_sign(send: Any) -> None:
    one, other = send(), send()
    with tenant_scope(one.tenant.id):
        sign(one, 0)
        with pytest.raises(Conflict, match="signed_already"):
            signing.refuse(signing.key_of_link(one.links[0].token), "Angrer.")
        key = signing.key_of_link(other.links[0].token)
        assert signing.refuse(key, "Nei.") == signing.refuse(key, "Nei igjen.")
        with pytest.raises(Conflict, match=r"agreement\.refused"):
            sign(other, 0)


def test_a_reminder_brings_a_new_link_and_the_old_one_stops(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant), clock.frozen(clock.now() + timedelta(hours=2)):
        new = signing.remind(sent.agreement_id, sent.links[0].request_id)
    with tenant_scope(sent.tenant.id):
        with pytest.raises(NotFound):
            signing.key_of_link(sent.links[0].token)
        signing.sign(signing.key_of_link(new.token), **SIGN, sha256=sha256(sent.agreement_id))


def test_nobody_is_reminded_twice_within_an_hour(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant):
        with pytest.raises(Conflict, match="just_mailed"):
            signing.remind(sent.agreement_id, sent.links[0].request_id)
        with clock.frozen(clock.now() + timedelta(minutes=61)):
            signing.remind(sent.agreement_id, sent.links[0].request_id)
            with pytest.raises(Conflict, match="just_mailed"):
                signing.remind(sent.agreement_id, sent.links[0].request_id)


def test_who_has_signed_is_not_reminded(sent: Any, app: Flask, scope: None) -> None:
    sign(sent, 0)
    with acting(app, sent.tenant), pytest.raises(Conflict, match="answered"):
        signing.remind(sent.agreement_id, sent.links[0].request_id)


def test_a_revoked_link_stops_and_a_new_one_can_be_sent(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant):
        signing.revoke(sent.agreement_id, sent.links[0].request_id)
        signing.revoke(sent.agreement_id, sent.links[0].request_id)
        with pytest.raises(Gone):
            signing.look(signing.key_of_link(sent.links[0].token))
        new = signing.renew(sent.agreement_id, sent.links[0].request_id)
        _case, request = signing.look(signing.key_of_link(new.token))
        assert request.opened_at is not None


def test_cancelling_stops_the_links_and_tells_those_who_have_one(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant):
        signing.cancel(sent.agreement_id, "Bedriften er lagt ned.")
        signing.cancel(sent.agreement_id, "En gang til.")
        with pytest.raises(Gone):
            signing.look(signing.key_of_link(sent.links[0].token))
        agreement = db.session.scalar(select(Agreement))
    assert agreement is not None
    assert agreement.cancel_reason == "Bedriften er lagt ned."
    told = [mail.recipient for mail in mails() if "Bedriften er lagt ned." in mail.body]
    assert sorted(told) == sorted(link.email for link in sent.links)


def test_an_agreement_in_force_is_not_cancelled(sent: Any, app: Flask, scope: None) -> None:
    sign(sent, 0)
    sign(sent, 1)
    with acting(app, sent.tenant), pytest.raises(Conflict, match=r"agreement\.in_force"):
        signing.cancel(sent.agreement_id, "For sent.")


def test_the_silent_are_reminded_each_week_for_a_month_and_never_twice_a_day(sent: Any) -> None:
    with tenant_scope(sent.tenant.id):
        sign(sent, 0)
    start, before = clock.now(), len(mails())
    for day in (6, 8, 8, 16, 40):
        with clock.frozen(start + timedelta(days=day)):
            jobs.run(reminders.IN_TENANT, {"tenant_id": str(sent.tenant.id)})
    assert [mail.recipient for mail in mails()[before:]] == [sent.links[1].email] * 2


def test_every_confirmed_tenant_gets_its_own_job_of_reminders(sent: Any) -> None:
    make_tenant("norway.municipality", confirmed=False)
    jobs.run(reminders.EVERYWHERE, {})
    with platform_scope("count the jobs of a test"):
        count = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
        assert db.session.scalar(count, {"name": reminders.IN_TENANT}) >= 1


def test_the_signed_pdf_is_kept_once_and_everybody_is_told_once(sent: Any, app: Flask, scope: None) -> None:
    sign(sent, 0)
    sign(sent, 1)
    before = len(mails())
    from core.agreements.plugin import on_agreement_activated  # noqa: PLC0415  loads every page of the room

    on_agreement_activated(sent.agreement_id)
    on_agreement_activated(sent.agreement_id)
    kept = documents.newest(sent.agreement_id, "signed-agreement")
    assert kept is not None
    assert kept.content.startswith(b"%PDF")
    told = sorted(mail.recipient for mail in mails()[before:])
    assert told == sorted([*(link.email for link in sent.links), sent.tenant.admin_email])


def test_the_panel_takes_a_fixed_number_of_queries_and_says_what_can_be_done(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant):
        shown = signing.panel(sent.agreement_id)
    assert [line.may_remind for line in shown.lines] == [True, True]
    assert shown.can_be_cancelled
    assert not shown.can_be_sent


def test_mails_speak_the_language_of_the_agreement(
    sent: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages: list[str] = []
    from core.agreements.signing import mails as module  # noqa: PLC0415  patched

    monkeypatch.setattr(
        module,
        "in_language",
        lambda language: languages.append(language) or __import__("contextlib").nullcontext(),
    )
    with acting(app, sent.tenant), clock.frozen(clock.now() + timedelta(hours=2)):
        signing.remind(sent.agreement_id, sent.links[0].request_id)
        assert languages == [db.session.scalar(select(Agreement.language))]
    assert access.account_by_email(sent.tenant.admin_email) is not None
