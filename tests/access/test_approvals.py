"""What two people must want: one asks with a reason, another one answers, and only then it happens."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.access.approvals import actions, service
from core.access.approvals.service import Standing
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.plugin_host.wording import Wording
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.letters import letters_to

SUBJECT = new_id()
PAINT = "tests.paint"


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[UUID, dict[str, str], str]]:
    """An act that needs two, and what it was called with."""
    done: list[tuple[UUID, dict[str, str], str]] = []
    monkeypatch.setattr(actions, "_actions", {})
    words = Wording(nb="Huset males.", da="Huset males.", en="The house is painted.")

    @actions.action(PAINT, words)
    def paint(subject_id: UUID, arguments: Mapping[str, str], reason: str) -> None:
        done.append((subject_id, dict(arguments), reason))
        audit.record("house.painted", "house", subject_id, reason=reason)

    return done


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def leader(tenant: MadeTenant) -> str:
    return make_member(tenant, "access.leader", "Lise Leder")


@pytest.fixture
def asked(app: Flask, tenant: MadeTenant, leader: str, painted: object) -> UUID:
    with acting(app, tenant):
        return service.ask(PAINT, "house", SUBJECT, reason="It is grey", arguments={"colour": "red"})


def test_nothing_happens_until_another_person_says_yes(
    app: Flask, tenant: MadeTenant, leader: str, asked: UUID, painted: list[object]
) -> None:
    assert painted == []
    with acting(app, tenant, leader):
        assert service.count_for_me() == 1
        assert service.decide(asked, approve=True, answer="Fine") is Standing.APPROVED
    assert painted == [(SUBJECT, {"colour": "red"}, "It is grey")]
    with tenant_scope(tenant.id):
        query = select(audit.AuditEntry.action).where(audit.AuditEntry.subject_id == SUBJECT)
        lines = list(db.session.scalars(query.order_by(audit.AuditEntry.number)))
    assert lines == ["approval.asked", "approval.approved", "house.painted"]


def test_whoever_may_decide_is_told_and_whoever_asked_gets_the_answer(
    app: Flask, tenant: MadeTenant, leader: str, asked: UUID
) -> None:
    letter = letters_to(leader)[-1]
    assert "The house is painted." in letter.body or "Huset males." in letter.body
    assert "It is grey" in letter.body
    assert letter.path == f"/t/{tenant.slug}/approvals"
    assert not [one for one in letters_to(tenant.admin_email) if "It is grey" in one.body]
    with acting(app, tenant, leader):
        service.decide(asked, approve=False, answer="Grey is fine")
    assert "Grey is fine" in letters_to(tenant.admin_email)[-1].body


def test_nobody_approves_their_own_question(app: Flask, tenant: MadeTenant, asked: UUID) -> None:
    with acting(app, tenant), pytest.raises(Refused, match="Another person"):
        service.decide(asked, approve=True, answer="")


def test_a_no_does_nothing_and_a_second_answer_is_refused(
    app: Flask, tenant: MadeTenant, leader: str, asked: UUID, painted: list[object]
) -> None:
    with acting(app, tenant, leader):
        assert service.decide(asked, approve=False, answer="") is Standing.REFUSED
        with pytest.raises(Conflict, match="decided already"):
            service.decide(asked, approve=True, answer="")
    assert painted == []


def test_who_may_not_decide_does_not_learn_of_it(app: Flask, tenant: MadeTenant, asked: UUID) -> None:
    adviser = make_member(tenant, "access.adviser")
    with acting(app, tenant, adviser):
        with pytest.raises(Refused):
            service.decide(asked, approve=True, answer="")
        with pytest.raises(NotFound):
            service.withdraw(asked)
        assert service.asked_for("en") == []


@pytest.mark.parametrize(("seconds", "standing"), [(-1, Standing.WAITING), (0, Standing.EXPIRED)])
def test_after_fourteen_days_nobody_can_answer(
    app: Flask, tenant: MadeTenant, leader: str, asked: UUID, seconds: int, standing: Standing
) -> None:
    with acting(app, tenant, leader):
        end = service.asked_for("en")[0].expires_at
        with clock.frozen(end + timedelta(seconds=seconds)):
            assert service.asked_for("en")[0].standing is standing
            if standing is Standing.EXPIRED:
                with pytest.raises(Conflict):
                    service.decide(asked, approve=True, answer="")


def test_the_same_is_asked_once_and_again_when_it_was_taken_back(
    app: Flask, tenant: MadeTenant, asked: UUID, painted: object
) -> None:
    with acting(app, tenant):
        with pytest.raises(Conflict, match="asked for this already"):
            service.ask(PAINT, "house", SUBJECT, reason="Again")
        service.withdraw(asked)
        service.ask(PAINT, "house", SUBJECT, reason="Again")
        assert [one.standing for one in service.asked_for("en")] == [Standing.WAITING, Standing.WITHDRAWN]


def test_an_act_that_fails_leaves_the_question_open(
    app: Flask, tenant: MadeTenant, leader: str, asked: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "_actions", {})
    with acting(app, tenant, leader):
        with pytest.raises(Conflict, match="not available"):
            service.decide(asked, approve=True, answer="")
        assert service.asked_for("en")[0].standing is Standing.WAITING


def test_the_page_asks_and_answers_in_words(app: Flask, tenant: MadeTenant, leader: str, asked: UUID) -> None:
    mine = signed_in(app, tenant.admin_email).get(f"/t/{tenant.slug}/approvals").text
    assert "It is grey" in mine
    assert "Take it back" in mine
    assert "Yes, do it" not in mine
    browser = signed_in(app, leader)
    assert "Yes, do it" in browser.get(f"/t/{tenant.slug}/approvals").text
    address = f"/t/{tenant.slug}/approvals/{asked}/decide"
    refused = browser.post(address, data={"decision": "perhaps"})
    assert refused.status_code == 422
    assert "Choose yes or no." in refused.text
    done = browser.post(address, data={"decision": "approve", "answer": "Go on"}, follow_redirects=True)
    assert "Approved, and done." in done.text
    assert "Go on" in done.text


def test_without_anybody_else_the_page_says_how_to_get_one(
    app: Flask, tenant: MadeTenant, painted: object
) -> None:
    with acting(app, tenant):
        service.ask(PAINT, "house", SUBJECT, reason="It is grey")
    page = signed_in(app, tenant.admin_email).get(f"/t/{tenant.slug}/approvals").text
    assert "Nobody else here may answer." in page
