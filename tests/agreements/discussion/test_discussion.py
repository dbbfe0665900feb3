"""Comments and suggestions of colleagues: who may, who is told, what is taken in, and that nothing leaves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts
from core.agreements.comments import personal
from core.agreements.comments.models import Comment
from core.agreements.comments.threads import threads_of
from core.agreements.discussion import service
from core.agreements.discussion.service import NewComment
from core.agreements.drafts import clauses
from core.agreements.drafts import service as drafts
from core.agreements.printing.service import draft_document
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope
from core.plugin_host.privacy import PersonKey
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.statements import counted

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
KEY, SECRET = "purpose.together", "Hemmelig blant kolleger"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def colleague(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.adviser", "Kai Kollega")


@pytest.fixture
def draft(app: Flask, tenant: MadeTenant) -> Iterator[UUID]:
    with clock.frozen(NOW):
        with acting(app, tenant):
            made = complete_draft(type_key="no_work_training.intention_agreement")
        yield made


def mails(to: str) -> list[str]:
    with platform_scope("read the mails of a test"):
        query = select(OutgoingMail.body).where(
            OutgoingMail.recipient == to, OutgoingMail.body.contains("/comments#thread-")
        )
        return list(db.session.scalars(query.order_by(OutgoingMail.id)))


def test_a_thread_is_answered_resolved_and_reopened(
    app: Flask, tenant: MadeTenant, colleague: str, draft: UUID
) -> None:
    with acting(app, tenant, colleague):
        thread_id = service.comment(draft, NewComment(KEY, "Er dette riktig?"))
    with acting(app, tenant):
        service.answer(draft, thread_id, "Ja.")
        (thread,) = threads_of(draft, only_open=True)
        assert (thread.author, [one.text for one in thread.answers]) == ("Kai Kollega", ["Ja."])
        service.resolve(draft, thread_id)
        assert threads_of(draft, only_open=True) == []
        with pytest.raises(Conflict):
            service.answer(draft, thread_id, "Og?")
        service.reopen(draft, thread_id)
        assert len(threads_of(draft, only_open=True)) == 1


def test_an_accepted_suggestion_becomes_the_text(
    app: Flask, tenant: MadeTenant, colleague: str, draft: UUID
) -> None:
    with acting(app, tenant, colleague):
        thread_id = service.comment(draft, NewComment(KEY, "", "Bedre tekst."))
    with acting(app, tenant):
        assert service.accept(draft, thread_id, 0)
        assert parts.load(draft).clauses[KEY].text == "Bedre tekst."
        (thread,) = threads_of(draft)
        assert (thread.outcome, thread.is_open) == ("accepted", False)
        assert len(clauses.history(draft, KEY)) == 2


def test_a_suggestion_never_goes_over_a_text_that_nobody_has_seen_beside_it(
    app: Flask, tenant: MadeTenant, draft: UUID
) -> None:
    with acting(app, tenant):
        thread_id = service.comment(draft, NewComment(KEY, "", "Bedre tekst."))
        clauses.save_text(draft, KEY, "Nyere tekst.", 0)
    browser = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/agreements/{draft}/comments/{thread_id}/accept"
    answer = browser.post(url, data={"revision": "0"})
    assert answer.status_code == 409
    assert "Nyere" in answer.text
    with acting(app, tenant):
        assert parts.load(draft).clauses[KEY].text == "Nyere tekst."
    assert browser.post(url, data={"revision": "1"}).status_code == 303


def test_a_suggestion_is_declined_with_a_word(app: Flask, tenant: MadeTenant, draft: UUID) -> None:
    with acting(app, tenant):
        thread_id = service.comment(draft, NewComment(KEY, "", "Bedre tekst."))
        service.decline(draft, thread_id, "Loven sier noe annet.")
        (thread,) = threads_of(draft)
        assert (thread.outcome, thread.answers[0].text) == ("declined", "Loven sier noe annet.")
        assert parts.load(draft).clauses[KEY].text != "Bedre tekst."


def test_nothing_said_is_no_comment(app: Flask, tenant: MadeTenant, draft: UUID) -> None:
    with acting(app, tenant):
        stands = parts.load(draft).clauses[KEY].text
        with pytest.raises(Invalid):
            service.comment(draft, NewComment(KEY, "", stands))
        with pytest.raises(NotFound):
            service.comment(draft, NewComment("no.such", "Hva?"))


def test_the_adviser_and_those_in_the_thread_are_told_once_an_hour_and_nothing_of_it(
    app: Flask, tenant: MadeTenant, colleague: str, draft: UUID
) -> None:
    with acting(app, tenant, colleague):
        thread_id = service.comment(draft, NewComment(KEY, SECRET))
        service.answer(draft, thread_id, f"{SECRET} igjen")
    (told,) = mails(tenant.admin_email)
    assert SECRET not in told
    assert str(thread_id) in told
    assert mails(colleague) == []
    with clock.frozen(NOW + timedelta(hours=1)), acting(app, tenant):
        service.answer(draft, thread_id, "Svar")
    assert (len(mails(tenant.admin_email)), len(mails(colleague))) == (1, 1)


def test_comments_never_leave_the_organisation(app: Flask, tenant: MadeTenant, draft: UUID) -> None:
    with acting(app, tenant):
        service.comment(draft, NewComment(KEY, SECRET, f"{SECRET} forslag"))
        service.comment(draft, NewComment("", SECRET))
        assert SECRET not in str(draft_document(parts.load(draft)))
        (link, *_others) = signing.send(draft)
        assert SECRET not in str(open_case(draft).version.content)
    outside = app.test_client()
    assert SECRET not in outside.get(f"/t/{tenant.slug}/sign/{link.token}").text
    with acting(app, tenant):
        assert SECRET in service.discussion(draft).threads[0].text
        with pytest.raises(Conflict):
            service.comment(draft, NewComment(KEY, "For sent"))


def test_a_reader_reads_but_does_not_write_and_strangers_find_nothing(
    app: Flask, tenant: MadeTenant, draft: UUID
) -> None:
    with acting(app, tenant):
        service.comment(draft, NewComment(KEY, "Les dette"))
    reader = make_member(tenant, "access.reader")
    with acting(app, tenant, reader):
        assert not service.discussion(draft).may_write
        with pytest.raises(Refused):
            service.comment(draft, NewComment(KEY, "Nei"))
    with acting(app, make_tenant("norway.municipality")), pytest.raises(NotFound):
        service.discussion(draft)


def test_the_pages_show_comments_beside_the_clause_with_few_queries(
    app: Flask, tenant: MadeTenant, draft: UUID
) -> None:
    browser, base = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/agreements/{draft}"
    sent = []
    for number in range(2):
        form = {"clause_key": KEY, "text": f"Sagt {number}", "proposal": "Annet <b>ord</b>"}
        assert browser.post(f"{base}/comments", data=form).status_code == 303
        browser.get(f"{base}/compose/purpose")
        with counted() as asked:
            page = browser.get(f"{base}/compose/purpose").text
        sent.append(len(asked))
    assert sent[0] == sent[1]
    assert "Sagt 0" in page
    assert "Sagt 1" in page
    shown = browser.get(f"{base}/comments?clause={KEY}").text
    assert "<b>ord" not in shown
    assert "<ins>" in shown
    assert browser.post(f"{base}/comments", data={"clause_key": KEY, "text": "x" * 4001}).status_code == 422
    thread = shown.partition('id="thread-')[2].partition('"')[0]
    assert browser.post(f"{base}/comments/{thread}/answer", data={"text": ""}).status_code == 422
    assert browser.post(f"{base}/comments/{thread}/answer", data={"text": "Svar"}).status_code == 303
    assert browser.post(f"{base}/comments/{thread}/resolve").status_code == 303
    assert browser.post(f"{base}/comments/{thread}/reopen").status_code == 303
    assert browser.post(f"{base}/comments/{thread}/decline", data={"text": "Nei"}).status_code == 303


def test_comments_go_a_year_after_the_draft_was_given_up_unless_somebody_is_held(
    app: Flask, tenant: MadeTenant, draft: UUID
) -> None:
    with acting(app, tenant):
        service.comment(draft, NewComment(KEY, "Gammelt"))
        drafts.discard(draft, "Ikke nå.")
        account = access.account_by_email(tenant.admin_email)
        held = PersonKey(account_id=account.id)
        later = NOW + timedelta(days=370)
        assert personal.expired(NOW + timedelta(days=300), [], [personal.COMMENTS]) == []
        assert personal.expired(later, [held], [personal.COMMENTS]) == []
        assert personal.expired(later, [], [personal.COMMENTS])[0].count == 1
        assert list(db.session.scalars(select(Comment))) == []
