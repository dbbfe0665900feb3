"""Beginning, saying, deciding and closing: each verb, and what it refuses."""

from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from core.agreements.evaluating import deciding, reading, service
from core.agreements.evaluating.deciding import NEW_CLAUSE, Decision, decide, mark_taken, taken_into
from core.agreements.evaluating.next_version import next_version
from core.agreements.evaluating.states import Outcome
from core.agreements.models import Version
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.unit_of_work import unit_of_work
from core.obligations import changing
from core.obligations import service as obligations
from core.obligations.meetings.actions import actions_of, remove_action
from core.obligations.states import Standing
from core.testing.drafts import acting
from core.testing.factories import make_member, make_tenant
from tests.agreements.evaluating.conftest import AIMS, Due, later, make_due

NOTHING = Decision(Outcome.NONE, reason="Vi venter og ser.")
ACTION = Decision(Outcome.ACTION, title="Lage en plan", due_on=date(2027, 12, 20), owner_name="Ola")
CLAUSE = Decision(Outcome.CLAUSE, clause_key="purpose", wish="Vi samarbeider om lønnet arbeid.")


def page(due: Due) -> reading.EvaluationPage:
    found = reading.page_of(due.obligation_id)
    assert found
    return found


def point(due: Due, text: str = "Møtene er for sjeldne", party: str = "second") -> UUID:
    return service.add_point(due.obligation_id, party, text)


def say(due: Due, **ratings: int) -> None:
    service.save_ours(due.obligation_id, service.Ours(ratings=ratings, experience="Det går bra."))


def test_an_evaluation_begins_once_with_the_aims_and_goals_of_the_agreement(begun: Due) -> None:
    service.begin(begun.obligation_id)
    case = begun.case
    assert [aim["key"] for aim in case.evaluation.aims] == list(AIMS)
    assert [goal["key"] for goal in case.evaluation.goals] == ["share"]
    assert [one.party_key for one in case.assessments] == ["first", "second"]
    assert case.ours.party_key == "first"


def test_only_an_evaluation_that_is_due_can_begin(inside: None, due: Due) -> None:
    other = next(one for one in obligations.for_subject(due.agreement_id) if one.kind == "meeting")
    with pytest.raises(Conflict):
        service.begin(other.id)
    with pytest.raises(NotFound):
        reading.page_of(other.id)
    changing.waive(due.obligation_id, "Ikke i år")
    with pytest.raises(Conflict):
        service.begin(due.obligation_id)


def test_the_period_is_counted_and_not_typed(begun: Due) -> None:
    meetings = [one for one in obligations.for_subject(begun.agreement_id) if one.kind == "meeting"]
    obligations.mark_done(meetings[0].id)
    changing.waive(meetings[1].id, "Ferie")
    with clock.frozen(later(days=2)):
        facts = page(begun).facts
    assert facts.first == date(2026, 11, 30)
    assert (facts.promises.held, facts.promises.missed, facts.promises.waived) == (1, 0, 1)


def test_what_we_say_can_be_said_anew(begun: Due) -> None:
    say(begun, good_transitions=2)
    say(begun, good_transitions=4, information_flow=0)
    found = {aim.key: aim.ratings for aim in page(begun).aims}
    assert found["good_transitions"] == (4, None)
    assert found["information_flow"] == (0, None)


