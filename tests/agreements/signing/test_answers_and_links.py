from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from core.access import service as access
from core.agreements.drafts import service as drafts
from core.agreements.models import Agreement, Version
from core.agreements.signing import reminders
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.states import Status
from core.documents import service as documents
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, NotFound
from core.kernel.scope import platform_scope, tenant_scope
from core.testing.drafts import acting
from core.testing.factories import make_tenant

pytestmark = pytest.mark.usefixtures("app")
SIGN = {"name": "Ola Oppdiktet", "role": "daglig leder"}


def test_a_refusal_goes_to_the_adviser_and_stops_the_other_links(sent: Any, scope: None, mails: Any) -> None:
    signing.refuse(signing.key_of_link(sent.links[1].token), "Måltallet er for høyt.")
    assert open_case(sent.agreement_id).status is Status.REFUSED
    told = {mail.recipient: mail.body for mail in mails()}
    assert "Måltallet er for høyt." in told[sent.tenant.admin_email]
    with pytest.raises(Gone):
        signing.look(signing.key_of_link(sent.links[0].token))


def test_a_refused_agreement_is_edited_and_sent_as_the_next_version(sent: Any, app: Flask) -> None:
    with tenant_scope(sent.tenant.id):
        sent.sign(0)
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
            signing.sign(signing.key_of_link(link.token), **SIGN, sha256=sent.sha256())
        assert open_case(sent.agreement_id).status is Status.ACTIVE
        assert db.session.scalar(select(func.count()).select_from(Version)) == 2


def test_whoever_has_signed_cannot_refuse_and_whoever_has_refused_cannot_sign(send: Any) -> None:
    one, other = send(), send()
    with tenant_scope(one.tenant.id):
        one.sign(0)
        with pytest.raises(Conflict, match="signed_already"):
            signing.refuse(signing.key_of_link(one.links[0].token), "Angrer.")
        key = signing.key_of_link(other.links[0].token)
        assert signing.refuse(key, "Nei.") == signing.refuse(key, "Nei igjen.")
        with pytest.raises(Conflict, match=r"agreement\.refused"):
            other.sign(0)


def test_a_reminder_brings_a_new_link_and_the_old_one_stops(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant), clock.frozen(clock.now() + timedelta(hours=2)):
        new = signing.remind(sent.agreement_id, sent.links[0].request_id)
    with tenant_scope(sent.tenant.id):
        with pytest.raises(NotFound):
            signing.key_of_link(sent.links[0].token)
        signing.sign(signing.key_of_link(new.token), **SIGN, sha256=sent.sha256())


def test_nobody_is_reminded_twice_within_an_hour(sent: Any, app: Flask) -> None:
    with acting(app, sent.tenant):
        with pytest.raises(Conflict, match="just_mailed"):
            signing.remind(sent.agreement_id, sent.links[0].request_id)
        with clock.frozen(clock.now() + timedelta(minutes=61)):
            signing.remind(sent.agreement_id, sent.links[0].request_id)
            with pytest.raises(Conflict, match="just_mailed"):
                signing.remind(sent.agreement_id, sent.links[0].request_id)


def test_who_has_signed_is_not_reminded(sent: Any, app: Flask, scope: None) -> None:
    sent.sign(0)
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


def test_cancelling_stops_the_links_and_tells_those_who_have_one(sent: Any, app: Flask, mails: Any) -> None:
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
    sent.sign(0)
    sent.sign(1)
    with acting(app, sent.tenant), pytest.raises(Conflict, match=r"agreement\.in_force"):
        signing.cancel(sent.agreement_id, "For sent.")


def test_the_silent_are_reminded_each_week_for_a_month_and_never_twice_a_day(sent: Any, mails: Any) -> None:
    with tenant_scope(sent.tenant.id):
        sent.sign(0)
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


def test_the_signed_pdf_is_kept_once_and_everybody_is_told_once(
    sent: Any, app: Flask, scope: None, mails: Any
) -> None:
    sent.sign(0)
    sent.sign(1)
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
    assert [line.may_remind for line in shown.lines] == [False, False]
    with acting(app, sent.tenant), clock.frozen(clock.now() + timedelta(hours=2)):
        later = signing.panel(sent.agreement_id)
    assert [line.may_remind for line in later.lines] == [True, True]
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


def test_an_agreement_that_is_taken_back_is_a_draft_again_and_the_parties_are_told(
    sent: Any, app: Flask, mails: Any
) -> None:
    with tenant_scope(sent.tenant.id):
        sent.sign(0)
    before = len(mails())
    with acting(app, sent.tenant):
        signing.withdraw(sent.agreement_id)
        assert open_case(sent.agreement_id).status is Status.DRAFT
        for link in sent.links:
            with pytest.raises(Gone):
                signing.sign(signing.key_of_link(link.token), **SIGN, sha256=sent.sha256())
        drafts.rename(sent.agreement_id, "Ny tittel")
        assert len(signing.send(sent.agreement_id)) == 2
    told = [mail.recipient for mail in mails()[before:]]
    assert sorted(told) == sorted(2 * [link.email for link in sent.links])


def test_an_agreement_in_force_is_not_taken_back(sent: Any, app: Flask, scope: None) -> None:
    sent.sign(0)
    sent.sign(1)
    with acting(app, sent.tenant), pytest.raises(Conflict, match=r"agreement\.not_out"):
        signing.withdraw(sent.agreement_id)
