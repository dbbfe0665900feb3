"""An evaluation writes the next version: its points are suggestions in a draft that remembers them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements import parts
from core.agreements.amending import versions
from core.agreements.discussion import service as discussion
from core.agreements.evaluating import next_draft, service
from core.agreements.evaluating.deciding import NEW_CLAUSE, Decision, decide
from core.agreements.evaluating.finding import begun_case
from core.agreements.evaluating.next_version import next_version
from core.agreements.evaluating.states import Outcome
from core.agreements.signing import service as signing
from core.kernel import clock
from core.kernel.errors import Conflict
from core.obligations import service as obligations
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from tests.agreements.life.steps import NOW, rhythm, sign_all

WISH = "Partene møtes hver måned."


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def evaluated(app: Flask, tenant: MadeTenant) -> Iterator[UUID]:
    """The evaluation of a signed agreement, begun on its day, with a changed clause and a new one."""
    with clock.frozen(NOW), acting(app, tenant):
        agreement_id = complete_draft(type_key="no_introduction.nav_cooperation")
        sign_all(signing.send(agreement_id), agreement_id)
        promise = next(one for one in obligations.for_subject(agreement_id) if one.kind == "evaluation")
    with clock.frozen(datetime(2027, 11, 30, 12, tzinfo=UTC)), acting(app, tenant):
        service.begin(promise.id)
        party = begun_case(promise.id).assessments[1].party_key
        changed, new = (service.add_point(promise.id, party, one) for one in ("For få møter", "Nytt om lønn"))
        key = next(iter(parts.load(agreement_id).clauses))
        decide(promise.id, changed, Decision(Outcome.CLAUSE, clause_key=key, wish=WISH))
        decide(promise.id, new, Decision(Outcome.CLAUSE, clause_key=NEW_CLAUSE, wish="Lønn avtales."))
        service.save_ours(promise.id, service.Ours(ratings={}, experience="Det går bra."))
        yield promise.id


def test_nothing_begins_before_the_evaluation_is_closed(evaluated: UUID) -> None:
    with pytest.raises(Conflict, match="Close the evaluation first"):
        next_draft.begin(evaluated)
    assert not next_version(evaluated).may_begin


def test_each_change_stands_as_a_suggestion_and_is_marked_when_all_have_signed_it(evaluated: UUID) -> None:
    service.close(evaluated)
    assert next_version(evaluated).may_begin
    draft_id = next_draft.begin(evaluated)
    found, there = next_version(evaluated), discussion.discussion(draft_id)
    assert (found.draft_id, found.may_begin) == (draft_id, False)
    suggested, said = there.threads
    assert (suggested.proposal, "Lønn avtales." in said.text) == (WISH, True)
    with pytest.raises(Conflict):
        next_draft.begin(evaluated)
    discussion.accept(draft_id, suggested.id, there.parts.clauses[suggested.clause_key].revision)
    sign_all(signing.send(draft_id), draft_id)
    next_draft.note_taken(draft_id)
    assert [one.taken_into for one in begun_case(evaluated).points] == [2, None]
    newest = versions.versions(found.agreement_id).lines[0]
    assert (newest.number, newest.origin) == (2, found.origin)


def test_a_change_that_was_not_taken_stays_open(evaluated: UUID) -> None:
    service.close(evaluated)
    draft_id = next_draft.begin(evaluated)
    suggested = discussion.discussion(draft_id).threads[0]
    discussion.decline(draft_id, suggested.id, "Ikke nå.")
    rhythm(draft_id, 5)
    sign_all(signing.send(draft_id), draft_id)
    next_draft.note_taken(draft_id)
    assert [one.taken_into for one in begun_case(evaluated).points] == [None, None]


def test_the_button_leads_from_the_list_of_changes_to_the_draft(
    app: Flask, tenant: MadeTenant, evaluated: UUID
) -> None:
    service.close(evaluated)
    browser: FlaskClient = signed_in(app, tenant.admin_email)
    page = f"/t/{tenant.slug}/obligations/{evaluated}/evaluation"
    assert f"{page}/next" in browser.get(f"{page}/changes").text
    answer = browser.post(f"{page}/next")
    assert (answer.status_code, answer.location.endswith("/compose/parties")) == (303, True)
    shown = browser.get(f"{page}/changes").text
    assert f"{page}/next" not in shown
    assert answer.location.removesuffix("/compose/parties") in shown
