"""The personal link of another party: what it opens, what it writes, and when it is dead."""

import pytest
from flask.testing import FlaskClient

from core.agreements.evaluating import service
from core.agreements.evaluating.answering import MOST_PROPOSALS, Theirs, answer, key_of_link, look
from core.agreements.evaluating.asking import ask
from core.agreements.evaluating.deciding import Decision, decide
from core.agreements.evaluating.states import Answer, Outcome, answer_of
from core.kernel import clock
from core.kernel.errors import Conflict, Gone, Invalid, NotFound
from core.kernel.scope import tenant_scope
from core.testing.factories import make_tenant
from core.testing.letters import letters_to
from tests.agreements.evaluating.conftest import AIMS, Due, later

FILLED = {f"aim-{key}": "4" for key in AIMS} | {"experience": "Godt", "practice": "", "proposals": "Oftere"}


def asked(due: Due) -> str:
    """The token of a link that the second party gets."""
    return ask(due.obligation_id, "second", "second_leader").token


def closed(due: Due) -> None:
    service.save_ours(due.obligation_id, service.Ours())
    for point in due.case.points:
        decide(due.obligation_id, point.id, Decision(Outcome.NONE, reason="Nei"))
    service.close(due.obligation_id)


def test_the_link_is_mailed_and_only_its_hash_is_kept(begun: Due) -> None:
    token = asked(begun)
    letter = letters_to("ola@example.org")[-1]
    assert f"/evaluate/{token}" in letter.body
    assert letter.subject == "Evaluering: Avtalen"
    theirs = begun.case.assessment("second")
    assert theirs.token_hash
    assert token not in theirs.token_hash
    assert answer_of(theirs, clock.now()) is Answer.ASKED
    assert answer_of(theirs, later(days=31)) is Answer.EXPIRED


def test_only_people_of_the_party_are_asked_and_not_twice_in_an_hour(begun: Due) -> None:
    for party, contact in (("second", "nobody"), ("first", "second_leader")):
        with pytest.raises(Invalid):
            ask(begun.obligation_id, party, contact)
    asked(begun)
    with pytest.raises(Conflict):
        asked(begun)


def test_a_party_answers_and_may_change_its_answer(begun: Due, guest: FlaskClient) -> None:
    url = begun.link(asked(begun))
    with clock.frozen(later(hours=1)):
        assert guest.get(url).status_code == 200
        assert guest.post(url, data=FILLED).status_code == 303
        assert guest.post(url, data=FILLED | {"aim-good_transitions": "0"}).status_code == 303
        assert b"You answered on" in guest.get(url).data
    theirs = begun.case.assessment("second")
    assert (theirs.ratings["information_flow"], theirs.ratings["good_transitions"]) == (4, 0)
    assert [one.text for one in begun.case.points] == ["Oftere"]
    told = [one.subject for one in letters_to(begun.tenant.admin_email)]
    assert told.count("Evalueringen er besvart: Avtalen") == 1


def test_an_aim_that_is_passed_over_is_pointed_out_and_nothing_is_lost(
    begun: Due, guest: FlaskClient
) -> None:
    url = begun.link(asked(begun))
    with clock.frozen(later(hours=1)):
        refused = guest.post(url, data={"experience": "Lang tekst", "proposals": "Oftere"})
    assert refused.status_code == 422
    assert "Lang tekst" in refused.text
    assert "Oftere" in refused.text
    assert begun.case.assessment("second").answered_at is None


def test_a_proposal_that_is_taken_back_goes_unless_it_was_decided(begun: Due) -> None:
    key = key_of_link(asked(begun))
    answer(key, Theirs(proposals=["En", "To", "En"]))
    decide(begun.obligation_id, begun.case.points[0].id, Decision(Outcome.NONE, reason="Nei"))
    answer(key, Theirs(proposals=["Tre"]))
    assert [(one.number, one.text) for one in begun.case.points] == [(1, "En"), (3, "Tre")]


@pytest.mark.parametrize("proposals", [[str(n) for n in range(MOST_PROPOSALS + 1)], ["x" * 1001]])
def test_too_many_or_too_long_proposals_are_refused(begun: Due, proposals: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        answer(key_of_link(asked(begun)), Theirs(proposals=proposals))
    assert "proposals" in refused.value.fields


def test_a_new_link_replaces_the_one_before_and_keeps_the_answer(begun: Due) -> None:
    first = asked(begun)
    answer(key_of_link(first), Theirs(experience="Godt"))
    with clock.frozen(later(hours=2)):
        second = asked(begun)
        with pytest.raises(NotFound):
            key_of_link(first)
        assert look(key_of_link(second)).mine.experience == "Godt"


def test_a_link_is_dead_after_closing_and_after_thirty_days(begun: Due, guest: FlaskClient) -> None:
    token = asked(begun)
    key = key_of_link(token)
    with clock.frozen(later(days=30)), pytest.raises(Gone):
        look(key)
    closed(begun)
    for attempt in (lambda: look(key), lambda: answer(key, Theirs())):
        with pytest.raises(Gone):
            attempt()
    assert guest.get(begun.link(token)).status_code == 410
    assert guest.post(begun.link(token), data=FILLED).status_code == 410


def test_a_foreign_or_made_up_link_is_not_found(begun: Due, guest: FlaskClient) -> None:
    token, other = asked(begun), make_tenant("norway.municipality")
    assert guest.get(begun.link("nonsense")).status_code == 404
    assert guest.get(f"/t/{other.slug}/evaluate/{token}").status_code == 404
    with tenant_scope(other.id), pytest.raises(NotFound):
        key_of_link(token)


def test_the_page_of_a_link_is_found_by_no_search_engine(begun: Due, guest: FlaskClient) -> None:
    page = guest.get(begun.link(asked(begun)))
    assert "noindex" in page.headers["X-Robots-Tag"]
