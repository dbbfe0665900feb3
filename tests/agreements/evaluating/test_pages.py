"""The pages of an evaluation: open, closed, sent; and how often they ask the database."""

from flask.testing import FlaskClient

from core.agreements.evaluating import service
from core.agreements.evaluating.answering import Theirs, answer, key_of_link
from core.agreements.evaluating.asking import ask
from core.agreements.evaluating.deciding import Decision, decide
from core.agreements.evaluating.states import Outcome
from core.agreements.models import Version
from core.kernel import clock
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.testing.letters import letters_to
from core.testing.statements import counted
from tests.agreements.evaluating.conftest import AIMS, NOW, Due

OURS, THEIRS = dict.fromkeys(AIMS, 5), dict.fromkeys(AIMS, 4) | {"good_transitions": 2}
MOST = 6 + 12
"""The frame's, and what an evaluation asks."""


def evaluated(due: Due, points: int = 1) -> None:
    """Both parties have spoken, and every point has an outcome."""
    service.save_ours(due.obligation_id, service.Ours(OURS, "Vi ser at det virker.", "Som avtalt."))
    token = ask(due.obligation_id, "second", "second_leader").token
    answer(
        key_of_link(token), Theirs(THEIRS, "Overgangene er brå.", "", [f"Forslag {n}" for n in range(points)])
    )
    for point in due.case.points:
        decide(
            due.obligation_id, point.id, Decision(Outcome.CLAUSE, clause_key="purpose", wish="Annen tekst")
        )


def test_it_begins_on_its_page_and_is_listed_on_the_agreement(due: Due, adviser: FlaskClient) -> None:
    with clock.frozen(NOW):
        assert "Begin the evaluation" in adviser.get(due.url).text
        assert adviser.post(f"{due.url}/begin").status_code == 303
        assert "Write down what you say" in adviser.get(due.url).text
        agreement = adviser.get(f"/t/{due.tenant.slug}/agreements/{due.agreement_id}").text
    assert f'{due.url}"' in agreement


def test_ratings_stand_side_by_side_and_differences_are_named(begun: Due, adviser: FlaskClient) -> None:
    evaluated(begun)
    page = adviser.get(begun.url).text
    assert "5 of 5: Fully" in page
    assert "2 of 5: To a small degree" in page
    assert page.count("Seen differently") == 1
    assert "The ratings are 3 steps apart." in page


def test_the_history_of_the_promise_names_who_answered(begun: Due, adviser: FlaskClient) -> None:
    evaluated(begun)
    history = adviser.get(begun.url.replace("/evaluation", "/history")).text
    assert "Ola Oppdiktet (Fjord Bakeri AS)" in history
    assert "decided what comes of a point of the evaluation" in history


def test_everything_is_done_by_forms(begun: Due, adviser: FlaskClient) -> None:
    rated = {f"aim-{key}": "3" for key in AIMS} | {"reached-share": "65 %", "about-share": "Nesten"}
    assert adviser.post(begun.url, data=rated | {"experience": "Bra"}).status_code == 303
    assert adviser.post(f"{begun.url}/points", data={"party": "first", "text": "Oftere"}).status_code == 303
    (point,) = begun.case.points
    where = f"{begun.url}/points/{point.id}"
    refused = adviser.post(where, data={"outcome": "action", "title": "Lage en plan"})
    assert refused.status_code == 422
    assert "Lage en plan" in refused.text
    filled = {"outcome": "action", "title": "Lage en plan", "due_on": "2027-12-20"}
    assert adviser.post(where, data=filled).status_code == 303
    assert adviser.post(f"{begun.url}/close").status_code == 303
    report = adviser.get(begun.url).text
    assert "65 %" in report
    assert "Lage en plan" in report
    assert "<form" not in report.split("<main")[1].split("Send to those")[0].rpartition("<form")[0]


def test_what_was_typed_wrong_comes_back(begun: Due, adviser: FlaskClient) -> None:
    answered = adviser.post(begun.url, data={"aim-good_transitions": "9", "experience": "Lang tekst"})
    assert answered.status_code == 422
    assert "Lang tekst" in answered.text
    assert adviser.post(f"{begun.url}/points", data={"party": "first", "text": ""}).status_code == 422
    assert adviser.post(f"{begun.url}/ask", data={"party": "second", "contact": "nobody"}).status_code == 422


def test_a_closed_evaluation_is_sent_to_the_parties_in_the_language_of_the_agreement(
    begun: Due, adviser: FlaskClient
) -> None:
    evaluated(begun)
    assert adviser.post(f"{begun.url}/send").status_code == 409
    service.close(begun.obligation_id)
    assert adviser.post(f"{begun.url}/send").status_code == 303
    letter = letters_to("ola@example.org")[-1]
    assert "Fjord Bakeri AS: I liten grad" in letter.body
    assert "1. Forslag 0 (Fjord Bakeri AS)" in letter.body
    assert "Annen tekst" in adviser.get(f"{begun.url}/changes").text


def test_a_change_is_marked_as_taken_once_there_is_a_later_version(begun: Due, adviser: FlaskClient) -> None:
    evaluated(begun)
    (point,) = begun.case.points
    taken, question = f"{begun.url}/points/{point.id}/taken", "Which version took this change?"
    assert question not in adviser.get(f"{begun.url}/changes").text
    assert adviser.post(taken, data={"version": "2"}).status_code == 422
    with unit_of_work():
        db.session.add(Version(agreement_id=begun.agreement_id, number=2, content={}, sha256="0" * 64))
    assert question in adviser.get(f"{begun.url}/changes").text
    assert adviser.post(taken, data={"version": "2"}).status_code == 303
    assert "Taken into version 2" in adviser.get(begun.url).text


def test_more_points_ask_the_database_no_more_often(begun: Due, adviser: FlaskClient) -> None:
    evaluated(begun)
    few = asked_by(begun, adviser)
    answer(key_of_link(_renewed(begun)), Theirs(THEIRS, proposals=[f"Forslag {n}" for n in range(8)]))
    assert asked_by(begun, adviser) == few
    assert few <= MOST


def asked_by(due: Due, adviser: FlaskClient) -> int:
    adviser.get(due.url)
    with counted() as sent:
        assert adviser.get(due.url).status_code == 200
    return len(sent)


def _renewed(due: Due) -> str:
    with clock.frozen(clock.now().replace(hour=18)):
        return ask(due.obligation_id, "second", "second_leader").token