def test_the_same_words_of_a_party_are_one_point(begun: Due) -> None:
    assert point(begun) == point(begun)
    assert point(begun, party="first") != point(begun)
    assert [one.number for one in begun.case.points] == [1, 2]


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(Outcome.NONE), "reason"),
        (Decision(Outcome.ACTION, title="Noe"), "due_on"),
        (Decision(Outcome.ACTION, due_on=date(2027, 12, 1)), "title"),
        (Decision(Outcome.CLAUSE, clause_key="no.clause", wish="Annet"), "clause_key"),
        (Decision(Outcome.CLAUSE, clause_key="purpose"), "wish"),
    ],
)
def test_an_outcome_says_what_it_lacks(begun: Due, decision: Decision, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        decide(begun.obligation_id, point(begun), decision)
    assert field in refused.value.fields


def test_an_action_is_one_promise_however_often_it_is_decided(begun: Due) -> None:
    which = point(begun)
    for _again in range(3):
        decide(begun.obligation_id, which, ACTION)
    (made,) = [one for one in obligations.for_subject(begun.agreement_id) if one.kind == "action"]
    assert (made.title, made.due_on) == ("Lage en plan", date(2027, 12, 20))
    assert begun.case.points[0].action_id == made.id


def test_another_outcome_takes_the_action_away_unless_it_is_done(begun: Due) -> None:
    which = point(begun)
    decide(begun.obligation_id, which, ACTION)
    decide(begun.obligation_id, which, CLAUSE)
    assert actions_of(begun.obligation_id) == {}
    decide(begun.obligation_id, which, ACTION)
    (action_id,) = actions_of(begun.obligation_id)
    obligations.mark_done(action_id)
    with pytest.raises(Conflict):
        decide(begun.obligation_id, which, NOTHING)
    assert begun.case.points[0].action_id == action_id


def test_it_closes_when_we_have_spoken_and_each_point_has_an_outcome(begun: Due) -> None:
    first, second = point(begun), point(begun, "Skjemaene er for lange")
    with pytest.raises(Conflict) as refused:
        service.close(begun.obligation_id)
    assert "1, 2" in str(refused.value.message)
    say(begun)
    decide(begun.obligation_id, first, ACTION)
    decide(begun.obligation_id, second, NOTHING)
    (action_id,) = actions_of(begun.obligation_id)
    remove_action(begun.obligation_id, action_id)
    with pytest.raises(Conflict):
        service.close(begun.obligation_id)
    decide(begun.obligation_id, first, CLAUSE)
    service.close(begun.obligation_id)
    kept = next(one for one in obligations.for_subject(begun.agreement_id) if one.kind == "evaluation")
    assert kept.standing is Standing.DONE


def test_a_closed_evaluation_is_frozen(begun: Due) -> None:
    say(begun)
    which = point(begun)
    decide(begun.obligation_id, which, NOTHING)
    service.close(begun.obligation_id)
    service.close(begun.obligation_id)
    before = page(begun).facts
    for change in (
        lambda: say(begun, good_transitions=1),
        lambda: point(begun, "Et nytt punkt"),
        lambda: decide(begun.obligation_id, which, ACTION),
    ):
        with pytest.raises(Conflict):
            change()
    with clock.frozen(later(days=40)):
        assert page(begun).facts == before


def test_the_next_period_begins_after_the_one_that_was_evaluated(begun: Due) -> None:
    say(begun)
    service.close(begun.obligation_id)
    second = [one for one in obligations.for_subject(begun.agreement_id) if one.kind == "evaluation"][1]
    service.begin(second.id)
    found = reading.page_of(second.id)
    assert found
    assert found.facts.first == date(2027, 11, 30)


def test_changes_of_the_text_go_to_the_next_version_with_where_they_come_from(begun: Due) -> None:
    which, other = point(begun), point(begun, "Nytt om lønn")
    with pytest.raises(NotFound):
        next_version(begun.obligation_id)
    decide(begun.obligation_id, which, CLAUSE)
    decide(begun.obligation_id, other, Decision(Outcome.CLAUSE, clause_key=NEW_CLAUSE, wish="Lønn avtales."))
    found = next_version(begun.obligation_id)
    assert found.origin == "Evaluering 30. november 2027, punkt 1, 2"
    assert found.changes[0].text.strip() == "Vi samarbeider om arbeid."
    assert [one.title[:8] for one in found.changes] == ["1 Formål", ""]


def test_a_change_remembers_the_version_that_took_it(begun: Due) -> None:
    which, other = point(begun), point(begun, "Ikke noe")
    decide(begun.obligation_id, which, CLAUSE)
    decide(begun.obligation_id, other, NOTHING)
    with pytest.raises(Conflict):
        taken_into(which, 1)
    with pytest.raises(Conflict):
        taken_into(other, 2)
    taken_into(which, 2)
    taken_into(which, 2)
    assert [one.taken_into for one in begun.case.points] == [2, None]


def test_somebody_says_which_later_version_took_a_change(begun: Due) -> None:
    which = point(begun)
    decide(begun.obligation_id, which, CLAUSE)
    with pytest.raises(Invalid):
        mark_taken(begun.obligation_id, which, 2)
    with unit_of_work():
        db.session.add(Version(agreement_id=begun.agreement_id, number=2, content={}, sha256="0" * 64))
    assert next_version(begun.obligation_id).later == (2,)
    mark_taken(begun.obligation_id, which, 2)
    assert begun.case.points[0].taken_into == 2


def test_a_reader_reads_and_changes_nothing(app: Flask, begun: Due) -> None:
    reader = make_member(begun.tenant, "access.reader")
    which = point(begun)
    with acting(app, begun.tenant, reader):
        assert page(begun).may_do is False
        for verb in (
            lambda: service.begin(begun.obligation_id),
            lambda: say(begun),
            lambda: point(begun),
            lambda: deciding.decide(begun.obligation_id, which, NOTHING),
            lambda: service.close(begun.obligation_id),
        ):
            with pytest.raises(Refused):
                verb()


def test_a_point_of_another_evaluation_is_not_found(begun: Due) -> None:
    second = [one for one in obligations.for_subject(begun.agreement_id) if one.kind == "evaluation"][1]
    service.begin(second.id)
    with pytest.raises(NotFound):
        decide(second.id, point(begun), NOTHING)


def test_another_tenant_knows_nothing_of_it(app: Flask, begun: Due) -> None:
    other = make_tenant("norway.municipality")
    make_due(other)
    with acting(app, other), pytest.raises(NotFound):
        reading.page_of(begun.obligation_id)
