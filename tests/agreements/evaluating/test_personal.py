"""People in evaluations: the names go when the agreement is no evidence any more."""

from datetime import date

from core.agreements.evaluating import personal, service
from core.agreements.evaluating.answering import Theirs, answer, key_of_link
from core.agreements.evaluating.asking import ask
from core.agreements.models import Agreement
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import Outcome, PersonKey
from tests.agreements.evaluating.conftest import Due

OLA = PersonKey(emails=frozenset({"ola@example.org"}), words=frozenset({"Ola Oppdiktet"}))


def answered(due: Due) -> None:
    token = ask(due.obligation_id, "second", "second_leader").token
    answer(
        key_of_link(token), Theirs(experience="Ola Oppdiktet er fornøyd.", proposals=["Spør Ola Oppdiktet"])
    )


def ended_long_ago(due: Due) -> None:
    with unit_of_work():
        agreement = db.session.get(Agreement, (current_tenant_id(), due.agreement_id))
        assert agreement
        agreement.ends_on = date(2015, 1, 1)


def test_names_stay_while_the_agreement_is_evidence(begun: Due) -> None:
    answered(begun)
    with unit_of_work():
        (said,) = personal.erase(OLA, dry_run=False)
    assert said.outcome is Outcome.KEEP
    assert begun.case.assessment("second").name == "Ola Oppdiktet"
    assert personal.expired(clock.now(), [], [personal.EVALUATIONS]) == []


def test_names_and_links_go_when_the_period_is_over_unless_somebody_is_held(begun: Due) -> None:
    answered(begun)
    service.save_ours(begun.obligation_id, service.Ours(participants="Ola Oppdiktet hjalp."))
    ended_long_ago(begun)
    assert personal.expired(clock.now(), [OLA], []) != []
    with unit_of_work():
        personal.expired(clock.now(), [OLA], [personal.EVALUATIONS])
    assert begun.case.assessment("second").name == "Ola Oppdiktet"
    with unit_of_work():
        personal.expired(clock.now(), [], [personal.EVALUATIONS])
    case = begun.case
    theirs = case.assessment("second")
    assert (theirs.name, theirs.email, theirs.token_hash) == ("", "", None)
    said = f"{theirs.experience} {case.points[0].text} {case.evaluation.participants}"
    assert "Ola" not in said
